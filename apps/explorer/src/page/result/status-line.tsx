import type { JSX } from "preact";
import { CopyButton } from "../controls/copy-button.tsx";
import type { Call } from "../calls/call.ts";
import { counted } from "../text/counted.ts";
import { duration } from "../text/duration.ts";
import { Visible } from "../text/visible.tsx";

/** Status, rows, time and request id, in one line. */
export function StatusLine({ call }: { readonly call: Call }): JSX.Element {
  const { answer, rows, end, kind, pages, retries, nextToken, durationMs } = call;
  const requestId = answer?.headers.find(([name]) => name.toLowerCase() === "x-fc-request-id")?.[1];
  return (
    <div class="status-line">
      {answer === undefined ? (
        <span class="pill is-bad">No answer</span>
      ) : (
        <span class={answer.status === 200 ? "pill is-good" : "pill is-bad"}>
          <Visible text={`${answer.status} ${answer.statusText}`.trimEnd()} />
        </span>
      )}
      {(end.kind === "complete" || rows.length > 0) && <strong>{counted(rows.length, "row")}</strong>}
      {kind === "list" && <span>{counted(pages, "page")}</span>}
      {retries > 0 && <span>{counted(retries, "retry", "retries")}</span>}
      <span>{duration(durationMs)}</span>
      {end.kind === "complete" && kind === "page" && (
        <span class={nextToken === undefined ? "pill" : "pill is-accent"}>
          {nextToken === undefined ? "End of the list" : "More pages follow"}
        </span>
      )}
      {end.kind === "complete" && kind === "list" && <span class="pill is-good">The whole list</span>}
      {requestId !== undefined && (
        <span class="request-id">
          <span class="muted">Request</span>{" "}
          <code>
            <Visible text={requestId} />
          </code>
          <CopyButton text={requestId} what="the request id" />
        </span>
      )}
    </div>
  );
}
