import { errorEntryFor, explainApiError, parseErrorBody } from "@fc-async/protocol";
import { ERROR_CATALOGUE, type ErrorCatalogueEntry } from "@fc-async/protocol/error-catalogue";
import type { RelayedAnswer } from "../../relay/relay-message.ts";

/** What an answer with an error says, and what is known of it. */
export interface Refusal {
  readonly status: number;
  /** `undefined` when the body is no error of the service: a proxy's page. */
  readonly code: string | undefined;
  readonly message: string | undefined;
  /** The entry of the catalogue, with its row. */
  readonly entry: ErrorCatalogueEntry | undefined;
  readonly row: string | undefined;
  readonly nextStep: string;
  readonly retryable: boolean;
}

/** Reads an answer that is no success. */
export function readRefusal({ status, body }: Pick<RelayedAnswer, "status" | "body">): Refusal {
  const { code, message, excerpt } = parseErrorBody(body);
  const entry = code === undefined ? undefined : errorEntryFor(code, message ?? "");
  const { nextStep, retryable } = explainApiError(status, { code, message });
  return {
    status,
    code,
    message: message ?? excerpt,
    entry,
    row: entry === undefined ? undefined : errorRow(entry),
    nextStep,
    retryable,
  };
}

/**
 * The name of an entry's row, as it stands in the address: its code, with a number behind it where the catalogue tells several
 * sentences of one code apart.
 */
export function errorRow(entry: ErrorCatalogueEntry): string {
  const name = entry.code.replaceAll("*", "~");
  const twins = ERROR_CATALOGUE.filter(({ code }) => code === entry.code);
  return twins.length === 1 ? name : `${name}.${twins.indexOf(entry) + 1}`;
}
