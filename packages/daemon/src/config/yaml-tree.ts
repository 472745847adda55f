import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  parseDocument,
  type Document,
  type Scalar,
  type YAMLError,
} from "yaml";
import type { ConfigProblem } from "./config-error.ts";
import { formatPath, type ConfigPath } from "./config-path.ts";

export interface YamlTree {
  /** Plain data: mappings, lists and scalars; keys without a value are left out. `undefined` when nothing could be read. */
  readonly value: unknown;
  readonly problems: readonly ConfigProblem[];
  /** The problem at a value, or at the innermost thing around it that is there. */
  readonly problemAt: (path: ConfigPath, message: string, at?: "key" | "value") => ConfigProblem;
}

/** What a scalar stands for. `problems` are told at its place, and the scalar then counts as it was written. */
export type ScalarReader = (
  scalar: Scalar,
  path: ConfigPath,
) => { readonly value: unknown } | { readonly problems: readonly string[] };

export interface YamlTreeOptions {
  /** Which words are numbers and booleans: 1.2 has `true` and `false`, 1.1 also `yes`, `on` and others. */
  readonly version: "1.1" | "1.2";
  readonly readScalar: ScalarReader;
}

const MAX_DEPTH = 32;
const MAX_NODES = 100_000;

/** Reads YAML, keeping the place of everything. Anchors and aliases work. */
export function readYamlTree(text: string, { version, readScalar }: YamlTreeOptions): YamlTree {
  const lines = new LineCounter();
  // A byte order mark would shift the columns of the first line.
  const document = parseDocument(text.replace(/^\uFEFF/u, ""), {
    lineCounter: lines,
    prettyErrors: false,
    version,
  });
  const places = new Map<string, { readonly key: number | undefined; readonly value: number }>();

  const problemAt: YamlTree["problemAt"] = (path, message, at = "value") => {
    let offset = 0;
    for (let length = path.length; length >= 0; length--) {
      const place = places.get(placeName(path.slice(0, length)));
      if (place === undefined) continue;
      offset = at === "key" && length === path.length ? (place.key ?? place.value) : place.value;
      break;
    }
    const { line, col } = lines.linePos(offset);
    return { line, column: col, path: formatPath(path), message };
  };

  const wrong = [...document.errors, ...document.warnings];
  if (wrong.length > 0) {
    // The rest of a line that could not be read brings nothing but echoes of its first error.
    const problems = new Map<number, ConfigProblem>();
    for (const error of wrong) {
      const { line, col } = lines.linePos(error.pos[0]);
      if (!problems.has(line)) problems.set(line, { line, column: col, path: "", message: syntaxMessage(error) });
    }
    return { value: undefined, problems: [...problems.values()], problemAt };
  }

  const remember = (path: ConfigPath, key: number | undefined, value: number): void =>
    void places.set(placeName(path), { key, value });
  const walk = createWalk(document, readScalar, remember, problemAt);
  return { value: walk.read(), problems: walk.problems, problemAt };
}

function createWalk(
  document: Document.Parsed,
  readScalar: ScalarReader,
  remember: (path: ConfigPath, key: number | undefined, value: number) => void,
  problemAt: YamlTree["problemAt"],
): { readonly read: () => unknown; readonly problems: readonly ConfigProblem[] } {
  const problems: ConfigProblem[] = [];
  let nodes = 0;

  function read(node: unknown, path: ConfigPath, keyOffset: number | undefined): unknown {
    const start = offsetOf(node);
    if (start !== undefined) remember(path, keyOffset, start);
    nodes++;
    if (nodes > MAX_NODES || path.length > MAX_DEPTH) {
      if (problems.at(-1)?.message !== TOO_LARGE) problems.push(problemAt(path, TOO_LARGE));
      return undefined;
    }
    if (isAlias(node)) {
      const target = node.resolve(document);
      if (target !== undefined) return read(target, path, keyOffset);
      problems.push(problemAt(path, "no anchor of this name stands before it; a text that begins with * needs quotes"));
      return undefined;
    }
    if (isSeq(node)) return node.items.map((item, index) => read(item, [...path, index], undefined));
    if (isMap(node)) {
      const entries = node.items.map(({ key, value }) => {
        const name = isScalar(key) ? keyName(key) : "";
        return [name, read(value, [...path, name], offsetOf(key))] as const;
      });
      // fromEntries defines properties, so a key like "__proto__" is data here.
      return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
    }
    if (!isScalar(node)) return undefined;
    const scalar = readScalar(node, path);
    if ("value" in scalar) return scalar.value;
    problems.push(...scalar.problems.map((message) => problemAt(path, message)));
    return node.value;
  }

  return { read: () => read(document.contents, [], undefined), problems };
}

const TOO_LARGE = `too large: at most ${MAX_NODES} values, ${MAX_DEPTH} levels deep (an alias that holds itself has no end)`;

/** Own words for those of yaml's messages that quote the text, which may be a secret. */
const SYNTAX_MESSAGES: ReadonlyMap<YAMLError["code"], string> = new Map([
  ["BAD_ALIAS", "this alias cannot be read; a text that begins with * needs quotes"],
  ["BAD_COLLECTION_TYPE", "tags (!) have no meaning here; a text that begins with ! needs quotes"],
  ["BAD_DIRECTIVE", "directives (%) have no meaning here"],
  [
    "BAD_DQ_ESCAPE",
    "a backslash in \"double quotes\" begins an escape, and this one does not exist; use 'single quotes'",
  ],
  ["DUPLICATE_KEY", "this key stands here a second time"],
  ["MULTIPLE_DOCS", "a second document begins here (---); a file holds one"],
  ["TAG_RESOLVE_FAILED", "tags (!) have no meaning here; a text that begins with ! needs quotes"],
  [
    "UNEXPECTED_TOKEN",
    'something stands here that YAML does not expect; check quotes, commas and brackets (inside { } and [ ] a variable needs quotes: "${NAME}")',
  ],
]);

function syntaxMessage(error: YAMLError): string {
  return `not valid YAML: ${SYNTAX_MESSAGES.get(error.code) ?? error.message}`;
}

/** A key is a text, whatever else YAML makes of it: 007 is no 7. */
function keyName({ value, source }: Scalar): string {
  return typeof value === "string" ? value : (source ?? String(value));
}

function offsetOf(node: unknown): number | undefined {
  return isScalar(node) || isMap(node) || isSeq(node) || isAlias(node) ? node.range?.[0] : undefined;
}

function placeName(path: ConfigPath): string {
  return JSON.stringify(path);
}
