import type { Call } from "../calls/call.ts";
import { parseJson } from "../text/parse-json.ts";
import { visibleJson } from "../text/visible-text.ts";

/**
 * The JSON of a call: the body of its answer, indented; of a walk its rows under `data`, as a page has them. A body that is no
 * JSON stands as it came.
 */
export function answerJson({ kind, end, rows, answer }: Pick<Call, "kind" | "end" | "rows" | "answer">): string {
  if (kind === "list" && end.kind === "complete") return visibleJson({ data: rows });
  const body = answer?.body ?? "";
  const value = parseJson(body);
  return value === undefined ? body : visibleJson(value);
}
