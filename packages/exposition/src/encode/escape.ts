import type { ExpositionFormat } from "./exposition-format.ts";

const LABEL_SPECIAL = /[\\"\n]/;
const LABEL_SPECIALS = /[\\"\n]/g;
const HELP_SPECIALS = /[\\\n]/g;

function escapeCharacter(character: string): string {
  return character === "\n" ? "\\n" : `\\${character}`;
}

/**
 * The inside of a quoted label value, the same in both formats: backslash, quote and line feed are escaped, all else
 * stands as it is, control characters included, so that a value is exactly the name it stands for.
 */
export function escapeLabelValue(value: string): string {
  // The test alone is several times cheaper than a replace that finds nothing, and nearly every name has nothing.
  return LABEL_SPECIAL.test(value) ? value.replaceAll(LABEL_SPECIALS, escapeCharacter) : value;
}

/** The text of a HELP line: OpenMetrics escapes quotes too, the text format does not know that escape. */
export function escapeHelp(help: string, format: ExpositionFormat): string {
  return help.replaceAll(format === "openmetrics" ? LABEL_SPECIALS : HELP_SPECIALS, escapeCharacter);
}
