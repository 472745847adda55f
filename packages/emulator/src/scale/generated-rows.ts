/** Rows that are made when they are asked for, each from its number and the seed: a million of them take no memory. */
export interface GeneratedRows {
  readonly generate: {
    /** Number of services. */
    readonly services: number;
    /** Functions in each service. */
    readonly functions: number;
    /** Rows of each function: versions, and `LATEST` last. Default 1, which is `LATEST`. */
    readonly qualifiers?: number | undefined;
    /** `hostile` names hold quotes, line breaks, emoji and what else breaks careless readers. Default `plain`. */
    readonly names?: "plain" | "hostile" | undefined;
    /** Chooses the words in the names. Default 1. */
    readonly seed?: number | undefined;
  };
}
