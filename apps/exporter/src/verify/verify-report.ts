import type { Verdict } from "./verdict.ts";

/** One thing that was looked at: asked by a request of its own, or read from the list. Holds no key and no name. */
export interface Finding {
  readonly title: string;
  /** The request, or what was looked at. */
  readonly asked: string;
  readonly answered: string;
  readonly verdict: Verdict;
  /** The open question of openapi/README.md, or the assumption of the emulator, that this settles. */
  readonly settles: string;
}

/** Everything one run found out, made to be shown to anybody. */
export interface VerifyReport {
  readonly version: string;
  readonly nodeVersion: string;
  /** When it began, ISO 8601. */
  readonly date: string;
  /** All but the last four digits hidden. */
  readonly account: string;
  readonly region: string;
  readonly endpoint: "the vendor's own" | "a configured one";
  /** Form of the credentials, and whether they are temporary. */
  readonly keys: string;
  /** Whether the list was read, to its end or as far as this run reads. */
  readonly readable: boolean;
  /** What was read, or why it was not. */
  readonly list: string;
  readonly requests: number;
  readonly maxRequests: number;
  readonly findings: readonly Finding[];
}
