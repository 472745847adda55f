import type { Line, Part } from "./signing-stages.ts";

/** A piece that is the same in every request. */
export function fixed(text: string, label: string): Part {
  return { text, origin: "fixed", label };
}

/** The text that lines stand for. */
export function textOf(lines: readonly Line[]): string {
  return lines.map((line) => line.map(({ text }) => text).join("")).join("\n");
}

/** Pieces with one between each two. */
export function separated(lists: readonly (readonly Part[])[], separator: Part): readonly Part[] {
  return lists.flatMap((parts, index) => (index === 0 ? parts : [separator, ...parts]));
}
