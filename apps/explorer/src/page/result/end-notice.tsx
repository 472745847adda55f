import type { JSX } from "preact";
import type { Refusal } from "../answer/refusal.ts";
import type { Call, NoAnswer } from "../calls/call.ts";
import { routeHash } from "../route/route.ts";
import { counted } from "../text/counted.ts";
import { Documentation } from "../text/documentation.tsx";
import { Visible } from "../text/visible.tsx";

/** Why a call did not bring what was asked for, and what to do. Nothing for one that did. */
export function EndNotice({ call }: { readonly call: Call }): JSX.Element | null {
  const { end, rows, pages } = call;
  if (end.kind === "complete") return null;
  return (
    <div class={end.kind === "cancelled" ? "problem is-mild" : "problem"} role="group" aria-label="What went wrong">
      {end.kind === "refused" && <RefusalText refusal={end.refusal} />}
      {end.kind === "no_answer" && <NoAnswerText failure={end.failure} />}
      {end.kind === "unreadable" && (
        <>
          <h2>The answer is not what the contract says</h2>
          <p>
            <Visible text={end.message} />
          </p>
        </>
      )}
      {end.kind === "cancelled" && <h2>Cancelled</h2>}
      {call.kind === "list" && (
        <p>
          {rows.length === 0
            ? "Nothing was read."
            : `The ${counted(rows.length, "row")} of ${counted(pages, "page")} below are a part of the list, not the list.`}
        </p>
      )}
    </div>
  );
}

function RefusalText({ refusal }: { readonly refusal: Refusal }): JSX.Element {
  const { code, message, entry, row, nextStep, retryable } = refusal;
  return (
    <>
      <h2>
        <Visible text={code ?? `HTTP ${refusal.status}`} />
        <span class={retryable ? "pill is-warn" : "pill"}>
          {retryable ? "Trying again may help" : "Trying again will not help"}
        </span>
      </h2>
      {message !== undefined && (
        <p class="mono">
          <Visible text={message} />
        </p>
      )}
      <dl class="facts">
        {entry !== undefined && (
          <>
            <dt>Meaning</dt>
            <dd>
              <Documentation text={entry.meaning} />
            </dd>
            <dt>Cause</dt>
            <dd>
              <Documentation text={entry.cause} />
            </dd>
          </>
        )}
        <dt>Next step</dt>
        <dd>
          <strong>
            <Documentation text={nextStep} />
          </strong>
        </dd>
      </dl>
      {row !== undefined && (
        <p>
          <a href={routeHash({ view: "errors", detail: row })}>All about {code} in Errors</a>
        </p>
      )}
    </>
  );
}

const SIDES = {
  page: "The page could not reach its own server",
  relay: "The relay did not send the request",
  upstream: "The relay sent the request, and no good answer came back",
} as const satisfies Record<NoAnswer["side"], string>;

function NoAnswerText({ failure }: { readonly failure: NoAnswer }): JSX.Element {
  const steps = ["page", "relay", "upstream"] as const;
  const failedAt = steps.indexOf(failure.side);
  return (
    <>
      <h2>
        {SIDES[failure.side]} <code>{failure.code}</code>
      </h2>
      <ol class="way" aria-label="The way of the request">
        {["Page", "Relay", "Service"].map((name, index) => (
          <li key={name} class={index < failedAt ? "is-passed" : index === failedAt ? "is-failed" : ""}>
            {name}
            <span class="visually-hidden">{index === failedAt ? ": failed behind this" : ""}</span>
          </li>
        ))}
      </ol>
      <p>
        <Visible text={failure.message} />
      </p>
    </>
  );
}
