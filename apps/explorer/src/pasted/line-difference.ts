/** The first line in which two texts differ. */
export interface LineDifference {
  /** Counted from 1. */
  readonly line: number;
  /** `undefined` where the text has no such line. */
  readonly expected: string | undefined;
  readonly own: string | undefined;
}

/** Compares two texts line by line; `undefined` when they are the same. A last line break of `own` is none of it. */
export function firstDifference(expected: string, own: string): LineDifference | undefined {
  const expectedLines = expected.split("\n");
  const ownLines = own.replaceAll("\r\n", "\n").replace(/\n$/, "").split("\n");
  const length = Math.max(expectedLines.length, ownLines.length);
  for (let index = 0; index < length; index++) {
    if (expectedLines[index] === ownLines[index]) continue;
    return { line: index + 1, expected: expectedLines[index], own: ownLines[index] };
  }
  return undefined;
}

/** How two lines differ, when it is by little: ends a sentence, or is empty. */
export function smallDifference({ expected, own }: LineDifference): string {
  if (expected === undefined) return "; the service has no such line";
  if (own === undefined) return "; the line is missing";
  if (expected.replaceAll(/\s/g, "") === own.replaceAll(/\s/g, "")) return ", which differs in blanks alone";
  if (expected.toLowerCase() === own.toLowerCase()) return ", which differs in large and small letters alone";
  return "";
}
