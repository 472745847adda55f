/** What a person asked for, after the words were understood. */
export type Query =
  | { readonly verb: "overview" }
  | { readonly verb: "services" }
  /** `pattern` is a service name, or a glob with `*` and `?`; without one every service. */
  | { readonly verb: "list"; readonly pattern: string | undefined }
  | { readonly verb: "help"; readonly topic: Verb | undefined };

export type Verb = "overview" | "services" | "list" | "help";

/** Why a text is no query. Words are as they were typed, so whoever shows them escapes them. */
export type QueryProblem =
  | { readonly kind: "too_long"; readonly maxCharacters: number }
  | { readonly kind: "too_many_words"; readonly maxWords: number }
  | { readonly kind: "unclosed_quote" }
  | { readonly kind: "unknown_verb"; readonly word: string }
  | { readonly kind: "unknown_topic"; readonly word: string }
  | { readonly kind: "unknown_option"; readonly word: string }
  | { readonly kind: "unexpected_word"; readonly verb: Verb; readonly word: string };

export type QueryReading =
  | { readonly ok: true; readonly query: Query }
  | { readonly ok: false; readonly problem: QueryProblem };
