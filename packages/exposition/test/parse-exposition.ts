/** A reader written from the format's descriptions alone, as strict as the strictest of them; it shares nothing with the encoder. */

export interface ParsedFamily {
  readonly type: string;
  readonly help: string;
  readonly unit: string | undefined;
}

export interface ParsedExposition {
  readonly families: ReadonlyMap<string, ParsedFamily>;
  /** `name` and its labels, sorted, as JSON → value. */
  readonly samples: ReadonlyMap<string, number>;
}

interface Series {
  readonly name: string;
  readonly labels: ReadonlyMap<string, string>;
  readonly value: string;
}

const NAME = /^[a-zA-Z_:][a-zA-Z0-9_:]*/;
const LABEL_NAME = /^[a-zA-Z_][a-zA-Z0-9_]*/;
const NUMBER = /^(?:NaN|[+-]Inf|-?\d+(?:\.\d+)?(?:e[+-]?\d+)?)$/;

const SUFFIXES: ReadonlyMap<string, readonly string[]> = new Map([
  ["counter", ["_total"]],
  ["info", ["_info"]],
  ["gauge", [""]],
  ["histogram", ["_bucket", "_sum", "_count"]],
]);

function unescape(text: string, quotes: boolean): string {
  let result = "";
  for (let index = 0; index < text.length; index += 1) {
    const character = text.charAt(index);
    if (character !== "\\") {
      result += character;
      continue;
    }
    index += 1;
    const escaped = text.charAt(index);
    if (escaped === "n") {
      result += "\n";
    } else if (escaped === "\\" || (quotes && escaped === '"')) {
      result += escaped;
    } else {
      throw new Error(`unknown escape \\${escaped}`);
    }
  }
  return result;
}

function parseSeries(line: string): Series {
  const name = NAME.exec(line)?.[0];
  if (name === undefined) {
    throw new Error(`no name: ${line}`);
  }
  let rest = line.slice(name.length);
  const labels = new Map<string, string>();
  if (rest.startsWith("{")) {
    rest = rest.slice(1);
    while (!rest.startsWith("}")) {
      const label = LABEL_NAME.exec(rest)?.[0];
      const value = label === undefined ? undefined : /^="((?:[^"\\]|\\.)*)"/su.exec(rest.slice(label.length))?.[1];
      if (label === undefined || value === undefined || labels.has(label)) {
        throw new Error(`bad labels: ${line}`);
      }
      labels.set(label, unescape(value, true));
      rest = rest.slice(label.length + value.length + 3);
      if (rest.startsWith(",") && !rest.startsWith(",}")) {
        rest = rest.slice(1);
      } else if (!rest.startsWith("}")) {
        throw new Error(`bad separator: ${line}`);
      }
    }
    rest = rest.slice(1);
  }
  const value = rest.slice(1);
  if (!rest.startsWith(" ") || !NUMBER.test(value)) {
    throw new Error(`bad value: ${line}`);
  }
  return { name, labels, value };
}

function toNumber(text: string): number {
  return text.endsWith("Inf") ? Number(text.replace("Inf", "Infinity")) : Number(text);
}

/** Parses either format and throws at the first thing that a strict reader would refuse. */
export function parseExposition(body: string, format: "text" | "openmetrics"): ParsedExposition {
  const openMetrics = format === "openmetrics";
  if (body !== "" && !body.endsWith("\n")) {
    throw new Error("the last line is not ended");
  }
  const lines = body.split("\n").slice(0, -1);
  if (openMetrics && lines.pop() !== "# EOF") {
    throw new Error("no # EOF at the end");
  }
  const families = new Map<string, { type: string; help: string; unit: string | undefined }>();
  const samples = new Map<string, number>();
  let current: string | undefined;
  for (const line of lines) {
    const metadata = /^# (HELP|TYPE|UNIT) (\S+) (.*)$/su.exec(line);
    if (metadata === null) {
      if (line === "" || line.startsWith("#")) {
        throw new Error(`neither metadata nor a sample: ${JSON.stringify(line)}`);
      }
      const { name, labels, value } = parseSeries(line);
      const family = current === undefined ? undefined : families.get(current);
      const suffixes = (!openMetrics && family?.type !== "histogram" ? [""] : SUFFIXES.get(family?.type ?? "")) ?? [];
      if (current === undefined || !suffixes.some((suffix) => `${current}${suffix}` === name)) {
        throw new Error(`${name} is not in its family, ${current} is open`);
      }
      const key = JSON.stringify([name, [...labels].toSorted(([a], [b]) => (a < b ? -1 : 1))]);
      if (samples.has(key)) {
        throw new Error(`twice: ${key}`);
      }
      if (family?.type === "info" && value !== "1") {
        throw new Error(`info with the value ${value}`);
      }
      samples.set(key, toNumber(value));
      continue;
    }
    const [, keyword = "", name = "", text = ""] = metadata;
    if (keyword === "HELP") {
      if (families.has(name)) {
        throw new Error(`${name} is in two places`);
      }
      current = name;
      families.set(name, { type: "", help: unescape(text, openMetrics), unit: undefined });
      continue;
    }
    const family = families.get(name);
    if (family === undefined || name !== current) {
      throw new Error(`${keyword} without its family: ${line}`);
    }
    if (keyword === "TYPE") {
      if (!SUFFIXES.has(text) || (!openMetrics && text === "info")) {
        throw new Error(`type ${text} in ${format}`);
      }
      family.type = text;
    } else if (!openMetrics || !name.endsWith(`_${text}`)) {
      throw new Error(`unit ${text} of ${name} in ${format}`);
    } else {
      family.unit = text;
    }
  }
  return { families, samples };
}
