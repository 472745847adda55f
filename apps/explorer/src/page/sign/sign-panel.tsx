import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { FormReading } from "../../request/read-form.ts";
import type { SigningInstant } from "../../signing/request-headers.ts";
import type { Call } from "../calls/call.ts";
import { TabPanel, Tabs } from "../controls/tabs.tsx";
import { PastePanel } from "./paste-panel.tsx";
import { Stages } from "./stages.tsx";
import { usePreview } from "./use-preview.ts";

const MODES = [
  { id: "stages", title: "This request" },
  { id: "paste", title: "Check mine" },
] as const;

export type SignMode = (typeof MODES)[number]["id"];

const TIME = new Intl.DateTimeFormat("en-GB", { timeStyle: "medium" });

interface SignPanelProps {
  readonly mode: SignMode;
  readonly onMode: (mode: SignMode) => void;
  readonly reading: FormReading;
  /** The call to show; `undefined` for what is in the form. */
  readonly sent: Call | undefined;
  /** The form is that of the call. */
  readonly isOfForm: boolean;
  readonly secret: string;
  readonly newInstant: () => SigningInstant;
}

/** How the signature of the request comes about; and what is wrong with one made elsewhere. */
export function SignPanel(props: SignPanelProps): JSX.Element {
  const { mode, onMode, reading, sent, isOfForm, secret, newInstant } = props;
  const [instant, setInstant] = useState(newInstant);
  const preview = usePreview(reading, instant);
  const stages = sent?.stages ?? preview;
  return (
    <div class="stack">
      <div class="row">
        <Tabs name="sign" label="What to look at" tabs={MODES} selected={mode} isBoxed onSelect={onMode} />
        {mode === "stages" && (
          <span class="sign-state">
            {sent === undefined ? (
              <>
                <span class="pill">Preview</span>
                <span class="muted small">Send makes a new date and nonce.</span>
                <button type="button" class="button is-small" onClick={() => setInstant(newInstant())}>
                  New date and nonce
                </button>
              </>
            ) : (
              <>
                <span class="pill is-accent">As sent</span>
                <span class="muted small">
                  {sent.kind === "list" ? "The last request of" : "The request of"} {TIME.format(sent.startedAtMs)}
                  {isOfForm ? "" : ", not that of the form"}
                </span>
              </>
            )}
          </span>
        )}
      </div>
      <TabPanel name="sign" id="stages" isShown={mode === "stages"}>
        {stages === undefined ? (
          <div class="card empty">
            <h2>Nothing to sign yet</h2>
            <p>{reading.ok ? "Signing…" : [...reading.problems.values()][0]}</p>
          </div>
        ) : (
          <div class="stack">
            <Legend />
            <Stages stages={stages} />
          </div>
        )}
      </TabPanel>
      <TabPanel name="sign" id="paste" isShown={mode === "paste"}>
        <PastePanel secret={secret} />
      </TabPanel>
    </div>
  );
}

const LEGEND = [
  ["origin-where", "Service"],
  ["origin-key", "Keys"],
  ["origin-query", "Query"],
  ["origin-header", "Headers"],
  ["origin-fresh", "Made anew"],
  ["origin-stage", "Stage before"],
] as const;

function Legend(): JSX.Element {
  return (
    <p class="legend">
      <span class="muted">Colours say where a part comes from; choose one to go to its field.</span>
      {LEGEND.map(([name, title]) => (
        <span key={name} class={`legend-entry ${name}`}>
          {title}
        </span>
      ))}
    </p>
  );
}
