import type { RamPolicy, RamStatement } from "./ram-policy.ts";

/** The action of the operation, and the one resource it can be granted on (vendor's operation page: "All Resources"). */
export const LIST_ACTION = "fc:ListStatefulAsyncInvocationFunctions";
export const LIST_RESOURCE = "*";

/**
 * Whether a policy lets its holder call the operation: some statement allows it and none denies it. A statement speaks of the
 * operation when one of its actions matches, without regard to case, and one of its resources matches `*`: a narrower one
 * does not, because the operation cannot be granted on single resources.
 */
export function isAllowed({ Statement }: RamPolicy): boolean {
  const speaking = Statement.filter(speaksOfTheOperation);
  return speaking.some(({ Effect }) => Effect === "Allow") && speaking.every(({ Effect }) => Effect !== "Deny");
}

function speaksOfTheOperation({ Action, Resource }: RamStatement): boolean {
  return (
    listOf(Action).some((pattern) => matches(pattern.toLowerCase(), LIST_ACTION.toLowerCase())) &&
    listOf(Resource).some((pattern) => matches(pattern, LIST_RESOURCE))
  );
}

function listOf(value: string | readonly string[]): readonly string[] {
  return typeof value === "string" ? [value] : value;
}

/** `*` stands for any text, `?` for one character. */
function matches(pattern: string, text: string): boolean {
  const expression = pattern
    .replaceAll(/[.+^${}()|[\]\\]/g, "\\$&")
    .replaceAll(/\*+/g, ".*")
    .replaceAll("?", ".");
  return new RegExp(`^${expression}$`, "s").test(text);
}
