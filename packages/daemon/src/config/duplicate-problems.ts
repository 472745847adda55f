import type { DocumentProblem } from "./check-document.ts";
import { formatPath, type ConfigPath } from "./config-path.ts";
import { itemsOf, property } from "./document-parts.ts";

/**
 * Targets (an account in a region) and aliases that stand in a document twice. It reads a document that may be wrong
 * elsewhere, so that everything is told at once.
 */
export function duplicateProblems(document: unknown): readonly DocumentProblem[] {
  const problems: DocumentProblem[] = [];
  const targets = new Map<string, ConfigPath>();
  const aliases = new Map<string, { readonly path: ConfigPath; readonly accountId: unknown }>();
  for (const [index, account] of itemsOf(property(document, "accounts")).entries()) {
    const accountId = property(account, "account_id");
    for (const [regionIndex, region] of itemsOf(property(account, "regions")).entries()) {
      // What is missing is told of for itself.
      if (isMissing(accountId) || isMissing(region)) continue;
      const path = ["accounts", index, "regions", regionIndex];
      const key = JSON.stringify([accountId, region]);
      const first = targets.get(key);
      if (first === undefined) targets.set(key, path);
      else
        problems.push({ path, at: "value", message: `this account and region stand already at ${formatPath(first)}` });
    }
    const alias = property(account, "alias");
    if (typeof alias !== "string") continue;
    const path = ["accounts", index, "alias"];
    const first = aliases.get(alias);
    if (first === undefined) aliases.set(alias, { path, accountId });
    else if (first.accountId !== accountId) {
      problems.push({
        path,
        at: "value",
        message: `another account has this alias already, at ${formatPath(first.path)}`,
      });
    }
  }
  return problems;
}

function isMissing(value: unknown): boolean {
  return value === undefined || value === null || value === "";
}
