import type { JSX } from "preact";
import { useCallback, useEffect, useMemo, useReducer, useRef } from "preact/hooks";
import type { PageSettings } from "../request/presets.ts";
import { readForm } from "../request/read-form.ts";
import type { CallPorts } from "./calls/call-ports.ts";
import { useSending } from "./calls/use-sending.ts";
import { TabPanel, Tabs } from "./controls/tabs.tsx";
import { FieldLinkContext, useNewFieldLink } from "./form/field-link.ts";
import { focusField } from "./form/focus-field.ts";
import { RequestForm } from "./form/request-form.tsx";
import { Header } from "./header.tsx";
import {
  endpointChoice,
  INITIAL_STATE,
  isOfForm,
  nextTokenOf,
  reducePage,
  shownCall,
  shownProblems,
} from "./page-state.ts";
import { ErrorsPanel } from "./reference/errors-panel.tsx";
import { PermissionsPanel } from "./reference/permissions-panel.tsx";
import { History } from "./result/history.tsx";
import { NothingSent } from "./result/nothing-sent.tsx";
import { ProgressCard } from "./result/progress-card.tsx";
import { RequestLine } from "./result/request-line.tsx";
import { ResultPanel } from "./result/result-panel.tsx";
import type { View } from "./route/route.ts";
import { useRoute } from "./route/use-route.ts";
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

  const showResult = useCallback(() => {
    if (route.view !== "sign") go({ view: "result", detail: undefined });
    work.current?.scrollIntoView({ block: "start" });
  }, [go, route.view]);
  // Again: before the result is laid out, a narrow page may be too short to scroll this far.
  const scrollToResult = useCallback(() => {
    requestAnimationFrame(() => work.current?.scrollIntoView({ block: "start" }));
  }, []);
  const sending = useSending({ state, dispatch, ports, onStart: showResult, onEnd: scrollToResult });
  const choice = endpointChoice(state);
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
      <Header choice={choice} request={reading.ok ? reading.request : undefined} themeStorage={themeStorage} />
      <div class="columns">
        <RequestForm
          settings={state.settings}
          values={values}
          problems={shownProblems(reading, state.touched)}
          choice={choice}
          isRunning={running !== undefined}
          hasNextPage={nextTokenOf(state) !== undefined}
          onChooseEndpoint={(chosen) => {
            dispatch({ kind: "choose_endpoint", choice: chosen });
            if (chosen === "own") requestAnimationFrame(() => focusField("endpoint"));
          }}
          onEdit={(name, value) => dispatch({ kind: "edit", name, value })}
          onLeave={(name) => {
            if (values[name] !== "") dispatch({ kind: "touch", name });
          }}
          onSend={sending.send}
          onNextPage={sending.sendNextPage}
          onAllPages={sending.readAllPages}
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
                  onCancel={sending.cancel}
                />
              )}
              {reading.ok && <RequestLine request={reading.request} />}
              {shown === undefined ? <NothingSent choice={choice} /> : <ResultPanel call={shown} />}
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
