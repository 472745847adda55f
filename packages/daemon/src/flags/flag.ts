/** What reading a flag's text came to. */
export type FlagReading<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problem: string };

/** One command-line flag: how it is shown, and how the texts given for it become a value. */
export interface Flag<T> {
  /** Shown as `<placeholder>` in help; a switch has none. */
  readonly placeholder: string | undefined;
  readonly help: string;
  /** The default as help shows it. */
  readonly defaultText: string | undefined;
  readonly repeatable: boolean;
  /** `given` is empty when the flag is absent. */
  readonly read: (given: readonly string[]) => FlagReading<T>;
}

/** A flag that is there or not: `--config.check`. */
export function switchFlag(help: string): Flag<boolean> {
  return {
    placeholder: undefined,
    help,
    defaultText: undefined,
    repeatable: false,
    read: (given) => ({ ok: true, value: given.length > 0 }),
  };
}

/** A flag with one value, or none: `--config.file=<path>`. The last one given counts, as in Prometheus' programs. */
export function valueFlag<T>(options: {
  readonly placeholder: string;
  readonly help: string;
  readonly parse: (text: string) => FlagReading<T>;
}): Flag<T | undefined> {
  return {
    ...options,
    defaultText: undefined,
    repeatable: false,
    read: (given) => {
      const text = given.at(-1);
      return text === undefined ? { ok: true, value: undefined } : options.parse(text);
    },
  };
}

/** A flag with one value and a default: `--log.level=info`. */
export function defaultFlag<T>(options: {
  readonly placeholder: string;
  readonly help: string;
  readonly defaultText: string;
  readonly parse: (text: string) => FlagReading<T>;
}): Flag<T> {
  return { ...options, repeatable: false, read: (given) => options.parse(given.at(-1) ?? options.defaultText) };
}

/** A flag that may be given several times: `--web.listen-address`. */
export function listFlag<T>(options: {
  readonly placeholder: string;
  readonly help: string;
  readonly defaultText: string;
  readonly parse: (text: string) => FlagReading<T>;
}): Flag<readonly T[]> {
  return {
    ...options,
    repeatable: true,
    read: (given) => {
      const values: T[] = [];
      const problems: string[] = [];
      for (const text of given.length > 0 ? given : [options.defaultText]) {
        const reading = options.parse(text);
        if (reading.ok) values.push(reading.value);
        else problems.push(reading.problem);
      }
      return problems.length === 0 ? { ok: true, value: values } : { ok: false, problem: problems.join("; ") };
    },
  };
}

/** Takes the text as it is, but not an empty one. */
export function parseText(text: string): FlagReading<string> {
  return text === "" ? { ok: false, problem: "expected a value, got an empty text" } : { ok: true, value: text };
}

/** Takes one of a closed set of words. */
export function parseOneOf<const T extends string>(...words: readonly T[]): (text: string) => FlagReading<T> {
  return (text) => {
    const word = words.find((candidate) => candidate === text);
    return word === undefined
      ? { ok: false, problem: `expected one of ${words.join(", ")}, got "${text}"` }
      : { ok: true, value: word };
  };
}
