/** What an answer says about a thing that was written down without asking the service. */
export interface Verdict {
  /** `as assumed`: as openapi/ describes it and the emulator does it, whether a page of the vendor says so or nobody could. `unknown`: this run could not tell. */
  readonly kind: "as assumed" | "differs" | "unknown";
  /** How it differs, why it is unknown, or what else is worth knowing. */
  readonly note: string | undefined;
}

export function asAssumed(note?: string): Verdict {
  return { kind: "as assumed", note };
}

export function differs(note: string): Verdict {
  return { kind: "differs", note };
}

export function unknown(note: string): Verdict {
  return { kind: "unknown", note };
}
