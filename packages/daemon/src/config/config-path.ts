/** Where a value stands in a configuration: keys and indices from the top. */
export type ConfigPath = readonly (string | number)[];

/** `accounts[0].regions`. */
export function formatPath(path: ConfigPath): string {
  return path
    .map((step) => (typeof step === "number" ? `[${step}]` : `.${formatKey(step)}`))
    .join("")
    .replace(/^\./, "");
}

/** A key as it may be shown: what does not look like one could be a secret in the wrong place. */
export function formatKey(key: string): string {
  return /^[a-z](?:[a-z_-]{0,39}|[a-z0-9_-]{0,9})$/i.test(key) ? key : "…";
}
