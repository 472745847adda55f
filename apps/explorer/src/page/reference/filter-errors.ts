import type { ErrorCatalogueEntry } from "@fc-async/protocol/error-catalogue";

/** The entries in which every word of the query stands: in the code, a status, the meaning, the cause or the next step. */
export function filterErrors(entries: readonly ErrorCatalogueEntry[], query: string): readonly ErrorCatalogueEntry[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  return entries.filter(({ code, statuses, meaning, cause, nextStep }) => {
    const text = [code, ...statuses, meaning, cause, nextStep].join(" ").toLowerCase();
    return words.every((word) => text.includes(word));
  });
}
