const LANGUAGES = ["bash", "typescript", "python", "go", "java", "json"] as const;

type HighlightedLanguage = (typeof LANGUAGES)[number];

/** A stretch of source text of one colour. */
export interface Token {
  readonly kind: "plain" | "comment" | "string" | "keyword" | "number" | "variable";
  readonly text: string;
}

const KEYWORDS: Readonly<Record<HighlightedLanguage, string>> = {
  bash: "if|then|else|fi|for|do|done|export",
  typescript: "import|from|export|const|let|for|await|of|new|if|else|async|function|return|type|throw|while|try|catch",
  python:
    "import|from|def|for|in|if|elif|else|not|is|None|True|False|return|while|with|as|raise|try|except|break|and|or",
  go: "package|import|func|for|if|else|range|return|nil|var|const|struct|type|defer|break|continue|true|false",
  java: "import|package|public|static|void|class|new|for|if|else|return|throws|throw|final|var|while|null|try|catch|true|false|int|String",
  json: "true|false|null",
};

const STRING = String.raw`"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|` + "`(?:[^`\\\\]|\\\\.)*`";
const SLASH_COMMENT = String.raw`\/\/[^\n]*`;
// A hash within a word or a parameter expansion begins no comment.
const HASH_COMMENT = String.raw`(?<=^|\s)#[^\n]*`;
const NUMBER = String.raw`\b\d[\d_]*(?:\.\d+)?\b`;
const VARIABLE = String.raw`\$(?:\w+|\{[^}\n]*\})`;

const PATTERNS: ReadonlyMap<string, RegExp> = new Map(LANGUAGES.map((language) => [language, patternOf(language)]));

function patternOf(language: HighlightedLanguage): RegExp {
  const usesHash = language === "bash" || language === "python";
  const parts = [
    `(?<comment>${usesHash ? HASH_COMMENT : SLASH_COMMENT})`,
    // In the shell, variables within quotes matter more than the quotes.
    language === "bash" ? `(?<variable>${VARIABLE})|(?<string>'[^']*')` : `(?<string>${STRING})`,
    `(?<keyword>\\b(?:${KEYWORDS[language]})\\b)`,
    `(?<number>${NUMBER})`,
  ];
  return new RegExp(parts.join("|"), "gm");
}

/**
 * Cuts source text into coloured stretches. A reading aid, no parser: the stretches always join to the text. A language it does
 * not know stays plain.
 */
export function highlight(language: string, text: string): readonly Token[] {
  const tokens: Token[] = [];
  let end = 0;
  for (const match of text.matchAll(PATTERNS.get(language) ?? /(?!)/g)) {
    if (match.index > end) tokens.push({ kind: "plain", text: text.slice(end, match.index) });
    tokens.push({ kind: kindOf(match.groups ?? {}), text: match[0] });
    end = match.index + match[0].length;
  }
  if (end < text.length) tokens.push({ kind: "plain", text: text.slice(end) });
  return tokens;
}

function kindOf(groups: Readonly<Record<string, string | undefined>>): Token["kind"] {
  const kinds = ["comment", "string", "keyword", "number", "variable"] as const;
  return kinds.find((kind) => groups[kind] !== undefined) ?? "plain";
}
