import type { DocumentProblem } from "./check-document.ts";
import type { ConfigPath } from "./config-path.ts";
import { CREDENTIALS_FORMS, isStaticForm, KEY_SOURCE_FORMS } from "./credentials-schema.ts";
import { itemsOf, property } from "./document-parts.ts";
import { formatDuration, parseDurationMs } from "./duration.ts";

const DEFAULT_INTERVAL = "60s";
const MIN_STALENESS_INTERVALS = 2;

/**
 * What is wrong between keys, each of which may be right. Read from the document like the duplicates: the schema stops at the
 * first key of a mapping that is wrong in itself.
 */
export function relationProblems(document: unknown): readonly DocumentProblem[] {
  const accounts = itemsOf(property(document, "accounts"));
  return [
    ...stalenessProblems(property(document, "poll")),
    ...accounts.flatMap((account, index) =>
      keyPairProblems(property(account, "credentials"), ["accounts", index, "credentials"], CREDENTIALS_FORMS),
    ),
    ...accounts.flatMap((account, index) =>
      keyPairProblems(
        property(property(account, "credentials"), "source"),
        ["accounts", index, "credentials", "source"],
        KEY_SOURCE_FORMS,
      ),
    ),
  ];
}

/** A list must outlast the time to the next one, which may come late by a tenth and take as long as it takes. */
function stalenessProblems(poll: unknown): readonly DocumentProblem[] {
  const intervalMs = durationMsOf(property(poll, "interval") ?? DEFAULT_INTERVAL);
  const maxStalenessMs = durationMsOf(property(poll, "max_staleness"));
  if (intervalMs === undefined || maxStalenessMs === undefined || maxStalenessMs === 0) return [];
  const leastMs = MIN_STALENESS_INTERVALS * intervalMs;
  if (maxStalenessMs >= leastMs) return [];
  const message = `shorter than two intervals, so lists would vanish between polls that all succeed; at least ${formatDuration(leastMs)}, or 0 for never`;
  return [{ path: ["poll", "max_staleness"], at: "value", message }];
}

function durationMsOf(value: unknown): number | undefined {
  return typeof value === "string" ? parseDurationMs(value) : undefined;
}

function keyPairProblems(block: unknown, path: ConfigPath, forms: string): readonly DocumentProblem[] {
  if (!isStaticForm(block)) return [];
  return ["access_key_id", "access_key_secret", "security_token"].flatMap((name) => {
    const given = [name, `${name}_file`].filter((key) => property(block, key) !== undefined).length;
    if (given === 2) return [{ path, at: "value", message: `give ${name} or ${name}_file, not both` } as const];
    if (given === 1 || name === "security_token") return [];
    const message = `missing ${name} (or ${name}_file); a block takes one form: ${forms}`;
    return [{ path, at: "value", message } as const];
  });
}
