import { formatQuery } from "../commands/parse-query.ts";
import { displayText } from "./display-text.ts";

/** Longer names make a poor example. */
const MAX_EXAMPLE_CHARACTERS = 60;

/** `list billing-jobs`, with the first service whose name can be typed as it is shown; `list` when there is none. */
export function exampleListCommand(services: readonly { readonly serviceName: string }[]): string {
  const typable = services.find(
    ({ serviceName }) => displayText(serviceName, MAX_EXAMPLE_CHARACTERS) === serviceName && !/[`*]/u.test(serviceName),
  );
  return formatQuery({ verb: "list", pattern: typable?.serviceName });
}
