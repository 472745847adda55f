import { dirname, isAbsolute, join } from "node:path";

/** One key of a document that names a file with a secret. */
export interface SecretFile {
  readonly path: readonly (string | number)[];
  readonly file: string;
}

/**
 * Makes the paths of secret files in a document independent of where the program was started: a relative one starts at the
 * directory of the configuration file.
 */
export function resolveSecretFiles(
  document: unknown,
  configFileName: string,
): { readonly document: unknown; readonly files: readonly SecretFile[] } {
  const files: SecretFile[] = [];

  function resolve(value: unknown, path: readonly (string | number)[]): unknown {
    if (Array.isArray(value)) return value.map((item, index) => resolve(item, [...path, index]));
    if (typeof value === "object" && value !== null) {
      return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, resolve(item, [...path, key])]));
    }
    const key = path.at(-1);
    const namesSecret = typeof key === "string" && key.endsWith("_file") && path.includes("credentials");
    if (!namesSecret || typeof value !== "string" || value === "") return value;
    const file = isAbsolute(value) ? value : join(dirname(configFileName), value);
    files.push({ path, file });
    return file;
  }

  return { document: resolve(document, []), files };
}
