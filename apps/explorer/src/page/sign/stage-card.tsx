import type { ComponentChildren, JSX } from "preact";
import { CopyButton } from "../controls/copy-button.tsx";
import type { Line } from "../../signing/signing-stages.ts";
import { StageLines } from "./stage-lines.tsx";

interface StageCardProps {
  readonly number: number;
  readonly title: string;
  /** What was done to get here. */
  readonly children: ComponentChildren;
  readonly lines: readonly Line[];
  /** What the button copies: the stage as it is hashed or sent. */
  readonly text: string;
}

/** One of the four stages. */
export function StageCard({ number, title, children, lines, text }: StageCardProps): JSX.Element {
  return (
    <li class="stage">
      <span class="stage-number" aria-hidden="true">
        {number}
      </span>
      <section class="card code-card" aria-label={title}>
        <div class="code-head">
          <h2>{title}</h2>
          <span class="push">
            <CopyButton text={text} what={`the ${title.toLowerCase()}`} />
          </span>
          <p class="stage-note">{children}</p>
        </div>
        <div class="code" role="region" aria-label={`Text of the ${title.toLowerCase()}`} tabIndex={0}>
          <StageLines lines={lines} />
        </div>
      </section>
    </li>
  );
}
