import { EmulatorInputError, formatPath } from "@fc-async/emulator";
import { isMap, LineCounter, parseDocument, type Document } from "yaml";

/** A file that was read, or everything wrong with it, each problem with file, line and column. */
export type Input<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problems: readonly string[] };

/** The problems of several inputs, in order. */
export function problemsOf(...inputs: readonly Input<unknown>[]): readonly string[] {
  return inputs.flatMap((input) => (input.ok ? [] : input.problems));
}

/**
 * Reads YAML (JSON is a part of it) and hands the value to `parse`, whose problems come back with their place in the text, in its order.
 *
 * @param file - the name to print before each problem
 */
export function readInput<T>(file: string, text: string, parse: (value: unknown) => T): Input<T> {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const place = (offset: number): string => {
    const { line, col } = lines.linePos(offset);
    return `${file}:${line}:${col}`;
  };
  if (document.errors.length > 0) {
    return { ok: false, problems: document.errors.map(({ pos, message }) => `${place(pos[0])}: ${message}`) };
  }
  let value: unknown;
  try {
    value = document.toJS();
  } catch (error) {
    // An alias without its anchor, or one that unfolds without end.
    return { ok: false, problems: [`${place(0)}: ${error instanceof Error ? error.message : String(error)}`] };
  }
  try {
    return { ok: true, value: parse(value) };
  } catch (error) {
    if (!(error instanceof EmulatorInputError)) throw error;
    const problems = error.problems
      .map(({ path, message }) => ({ offset: offsetOf(document, path), text: `${formatPath(path)}: ${message}` }))
      .toSorted((left, right) => left.offset - right.offset)
      .map(({ offset, text: problem }) => `${place(offset)}: ${problem}`);
    return { ok: false, problems };
  }
}

/** Where a path stands in the text: its key if it has one, else its value, else whatever there is above it. */
function offsetOf(document: Document, path: readonly (string | number)[]): number {
  for (let length = path.length; length > 0; length--) {
    const parent: unknown = document.getIn(path.slice(0, length - 1), true);
    const last = path[length - 1];
    const pair = isMap(parent) ? parent.items.find(({ key }) => String(key) === last) : undefined;
    const offset = startOf(pair?.key) ?? startOf(document.getIn(path.slice(0, length), true));
    if (offset !== undefined) return offset;
  }
  return startOf(document.contents) ?? 0;
}

function startOf(node: unknown): number | undefined {
  if (typeof node !== "object" || node === null || !("range" in node) || !Array.isArray(node.range)) return undefined;
  const [start]: unknown[] = node.range;
  return typeof start === "number" ? start : undefined;
}
