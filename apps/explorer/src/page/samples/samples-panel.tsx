import type { JSX } from "preact";
import type { FormValues } from "../../request/explorer-request.ts";
import { readRequest } from "../../request/read-request.ts";
import type { Sample, SampleProof } from "../../samples/sample.ts";

import { samplesFor } from "../../samples/samples-for.ts";
import { CodeBlock } from "../controls/code-block.tsx";
import { CopyButton } from "../controls/copy-button.tsx";
import { TabPanel, Tabs } from "../controls/tabs.tsx";
import { Highlighted } from "../text/highlighted.tsx";
import { samplesUrl } from "./samples-url.ts";

const PROOFS = {
  executed: {
    text: "Executed in CI",
    title: "The tests run this sample against the emulator and compare the rows it lists.",
  },
  parsed: {
    text: "Parsed in CI",
    title: "The tests read this sample with a parser of its language; its SDK is not run there.",
  },
} as const satisfies Record<SampleProof, { readonly text: string; readonly title: string }>;

interface SamplesPanelProps {
  readonly values: FormValues;
  /** Of the sample that is shown; the first when it is none of them. */
  readonly selected: string | undefined;
  readonly onSelect: (id: Sample["id"]) => void;
}

/** The request on screen as code. */
export function SamplesPanel({ values, selected, onSelect }: SamplesPanelProps): JSX.Element {
  const reading = readRequest(values);
  if (!reading.ok) {
    return (
      <div class="card empty">
        <h2>The samples need a request that is right</h2>
        <p>{[...reading.problems.values()][0]}</p>
      </div>
    );
  }
  const samples = samplesFor(reading.request);
  const shown = samples.find(({ id }) => id === selected) ?? samples[0];
  if (shown === undefined) return <p>There are no samples.</p>;
  return (
    <div class="stack">
      <p class="prose">
        Exactly the request on screen. Keys are read from the environment, so that nothing secret stands in a file.
      </p>
      <div class="card code-card">
        <div class="sample-tabs">
          <Tabs name="sample" label="Language" tabs={samples} selected={shown.id} onSelect={onSelect} />
        </div>
        {samples.map((sample) => (
          <TabPanel key={sample.id} name="sample" id={sample.id} isShown={sample.id === shown.id}>
            {sample.id === shown.id && <SampleView sample={sample} />}
          </TabPanel>
        ))}
      </div>
      <p class="small muted">
        For machines: <a href={samplesUrl(values)}>the same samples as JSON</a>
      </p>
    </div>
  );
}

function SampleView({ sample }: { readonly sample: Sample }): JSX.Element {
  const { title, proof, install, code, language } = sample;
  return (
    <>
      <div class="code-head">
        <span class={proof === "executed" ? "pill is-good" : "pill"} title={PROOFS[proof].title}>
          {PROOFS[proof].text}
        </span>
        <span class="small muted">{PROOFS[proof].title}</span>
        <span class="push">
          <CopyButton text={code} what={`the sample for ${title}`} />
        </span>
      </div>
      {install !== "" && (
        <div class="install">
          <span class="muted small">Install</span>
          <code role="region" aria-label="Install command" tabIndex={0}>
            {install}
          </code>
          <CopyButton text={install} what="the install command" />
        </div>
      )}
      <CodeBlock label={`Sample for ${title}`}>
        <Highlighted language={language} text={code} />
      </CodeBlock>
    </>
  );
}
