import { ERROR_CATALOGUE, type ErrorCatalogueEntry } from "@fc-async/protocol/error-catalogue";
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { errorRow } from "../answer/refusal.ts";
import { routeHash } from "../route/route.ts";
import { counted } from "../text/counted.ts";
import { Documentation } from "../text/documentation.tsx";
import { filterErrors } from "./filter-errors.ts";

interface ErrorsPanelProps {
  /** The row that the address names. */
  readonly linked: string | undefined;
  readonly isShown: boolean;
}

/** Every error the service is known to answer with. */
export function ErrorsPanel({ linked, isShown }: ErrorsPanelProps): JSX.Element {
  const [query, setQuery] = useState("");
  const found = filterErrors(ERROR_CATALOGUE, query);
  useEffect(() => {
    if (linked === undefined || !isShown) return;
    setQuery("");
    document.getElementById(rowId(linked))?.scrollIntoView({ block: "center" });
  }, [linked, isShown]);
  return (
    <div class="stack">
      <div class="row">
        <input
          class="input is-search"
          type="search"
          aria-label="Filter the errors"
          placeholder="Code, status or word"
          value={query}
          onInput={(event) => setQuery(event.currentTarget.value)}
        />
        <span class="muted small" role="status">
          {query === ""
            ? counted(ERROR_CATALOGUE.length, "entry", "entries")
            : `${counted(found.length, "entry", "entries")} of ${ERROR_CATALOGUE.length}`}
        </span>
      </div>
      {found.length === 0 ? (
        <div class="card empty">
          <p>No entry holds “{query}”. A code that is not listed is judged by its status alone.</p>
        </div>
      ) : (
        <ul class="errors">
          {found.map((entry) => (
            <ErrorRow key={errorRow(entry)} entry={entry} isLinked={errorRow(entry) === linked} />
          ))}
        </ul>
      )}
    </div>
  );
}

function rowId(row: string): string {
  return `errors/${row}`;
}

function ErrorRow({
  entry,
  isLinked,
}: {
  readonly entry: ErrorCatalogueEntry;
  readonly isLinked: boolean;
}): JSX.Element {
  const { code, statuses, messagePattern, family, meaning, cause, nextStep, retryable, source } = entry;
  const row = errorRow(entry);
  return (
    <li id={rowId(row)} class={isLinked ? "card error is-linked" : "card error"} aria-current={isLinked || undefined}>
      <div class="error-head">
        <h2>
          <a href={routeHash({ view: "errors", detail: row })}>{code}</a>
        </h2>
        {statuses.map((status) => (
          <span key={status} class="pill">
            {status}
          </span>
        ))}
        {retryable && <span class="pill is-accent">Retried</span>}
        <span class="muted small push">{family === "fc" ? "Function Compute" : "API gateway"}</span>
      </div>
      <p class="error-meaning">
        <Documentation text={meaning} />
      </p>
      <dl class="facts">
        {messagePattern !== undefined && (
          <>
            <dt>Message</dt>
            <dd>
              holds <code>{messagePattern}</code>
            </dd>
          </>
        )}
        <dt>Cause</dt>
        <dd>
          <Documentation text={cause} />
        </dd>
        <dt>Next step</dt>
        <dd>
          <Documentation text={nextStep} />
        </dd>
        <dt>Source</dt>
        <dd class="muted is-breaking">{source}</dd>
      </dl>
    </li>
  );
}
