/** The words of a command line, or why there are none. */
export type ShellWords =
  | { readonly ok: true; readonly words: readonly string[] }
  | { readonly ok: false; readonly problem: string };

const ESCAPES: ReadonlyMap<string, string> = new Map([
  ["n", "\n"],
  ["t", "\t"],
  ["r", "\r"],
  ["a", "\u0007"],
  ["b", "\b"],
  ["e", "\u001B"],
  ["f", "\f"],
  ["v", "\v"],
]);

const EXPANSION: ShellWords = {
  ok: false,
  problem:
    "The command holds $ or a backtick that only a shell can fill in. Paste it as it was run: curl -v prints the request that was sent.",
};

const pieces = [
  { kind: "break", form: /\\\r?\n/y },
  { kind: "blank", form: /[ \t]+/y },
  { kind: "end", form: /[\r\n;|<>]|&&|&(?=\s|$)|$/y },
  { kind: "operator", form: /[&()]/y },
  { kind: "single", form: /'([^']*)'/y },
  { kind: "ansi", form: /\$'((?:[^'\\]|\\[^])*)'/y },
  { kind: "double", form: /\$?"((?:[^"\\]|\\[^])*)"/y },
  { kind: "expansion", form: /[$`]/y },
  { kind: "escaped", form: /\\([^])/y },
  { kind: "bare", form: /[^ \t\r\n'"\\$`;|&<>()]+/y },
] as const;

/**
 * Splits a command line into words by the quoting rules of bash: single and double quotes, `$'…'`, backslashes, lines continued
 * by a backslash. Reads up to the end of the first command. Nothing is expanded.
 *
 * @see https://www.gnu.org/software/bash/manual/html_node/Quoting.html
 */
export function shellWords(text: string): ShellWords {
  const words: string[] = [];
  let word: string | undefined;
  const endWord = (): void => {
    if (word !== undefined) words.push(word);
    word = undefined;
  };
  for (let index = 0; ;) {
    const found = pieceAt(text, index);
    if (found === undefined) return { ok: false, problem: "A quotation mark of the command is never closed." };
    index += found.length;
    switch (found.kind) {
      case "break":
        break;
      case "blank":
        endWord();
        break;
      case "end":
        endWord();
        return { ok: true, words };
      case "operator":
        return {
          ok: false,
          problem: `The command holds ${found.text} outside of quotes, where a shell does not pass it on. Put the URL into single quotes.`,
        };
      case "expansion":
        return EXPANSION;
      case "double": {
        if (/(?:^|[^\\])(?:\\\\)*[$`]/.test(found.inner)) return EXPANSION;
        word =
          (word ?? "") +
          found.inner.replaceAll(/\\([$`"\\\n])/g, (_match, character) => (character === "\n" ? "" : character));
        break;
      }
      case "ansi":
        word = (word ?? "") + ansi(found.inner);
        break;
      case "single":
      case "escaped":
        word = (word ?? "") + found.inner;
        break;
      case "bare":
        word = (word ?? "") + found.text;
    }
  }
}

interface Piece {
  readonly kind: (typeof pieces)[number]["kind"];
  readonly text: string;
  readonly inner: string;
  readonly length: number;
}

function pieceAt(text: string, index: number): Piece | undefined {
  for (const { kind, form } of pieces) {
    form.lastIndex = index;
    const match = form.exec(text);
    if (match !== null) return { kind, text: match[0], inner: match[1] ?? "", length: match[0].length };
  }
  return undefined;
}

/** What `$'…'` stands for; browsers write characters outside of ASCII so. */
function ansi(inner: string): string {
  return inner.replaceAll(
    /\\(u[0-9A-Fa-f]{1,4}|U[0-9A-Fa-f]{1,8}|x[0-9A-Fa-f]{1,2}|[0-7]{1,3}|[^])/g,
    (_match, escape: string) => {
      const named = ESCAPES.get(escape);
      if (named !== undefined) return named;
      if (/^[uUx]./.test(escape))
        return String.fromCodePoint(Math.min(Number.parseInt(escape.slice(1), 16), 0x10_ff_ff));
      return /^[0-7]/.test(escape) ? String.fromCodePoint(Number.parseInt(escape, 8)) : escape;
    },
  );
}
