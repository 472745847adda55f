import { EMPTY_FORM } from "../request/empty-form.ts";
import type { FieldName, FormValues } from "../request/explorer-request.ts";
import { FIELDS } from "../request/fields.ts";
import type { FormReading } from "../request/read-form.ts";
import type { PageSettings, Preset } from "../request/presets.ts";
import type { Call, Progress } from "./calls/call.ts";

/** Where requests go: a preset of the server, or an endpoint typed by hand. */
export type EndpointChoice = Preset["id"] | "own";

/** All that the page knows. */
export interface PageState {
  /** `undefined` until the server has told them. */
  readonly settings: PageSettings | undefined;
  /** Why the page cannot do its work: its server has no settings for it, or the browser does not sign. */
  readonly problem: string | undefined;
  readonly values: FormValues;
  /** The form as it was left under each choice, to come back to. */
  readonly left: ReadonlyMap<EndpointChoice, FormValues>;
  /** Fields whose problems are shown. */
  readonly touched: ReadonlySet<FieldName>;
  /** Latest first. */
  readonly calls: readonly Call[];
  readonly shownId: number | undefined;
  /** The form was changed since the call that is shown was made or chosen, so the next signature is another one. */
  readonly isEdited: boolean;
  readonly running: Running | undefined;
}

/** What is on its way. */
export type Running = { readonly kind: "page" } | { readonly kind: "list"; readonly progress: Progress };

/** What changes it. */
export type PageAction =
  | { readonly kind: "settings"; readonly settings: PageSettings }
  | { readonly kind: "broken"; readonly problem: string }
  | { readonly kind: "edit"; readonly name: FieldName; readonly value: string }
  | { readonly kind: "touch"; readonly name: FieldName }
  | { readonly kind: "touch_all" }
  | { readonly kind: "choose_endpoint"; readonly choice: EndpointChoice }
  | { readonly kind: "started"; readonly running: Running }
  | { readonly kind: "progress"; readonly progress: Progress }
  | { readonly kind: "ended"; readonly call: Omit<Call, "id"> }
  | { readonly kind: "show"; readonly id: number }
  | { readonly kind: "refill"; readonly call: Call };

/** What the tab remembers. A list may have a million rows, and nobody looks at ten of those. */
const MAX_CALLS = 50;
const MAX_ROWS = 2_000_000;

const LIST_FIELDS = ["endpoint", "accountId", "region"] as const satisfies readonly FieldName[];

/** Before the server has answered. */
export const INITIAL_STATE: PageState = {
  settings: undefined,
  problem: undefined,
  values: EMPTY_FORM,
  left: new Map(),
  touched: new Set(),
  calls: [],
  shownId: undefined,
  isEdited: true,
  running: undefined,
};

/** The choice that the endpoint in the form belongs to. */
export function endpointChoice({ settings, values }: Pick<PageState, "settings" | "values">): EndpointChoice {
  return settings?.presets.find((preset) => preset.values.endpoint === values.endpoint)?.id ?? "own";
}

/** The call that is looked at. */
export function shownCall({ calls, shownId }: PageState): Call | undefined {
  return calls.find(({ id }) => id === shownId);
}

/** Where the next page of the list in the form starts. A token is one of the list it came with: that of an account in a region. */
export function nextTokenOf(state: PageState): string | undefined {
  const call = shownCall(state);
  const isSameList = LIST_FIELDS.every((name) => call?.values[name] === state.values[name]);
  return isSameList ? call?.nextToken : undefined;
}

/** What is wrong with the form, as far as it is to be shown yet. */
export function shownProblems(reading: FormReading, touched: ReadonlySet<FieldName>): ReadonlyMap<FieldName, string> {
  return new Map(reading.ok ? [] : [...reading.problems].filter(([name]) => touched.has(name)));
}

/** The page after an action. */
export function reducePage(state: PageState, action: PageAction): PageState {
  switch (action.kind) {
    case "settings": {
      const { settings } = action;
      return { ...state, settings, values: settings.presets[0]?.values ?? state.values };
    }
    case "broken":
      return { ...state, running: undefined, problem: action.problem };
    case "edit":
      return { ...state, isEdited: true, values: { ...state.values, [action.name]: action.value } };
    case "touch":
      return { ...state, touched: new Set([...state.touched, action.name]) };
    case "touch_all":
      return { ...state, touched: new Set(FIELDS.map(({ name }) => name)) };
    case "choose_endpoint":
      return chooseEndpoint(state, action.choice);
    case "started":
      return { ...state, running: action.running };
    case "progress":
      return state.running?.kind === "list"
        ? { ...state, running: { kind: "list", progress: action.progress } }
        : state;
    case "ended": {
      const id = (state.calls[0]?.id ?? 0) + 1;
      const calls = remembered([{ ...action.call, id }, ...state.calls]);
      return { ...state, running: undefined, calls, shownId: id, isEdited: !isOfForm(action.call, state.values) };
    }
    case "show":
      return { ...state, shownId: action.id, isEdited: false };
    default:
      return { ...state, values: refilled(state, action.call), shownId: action.call.id, isEdited: false };
  }
}

/** Whether a call was made from what stands in the form. A walk leaves the token there alone. */
export function isOfForm(call: Pick<Call, "kind" | "values">, values: FormValues): boolean {
  return FIELDS.every(({ name, group }) => {
    const isIgnored = (call.kind === "list" && name === "nextToken") || group === "keys";
    return isIgnored || call.values[name] === values[name];
  });
}

/** The latest call always, and those before it as far as there is room. */
function remembered(calls: readonly Call[]): readonly Call[] {
  let rows = 0;
  const tooMany = calls.findIndex((call, index) => {
    rows += call.rows.length;
    return index === MAX_CALLS || (index > 0 && rows > MAX_ROWS);
  });
  return tooMany === -1 ? calls : calls.slice(0, tooMany);
}

function chooseEndpoint(state: PageState, choice: EndpointChoice): PageState {
  const before = endpointChoice(state);
  if (before === choice) return state;
  const left = new Map(state.left).set(before, state.values);
  const preset = state.settings?.presets.find(({ id }) => id === choice);
  const values = left.get(choice) ?? preset?.values ?? { ...state.values, endpoint: "" };
  return { ...state, left, values, isEdited: true, touched: new Set() };
}

/** A call has no secret; the one in the form stays where it is of the same key. */
function refilled({ values, left }: PageState, call: Call): FormValues {
  const known = [values, ...left.values()].find(({ accessKeyId }) => accessKeyId === call.values.accessKeyId);
  return {
    ...call.values,
    accessKeySecret: known?.accessKeySecret ?? "",
    securityToken: known?.securityToken ?? "",
  };
}
