/** One element of an `Accept` or `Accept-Encoding` header. */
export interface WeightedItem {
  /** Lower case. */
  readonly value: string;
  /** Parameters but for `q`; names in lower case, values unquoted. */
  readonly parameters: ReadonlyMap<string, string>;
  /** 0 to 1; 0 means "not acceptable". */
  readonly quality: number;
}

/** RFC 9110, 12.4.2: at most three decimals. */
const QUALITY = /^(?:0(?:\.\d{0,3})?|1(?:\.0{0,3})?)$/;
/**
 * Separators inside a quoted string are text (RFC 9110, 5.6.4). A string that is not closed, or ends in a lone backslash,
 * reaches to the end of the header: so nothing is ever tried twice, and reading takes linear time.
 */
const ELEMENTS = /(?:[^,"]|"(?:[^"\\]|\\.?)*(?:"|$))+/gs;
const PARAMETERS = /(?:[^;"]|"(?:[^"\\]|\\.?)*(?:"|$))+/gs;

function unquoted(text: string): string {
  return text.startsWith('"') ? text.replace(/^"|"$/g, "").replaceAll(/\\(.)/g, "$1") : text;
}

function parseItem(element: string): WeightedItem | undefined {
  const [value = "", ...rest] = element.match(PARAMETERS) ?? [];
  const parameters = new Map<string, string>();
  let quality = 1;
  for (const parameter of rest) {
    const equals = parameter.indexOf("=");
    const name = (equals === -1 ? parameter : parameter.slice(0, equals)).trim().toLowerCase();
    const parameterValue = equals === -1 ? "" : unquoted(parameter.slice(equals + 1).trim());
    if (name !== "q") {
      parameters.set(name, parameterValue);
    } else if (QUALITY.test(parameterValue)) {
      quality = Number(parameterValue);
    } else {
      return undefined;
    }
  }
  const trimmed = value.trim().toLowerCase();
  return trimmed === "" ? undefined : { value: trimmed, parameters, quality };
}

/**
 * The elements of an `Accept` or `Accept-Encoding` header in their order (RFC 9110, 12.5). An element with a malformed
 * quality says nothing reliable and is left out.
 */
export function parseWeightedList(header: string): readonly WeightedItem[] {
  return (header.match(ELEMENTS) ?? []).flatMap((element) => parseItem(element) ?? []);
}
