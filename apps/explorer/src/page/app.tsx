import type { JSX } from "preact";
import { useCallback, useEffect, useLayoutEffect, useMemo, useReducer, useRef } from "preact/hooks";
import { FIELDS } from "../request/fields.ts";
import type { FieldName, FormValues } from "../request/explorer-request.ts";
import type { PageSettings } from "../request/presets.ts";
import { readForm } from "../request/read-form.ts";
import type { Call } from "./calls/call.ts";
import type { CallPorts } from "./calls/call-ports.ts";
import { useCalls } from "./calls/use-calls.ts";
import { describeCall } from "./calls/describe-call.ts";
import { useAnnounce } from "./controls/announcer.tsx";
import { TabPanel, Tabs } from "./controls/tabs.tsx";
import { FieldLinkContext, useNewFieldLink } from "./form/field-link.ts";
import { focusField } from "./form/focus-field.ts";
import { RequestForm } from "./form/request-form.tsx";
import { Header } from "./header.tsx";
import { endpointChoice, INITIAL_STATE, isOfForm, reducePage, shownCall, type PageState } from "./page-state.ts";
import { ErrorsPanel } from "./reference/errors-panel.tsx";
import { PermissionsPanel } from "./reference/permissions-panel.tsx";
import { History } from "./result/history.tsx";
import { ProgressCard } from "./result/progress-card.tsx";
import { RequestLine } from "./result/request-line.tsx";
import { ResultPanel } from "./result/result-panel.tsx";
import { useRoute } from "./route/use-route.ts";
import type { View } from "./route/route.ts";
import { SamplesPanel } from "./samples/samples-panel.tsx";
import { SignPanel } from "./sign/sign-panel.tsx";
import type { ThemeStorage } from "./theme/theme.ts";

const TABS = [
  { id: "result", title: "Result" },
  { id: "sign", title: "Sign" },
  { id: "samples", title: "Samples" },
  { id: "errors", title: "Errors" },
  { id: "permissions", title: "Permissions" },
] as const satisfies readonly { readonly id: View; readonly title: string }[];

const LIST_FIELDS = ["endpoint", "accountId", "region"] as const satisfies readonly FieldName[];

interface AppProps {
  readonly ports: CallPorts;
  readonly themeStorage: ThemeStorage;
  readonly fetchSettings: () => Promise<PageSettings>;
}

/** The whole page. */
export function App({ ports, fetchSettings, themeStorage }: AppProps): JSX.Element {
  const [state, dispatch] = useReducer(reducePage, INITIAL_STATE);
  const [route, go] = useRoute();
  const fieldLink = useNewFieldLink();
  const announce = useAnnounce();
  const calls = useCalls(ports, dispatch);
  const work = useRef<HTMLElement>(null);
  const { values, running } = state;
  const reading = useMemo(() => readForm(values), [values]);
  const shown = shownCall(state);

  useEffect(() => {
    fetchSettings().then(
      (settings) => dispatch({ kind: "settings", settings }),
      (error: unknown) => dispatch({ kind: "broken", problem: String(error instanceof Error ? error.message : error) }),
    );
  }, [fetchSettings]);

  const make = useCallback(
    async (kind: Call["kind"], from: FormValues) => {
      const checked = readForm(from);
      if (!checked.ok) {
        dispatch({ kind: "touch_all" });
        const first = FIELDS.find(({ name }) => checked.problems.has(name));
        if (first !== undefined) {
          focusField(first.name);
          announce(`Not sent. ${checked.problems.get(first.name)}`);
        }
        return;
      }
      if (route.view !== "sign") go({ view: "result", detail: undefined });
      work.current?.scrollIntoView({ block: "start" });
      announce(kind === "page" ? "Sending." : "Reading all pages.");
      const call = await (kind === "page" ? calls.sendPage(from) : calls.readList(from));
      if (call === undefined) return;
      announce(describeCall(call));
      // Again, once the result is laid out: before, a narrow page may have been too short to scroll this far.
      requestAnimationFrame(() => work.current?.scrollIntoView({ block: "start" }));
    },
    [calls, announce, go, route.view],
  );

  const nextToken = nextTokenFor(shown, values);
  const sendNextPage = useCallback(() => {
    if (nextToken === undefined) return;
    dispatch({ kind: "edit", name: "nextToken", value: nextToken });
    void make("page", { ...values, nextToken });
  }, [make, nextToken, values]);

  // Before the next key: an effect would come after it, and send the form as it was.
  useLayoutEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      void make("page", values);
    };
    addEventListener("keydown", onKeyDown);
    return () => removeEventListener("keydown", onKeyDown);
  }, [make, values]);

  const problems = reading.ok ? new Map<FieldName, string>() : shownProblems(reading.problems, state.touched);
  return (
    <FieldLinkContext.Provider value={fieldLink}>
      <a
        class="skip-link"
        href="#work"
        onClick={(event) => {
          // The address selects the view, so it is left alone.
          event.preventDefault();
          work.current?.focus();
        }}
      >
        Skip to the result
      </a>
      <Header
        choice={endpointChoice(state)}
        request={reading.ok ? reading.request : undefined}
        themeStorage={themeStorage}
      />
      <div class="columns">
        <RequestForm
          settings={state.settings}
          values={values}
          problems={problems}
          choice={endpointChoice(state)}
          isRunning={running !== undefined}
          hasNextPage={nextToken !== undefined}
          onChooseEndpoint={(choice) => {
            dispatch({ kind: "choose_endpoint", choice });
            if (choice === "own") requestAnimationFrame(() => focusField("endpoint"));
          }}
          onEdit={(name, value) => dispatch({ kind: "edit", name, value })}
          onLeave={(name) => {
            if (values[name] !== "") dispatch({ kind: "touch", name });
          }}
          onSend={() => void make("page", values)}
          onNextPage={sendNextPage}
          onAllPages={() => void make("list", values)}
        />
        <main class="work" ref={work} id="work" tabIndex={-1}>
          <div class="work-tabs">
            <Tabs
              name="view"
              label="Views"
              tabs={TABS}
              selected={route.view}
              onSelect={(view) => go({ view, detail: undefined })}
            />
          </div>
          <TabPanel name="view" id="result" isShown={route.view === "result"}>
            <div class="stack">
              {state.problem !== undefined && <p class="notice is-bad">{state.problem}</p>}
              {running !== undefined && (
                <ProgressCard
                  progress={running.kind === "list" ? running.progress : undefined}
                  onCancel={calls.cancel}
                />
              )}
              {reading.ok && <RequestLine request={reading.request} />}
              {shown === undefined ? <NothingSent state={state} /> : <ResultPanel call={shown} />}
              {state.calls.length > 0 && (
                <History
                  calls={state.calls}
                  shownId={state.shownId}
                  onShow={(id) => dispatch({ kind: "show", id })}
                  onRefill={(call) => dispatch({ kind: "refill", call })}
                />
              )}
            </div>
          </TabPanel>
          <TabPanel name="view" id="sign" isShown={route.view === "sign"}>
            <SignPanel
              mode={route.detail === "check" ? "paste" : "stages"}
              onMode={(mode) => go({ view: "sign", detail: mode === "paste" ? "check" : undefined })}
              reading={reading}
              sent={state.isEdited ? undefined : shown}
              isOfForm={shown !== undefined && isOfForm(shown, values)}
              secret={values.accessKeySecret}
              newInstant={() => ({ dateMs: ports.now(), nonce: ports.nonce() })}
            />
          </TabPanel>
          <TabPanel name="view" id="samples" isShown={route.view === "samples"}>
            {route.view === "samples" && (
              <SamplesPanel
                values={values}
                selected={route.detail}
                onSelect={(id) => go({ view: "samples", detail: id })}
              />
            )}
          </TabPanel>
          <TabPanel name="view" id="errors" isShown={route.view === "errors"}>
            <ErrorsPanel
              isShown={route.view === "errors"}
              linked={route.view === "errors" ? route.detail : undefined}
            />
          </TabPanel>
          <TabPanel name="view" id="permissions" isShown={route.view === "permissions"}>
            {route.view === "permissions" && <PermissionsPanel />}
          </TabPanel>
        </main>
      </div>
    </FieldLinkContext.Provider>
  );
}

function shownProblems(
  problems: ReadonlyMap<FieldName, string>,
  touched: ReadonlySet<FieldName>,
): ReadonlyMap<FieldName, string> {
  return new Map([...problems].filter(([name]) => touched.has(name)));
}

/** A token is one of the list it came with: that of an account in a region. */
function nextTokenFor(call: Call | undefined, values: FormValues): string | undefined {
  const isSameList = LIST_FIELDS.every((name) => call?.values[name] === values[name]);
  return isSameList ? call?.nextToken : undefined;
}

function NothingSent({ state }: { readonly state: PageState }): JSX.Element {
  return (
    <div class="card empty">
      <h2>Try the operation</h2>
      <p>
        {endpointChoice(state) === "emulator"
          ? "The form holds an account of the emulator and its throw-away key. Press Send, or Ctrl and Enter anywhere."
          : "Fill in account, region and key, then press Send, or Ctrl and Enter anywhere."}
      </p>
      <p>
        <a href="#sign">Sign</a> shows how the signature comes about, <a href="#samples">Samples</a> has the same
        request as code.
      </p>
    </div>
  );
}
