import { DEMO_ACCOUNT } from "@fc-async/emulator";
import { describe, expect, test } from "vitest";
import { withoutSecrets, type Call } from "../../src/page/calls/call.ts";
import {
  endpointChoice,
  INITIAL_STATE,
  nextTokenOf,
  reducePage,
  shownCall,
  shownProblems,
  type PageAction,
  type PageState,
} from "../../src/page/page-state.ts";
import { samplesUrl } from "../../src/page/samples/samples-url.ts";
import { fetchSettings } from "../../src/page/settings/fetch-settings.ts";
import type { FieldName } from "../../src/request/explorer-request.ts";
import { readForm } from "../../src/request/read-form.ts";
import { presetsFor, type PageSettings } from "../../src/request/presets.ts";
import { EMULATOR_ENDPOINT, formValues } from "../form-values.ts";

const settings: PageSettings = {
  version: "1.2.3",
  emulatorEndpoint: EMULATOR_ENDPOINT,
  presets: presetsFor(EMULATOR_ENDPOINT, DEMO_ACCOUNT),
};

function after(...actions: readonly PageAction[]): PageState {
  return [{ kind: "settings", settings } as const, ...actions].reduce<PageState>(reducePage, INITIAL_STATE);
}

const edit = (name: FieldName, value: string): PageAction => ({ kind: "edit", name, value });

function ended(startedAtMs: number, changes: Partial<Call> = {}): PageAction {
  const call: Omit<Call, "id"> = {
    kind: "page",
    startedAtMs,
    durationMs: 1,
    values: withoutSecrets(formValues()),
    stages: undefined,
    answer: undefined,
    rows: [],
    nextToken: undefined,
    pages: 1,
    retries: 0,
    end: { kind: "complete" },
    ...changes,
  };
  return { kind: "ended", call };
}

describe("the form", () => {
  test("begins with the emulator's demo account", () => {
    const state = after();
    expect(state.values).toEqual(formValues());
    expect(endpointChoice(state)).toBe("emulator");
  });

  test("takes no key of the emulator to the real service, and has it again on the way back", () => {
    const real = after(edit("limit", "7"), { kind: "choose_endpoint", choice: "real" });
    expect(endpointChoice(real)).toBe("real");
    expect(real.values).toMatchObject({ accessKeyId: "", accessKeySecret: "", accountId: "" });
    const filled = reducePage(real, edit("accessKeySecret", "mine"));
    const back = reducePage(filled, { kind: "choose_endpoint", choice: "emulator" });
    expect(back.values).toEqual(formValues({ limit: "7" }));
    const again = reducePage(back, { kind: "choose_endpoint", choice: "real" });
    expect(again.values.accessKeySecret).toBe("mine");
  });

  test("is of an own endpoint as soon as another one is typed", () => {
    expect(endpointChoice(after(edit("endpoint", "https://fc.example.com")))).toBe("own");
    expect(after({ kind: "choose_endpoint", choice: "own" }).values).toEqual(formValues({ endpoint: "" }));
  });
});

describe("the next page", () => {
  test("is that of the list in the form, and of no other", () => {
    const state = after(ended(1, { nextToken: "t" }));
    expect(nextTokenOf(state)).toBe("t");
    expect(nextTokenOf(reducePage(state, edit("limit", "3")))).toBe("t");
    for (const name of ["region", "accountId", "endpoint"] as const) {
      expect(nextTokenOf(reducePage(state, edit(name, "other")))).toBeUndefined();
    }
    expect(nextTokenOf(after())).toBeUndefined();
  });
});

test("what is wrong is shown where somebody was, and everywhere once they send", () => {
  const wrong = after(edit("limit", "0"), edit("region", "?"), { kind: "touch", name: "limit" });
  const shownIn = (state: PageState): readonly string[] => [
    ...shownProblems(readForm(state.values), state.touched).keys(),
  ];
  expect(shownIn(wrong)).toEqual(["limit"]);
  expect(shownIn(reducePage(wrong, { kind: "touch_all" }))).toEqual(["region", "limit"]);
});

describe("the calls of a tab", () => {
  test("are kept, the latest first and shown", () => {
    const state = after(ended(1), ended(2));
    expect(state.calls.map(({ startedAtMs }) => startedAtMs)).toEqual([2, 1]);
    expect(shownCall(state)?.startedAtMs).toBe(2);
    expect(shownCall(reducePage(state, { kind: "show", id: 1 }))?.startedAtMs).toBe(1);
  });

  test("show their signature until the form is changed, and again when they are chosen", () => {
    const sent = after(ended(1));
    expect(sent.isEdited).toBe(false);
    const edited = reducePage(sent, edit("accessKeySecret", "another"));
    expect(edited.isEdited).toBe(true);
    expect(reducePage(edited, { kind: "show", id: 1 }).isEdited).toBe(false);
    expect(after(edit("limit", "3"), ended(1)).isEdited).toBe(true);
    const list = ended(1, { kind: "list", values: withoutSecrets(formValues({ nextToken: "t" })) });
    expect(after(list).isEdited).toBe(false);
  });

  test("are at most fifty", () => {
    const state = after(...Array.from({ length: 60 }, (_unused, index) => ended(index)));
    expect(state.calls).toHaveLength(50);
    expect(new Set(state.calls.map(({ id }) => id)).size).toBe(50);
  });

  test("are fewer when their rows are many, but for the latest", () => {
    const rows = Array.from({ length: 1_500_000 }, () => ({ serviceName: "s", functionName: "f", qualifier: "" }));
    const starts = (state: PageState): readonly number[] => state.calls.map(({ startedAtMs }) => startedAtMs);
    expect(starts(after(ended(1, { rows }), ended(2, { rows })))).toEqual([2]);
    expect(starts(after(ended(1, { rows }), ended(2)))).toEqual([2, 1]);
  });

  test("fill the form again, with the secret that stands in it for the same key", () => {
    const state = after(ended(1), edit("limit", "5"));
    const [call] = state.calls;
    if (call === undefined) throw new Error("no call");
    expect(reducePage(state, { kind: "refill", call }).values).toEqual(formValues());
    const other = reducePage(state, edit("accessKeyId", "another"));
    expect(reducePage(other, { kind: "refill", call }).values.accessKeySecret).toBe("");
  });
});

test("the JSON of the samples is asked for without any key", () => {
  const url = samplesUrl(formValues({ nextToken: "a/b+c==&", securityToken: "the-token" }));
  const query = new URL(url, "http://localhost").searchParams;
  expect(Object.fromEntries(query)).toEqual({
    accountId: DEMO_ACCOUNT.accountId,
    region: DEMO_ACCOUNT.region,
    endpoint: EMULATOR_ENDPOINT,
    limit: "20",
    nextToken: "a/b+c==&",
    "X-Fc-Account-Id": "",
    "X-Fc-Date": "",
    "X-Fc-Trace-Id": "",
  });
});

test("a page that fails says so, and can be used on", () => {
  const running: PageAction = { kind: "started", running: { kind: "page" } };
  expect(after(running, { kind: "broken", problem: "No WebCrypto." })).toMatchObject({
    running: undefined,
    problem: "No WebCrypto.",
  });
});

describe("the settings", () => {
  test("are those of the server", async () => {
    expect(await fetchSettings(async () => Response.json(settings))).toEqual(settings);
  });

  test("that do not come, or are of another version, are a sentence", async () => {
    const down = fetchSettings(async () => {
      throw new TypeError("Failed to fetch");
    });
    await expect(down).rejects.toThrow(/does not answer/);
    await expect(fetchSettings(async () => Response.json({}))).rejects.toThrow(/another version/);
  });
});
