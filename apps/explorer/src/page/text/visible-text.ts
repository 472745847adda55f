/** A stretch of text as it is shown. */
export interface TextRun {
  readonly kind: "plain" | "control";
  /** Of a control character: the name that stands in its place. */
  readonly text: string;
}

/**
 * Characters that have no shape of their own, or act on the text around them: C0 and C1 controls, the marks, embeddings and
 * isolates that turn text, spaces without width, line and paragraph separators, tag characters, and halves of a surrogate pair.
 */
const CONTROL: RegExp = new RegExp(
  [
    String.raw`[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]`,
    // Format characters, which Unicode has in one category: marks and turns of direction, joiners, tags.
    String.raw`\p{Cf}`,
    // Letters and marks without a shape.
    String.raw`[\u{34F}\u{115F}\u{1160}\u{17B4}\u{17B5}\u{180B}-\u{180F}\u{3164}\u{FFA0}]`,
  ].join("|"),
  "u",
);
const CONTROLS: RegExp = new RegExp(`(${CONTROL.source})`, "u");
const EVERY_CONTROL: RegExp = new RegExp(CONTROL.source, "gu");

const NAMES: ReadonlyMap<number, string> = new Map([
  [0x00, "NUL"],
  [0x09, "TAB"],
  [0x0a, "LF"],
  [0x0d, "CR"],
  [0x1b, "ESC"],
  [0x7f, "DEL"],
  [0x200d, "ZWJ"],
  [0x202e, "RLO"],
]);

/** Cuts a text so that what would hide or turn it can be shown by name: `a\nb` is `a`, the control `LF`, `b`. */
export function visibleText(text: string): readonly TextRun[] {
  return text
    .split(CONTROLS)
    .filter((run) => run !== "")
    .map((run) => (CONTROL.test(run) ? { kind: "control", text: controlName(run) } : { kind: "plain", text: run }));
}

/**
 * JSON of a value in which such characters are escapes, so that it is as inert on the page as in the file it is saved to.
 * Indented by two spaces.
 */
export function visibleJson(value: unknown): string {
  // JSON has escaped C0 within strings; the line breaks that are left are its own.
  return JSON.stringify(value, undefined, 2).replaceAll(EVERY_CONTROL, (character) =>
    character === "\n" ? character : jsonEscape(character),
  );
}

/** One or two `\\uXXXX`. */
function jsonEscape(character: string): string {
  return character
    .split("")
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`)
    .join("");
}

function controlName(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  return NAMES.get(code) ?? `U+${code.toString(16).toUpperCase().padStart(4, "0")}`;
}
