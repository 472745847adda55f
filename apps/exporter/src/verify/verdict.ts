/** What an answer says about a thing that was written down without asking the service. */
export interface Verdict {
  /** `as documented`: as openapi/ describes it and the emulator does it. `unknown`: this run could not tell. */
  readonly kind: "as documented" | "differs" | "unknown";
  /** How it differs, why it is unknown, or what else is worth knowing. */
  readonly note: string | undefined;
}

export function asDocumented(note?: string): Verdict {
  return { kind: "as documented", note };
}

export function differs(note: string): Verdict {
  return { kind: "differs", note };
}

export function unknown(note: string): Verdict {
  return { kind: "unknown", note };
}
