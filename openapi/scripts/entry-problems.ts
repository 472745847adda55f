import type { ErrorEntry, ErrorTable, TableProblem } from "./error-table.ts";

/** What a schema cannot say: sources that are not there, and entries that no error would ever reach. */
export function entryProblems({ sources, errors }: ErrorTable): readonly TableProblem[] {
  const names = new Set(Object.keys(sources));
  const cited = new Set(errors.flatMap((entry) => entry.source));
  return [
    ...errors.flatMap((entry, index) => [
      ...entry.source
        .filter((name) => !names.has(name))
        .map((name) => ({ path: ["errors", index, "source"], text: `the source ${name} is not in sources` })),
      ...shadowsOf(entry, errors.slice(0, index)).map((text) => ({ path: ["errors", index, "code"], text })),
    ]),
    ...[...names]
      .filter((name) => !cited.has(name))
      .map((name) => ({ path: ["sources", name], text: `the source ${name} is cited by no entry` })),
  ];
}

/** The first match wins: what stands behind an entry that matches all of it is never found. */
function shadowsOf(entry: ErrorEntry, earlier: readonly ErrorEntry[]): readonly string[] {
  const shadow = earlier.find(
    ({ code, messagePattern }) =>
      covers(code, entry.code) && (messagePattern === undefined || messagePattern === entry.messagePattern),
  );
  return shadow === undefined ? [] : [`the entry ${entry.code} is never reached: ${shadow.code} stands before it`];
}

/** Whether every code that `inner` stands for is one that `outer` stands for. */
function covers(outer: string, inner: string): boolean {
  const core = outer.replace(/^\*/, "").replace(/\*$/, "");
  const open = { start: outer.startsWith("*"), end: outer.endsWith("*") };
  if (open.start && open.end) return inner.includes(core);
  if (open.start) return inner.endsWith(core);
  if (open.end) return inner.startsWith(core);
  return inner === core;
}
