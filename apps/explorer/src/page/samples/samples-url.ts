import type { FormValues } from "../../request/explorer-request.ts";
import { FIELDS } from "../../request/fields.ts";

/**
 * Where the server answers the samples of a form as JSON. Keys are no part of it. Empty fields are: the server has values of its
 * own for those that are left out.
 */
export function samplesUrl(values: FormValues): string {
  const names = FIELDS.filter(({ group }) => group !== "keys").map(({ name }) => name);
  return `/samples?${new URLSearchParams(names.map((name) => [name, values[name]]))}`;
}
