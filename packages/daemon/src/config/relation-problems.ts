import { isPrivateAddress } from "@fc-async/protocol/node";
import type { DocumentProblem } from "./check-document.ts";
import { formatPath, type ConfigPath } from "./config-path.ts";
import { CREDENTIALS_FORMS, isStaticForm, KEY_SOURCE_FORMS } from "./credentials-schema.ts";
import { itemsOf, property } from "./document-parts.ts";
import { formatDuration, parseDurationMs } from "./duration.ts";
import { endpointProblem } from "./endpoint-problem.ts";

const DEFAULT_INTERVAL = "60s";
const MIN_STALENESS_INTERVALS = 2;

/**
 * What is wrong between keys, each of which may be right. Read from the document like the duplicates: the schema stops at the
 * first key of a mapping that is wrong in itself.
 */
export function relationProblems(document: unknown): readonly DocumentProblem[] {
  const accounts = itemsOf(property(document, "accounts"));
  return [
    ...stalenessProblems(property(document, "poll"), accounts),
    ...rateProblems(accounts, property(property(document, "limits"), "requests_per_second")),
    ...privateEndpointProblems(accounts, itemsOf(property(document, "private_hosts"))),
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
function stalenessProblems(poll: unknown, accounts: readonly unknown[]): readonly DocumentProblem[] {
  const maxStalenessMs = durationMsOf(property(poll, "max_staleness"));
  if (maxStalenessMs === undefined || maxStalenessMs === 0) return [];
  const intervalsMs = [
    durationMsOf(property(poll, "interval") ?? DEFAULT_INTERVAL),
    ...accounts.map((account) => durationMsOf(property(account, "interval"))),
  ].filter((intervalMs) => intervalMs !== undefined);
  const leastMs = MIN_STALENESS_INTERVALS * Math.max(...intervalsMs);
  if (intervalsMs.length === 0 || maxStalenessMs >= leastMs) return [];
  const message = `shorter than two intervals, so lists would vanish between polls that all succeed; at least ${formatDuration(leastMs)}, or 0 for never`;
  return [{ path: ["poll", "max_staleness"], at: "value", message }];
}

/** Of a name it shows at the first connection, of an address now. */
function privateEndpointProblems(
  accounts: readonly unknown[],
  privateHosts: readonly unknown[],
): readonly DocumentProblem[] {
  const named = new Set(privateHosts.map((host) => String(host).replaceAll(/[[\]]/gu, "")));
  return accounts.flatMap((account, index) => {
    const endpoint = property(account, "endpoint");
    // What is wrong in itself is told for itself.
    if (typeof endpoint !== "string" || endpointProblem(endpoint) !== undefined || !URL.canParse(endpoint)) return [];
    const host = new URL(endpoint).hostname.replaceAll(/[[\]]/gu, "");
    if (!isPrivateAddress(host) || named.has(host)) return [];
    const message = "a private address, where nothing is sent unless it is meant: name it under private_hosts, too";
    return [{ path: ["accounts", index, "endpoint"], at: "value", message } as const];
  });
}

/** The quota belongs to the account: one that is listed twice, with other keys or filters, still has one rate. */
function rateProblems(accounts: readonly unknown[], rateOfAll: unknown): readonly DocumentProblem[] {
  const rates = new Map<unknown, { readonly index: number; readonly rate: unknown }>();
  return accounts.flatMap((account, index) => {
    const accountId = property(account, "account_id");
    const rate = property(account, "requests_per_second") ?? rateOfAll;
    const first = rates.get(accountId);
    if (first === undefined) rates.set(accountId, { index, rate });
    if (first === undefined || accountId === undefined || String(first.rate) === String(rate)) return [];
    const message = `the same account has another requests_per_second at ${formatPath(["accounts", first.index])}; its quota is one, so give one rate`;
    return [{ path: ["accounts", index], at: "value", message } as const];
  });
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
