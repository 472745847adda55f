import type { JSX } from "preact";
import type { PastedExplanation } from "../../pasted/explain-pasted.ts";
import type { LineDifference } from "../../pasted/line-difference.ts";
import { CodeBlock } from "../controls/code-block.tsx";
import { Visible } from "../text/visible.tsx";
import { commonEnds } from "./common-ends.ts";

const OUTCOMES = {
  right: { pill: "pill is-good", text: "The signature is right" },
  wrong: { pill: "pill is-bad", text: "The signature is wrong" },
  unreadable: { pill: "pill is-warn", text: "It could not be checked" },
} as const satisfies Record<PastedExplanation["outcome"], { readonly pill: string; readonly text: string }>;

/** What was found about a pasted request. */
export function ExplanationCard({ explanation }: { readonly explanation: PastedExplanation }): JSX.Element {
  const { pill, text } = OUTCOMES[explanation.outcome];
  return (
    <section class="card verdict" aria-label="What was found">
      <h2>
        <span class={pill}>{text}</span>
      </h2>
      {explanation.outcome === "unreadable" && <Sentence text={explanation.problem} />}
      {explanation.outcome === "right" && (
        <p>
          {explanation.scheme === "acs3" ? "ACS3-HMAC-SHA256" : "The FC scheme"}, and every signed part is as the
          service would sign it.
        </p>
      )}
      {explanation.outcome === "wrong" && (
        <>
          <Sentence text={explanation.sentence} />
          {explanation.difference !== undefined && <Sides difference={explanation.difference} />}
          {explanation.lines.length > 0 && <ExpectedLines lines={explanation.lines} wrongLine={explanation.line} />}
        </>
      )}
      {explanation.outcome !== "unreadable" &&
        explanation.remarks.map((remark) => (
          <p key={remark} class="notice is-warn">
            <Visible text={remark} />
          </p>
        ))}
    </section>
  );
}

function Sentence({ text }: { readonly text: string }): JSX.Element {
  return (
    <p>
      <strong>
        <Visible text={text} />
      </strong>
    </p>
  );
}

function Sides({ difference }: { readonly difference: LineDifference }): JSX.Element {
  const { line, expected, own } = difference;
  return (
    <div class="sides">
      <Side title={`Line ${line} as the service signs it`} text={expected} other={own} />
      <Side title={`Line ${line} of yours`} text={own} other={expected} />
    </div>
  );
}

interface SideProps {
  readonly title: string;
  readonly text: string | undefined;
  readonly other: string | undefined;
}

function Side({ title, text, other }: SideProps): JSX.Element {
  const { start, middle, end } = commonEnds(text ?? "", other ?? "");
  return (
    <figure>
      <figcaption>{title}</figcaption>
      <CodeBlock label={title} isWrapped>
        {text === undefined ? (
          <span class="muted">no such line</span>
        ) : text === "" ? (
          <span class="muted">an empty line</span>
        ) : (
          <>
            <Visible text={start} />
            <mark>
              <Visible text={middle} />
            </mark>
            <Visible text={end} />
          </>
        )}
      </CodeBlock>
    </figure>
  );
}

interface ExpectedLinesProps {
  readonly lines: readonly string[];
  readonly wrongLine: number | undefined;
}

function ExpectedLines({ lines, wrongLine }: ExpectedLinesProps): JSX.Element {
  return (
    <details open={wrongLine !== undefined}>
      <summary>What the service signs, line by line</summary>
      <div class="code" tabIndex={0} role="region" aria-label="What the service signs">
        <ol class="stage-lines">
          {lines.map((line, index) => (
            <li key={index} class={index + 1 === wrongLine ? "is-wrong" : ""}>
              {line === "" ? <span class="empty-line">empty line</span> : <Visible text={line} />}
            </li>
          ))}
        </ol>
      </div>
    </details>
  );
}
