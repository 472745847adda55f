import { LineCounter, parseDocument } from "yaml";
import { entryProblems } from "./entry-problems.ts";
import { checkShape, type ErrorTable, type TableProblem } from "./error-table.ts";

/**
 * Reads the text of `errors.yaml`.
 *
 * @throws Error with one line `file:line: what is wrong` for each problem: YAML that does not parse, a member twice, unknown,
 * missing or of a wrong kind, a source that is not there, an entry that an earlier one hides.
 */
export function parseErrorTable(text: string, file: string): ErrorTable {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const refuse = (problems: readonly { readonly line: number; readonly text: string }[]): never => {
    throw new Error(problems.map((problem) => `${file}:${problem.line}: ${problem.text}`).join("\n"));
  };
  if (document.errors.length > 0) {
    return refuse(
      document.errors.map(({ pos, message }) => ({
        line: lines.linePos(pos[0]).line,
        text: message.replace(/ at line \d[\s\S]*$/, ""),
      })),
    );
  }
  const located = ({ path, text: what }: TableProblem): { readonly line: number; readonly text: string } => ({
    line: lines.linePos(offsetOf(path)).line,
    text: what,
  });
  /** Where the node of a path begins. */
  function offsetOf(path: TableProblem["path"]): number {
    const node: unknown = path.length === 0 ? document.contents : document.getIn(path, true);
    const range: unknown = typeof node === "object" && node !== null && "range" in node ? node.range : undefined;
    return Array.isArray(range) && typeof range[0] === "number" ? range[0] : 0;
  }
  const checked = checkShape(document.toJS());
  if ("problems" in checked) return refuse(checked.problems.map(located));
  const problems = entryProblems(checked.table);
  return problems.length === 0 ? checked.table : refuse(problems.map(located));
}
