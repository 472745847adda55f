import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { Progress } from "../calls/call.ts";
import { counted } from "../text/counted.ts";
import { duration } from "../text/duration.ts";

const TICK_MS = 200;

interface ProgressCardProps {
  /** `undefined` for a single page. */
  readonly progress: Progress | undefined;
  readonly onCancel: () => void;
}

/** What is on its way, and how far it has come. */
export function ProgressCard({ progress, onCancel }: ProgressCardProps): JSX.Element {
  const [nowMs, setNowMs] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNowMs(Date.now()), TICK_MS);
    return () => clearInterval(timer);
  }, []);
  const title = progress === undefined ? "Waiting for the answer" : "Reading all pages";
  return (
    <section class={progress === undefined ? "card progress is-late" : "card progress"} aria-label={title}>
      <div class="progress-bar" role="progressbar" aria-label={title} />
      <div class="row">
        <strong>{title}</strong>
        {progress !== undefined && (
          <>
            <span>{counted(progress.pages, "page")}</span>
            <span>{counted(progress.rows, "row")}</span>
            <span>{counted(progress.retries, "retry", "retries")}</span>
            <span class="muted">{duration(Math.max(0, nowMs - progress.startedAtMs))}</span>
            <span class="visually-hidden" role="status">
              {counted(progress.pages, "page")}, {counted(progress.rows, "row")}
            </span>
          </>
        )}
        <button type="button" class="button is-small push" onClick={onCancel}>
          Cancel
        </button>
      </div>
    </section>
  );
}
