import type { Outcome } from "./outcome.ts";
import type { Pairing, ProbeRequest } from "./probe-request.ts";
import type { Verdict } from "./verdict.ts";

/** One question to the service that takes a request of its own. */
export interface Probe {
  readonly title: string;
  /**
   * What must be known before the answer means anything: that the key is good (`key`), that it may read the list as well
   * (`list`), or nothing.
   */
  readonly needs: "nothing" | "key" | "list";
  /** The request; `main` is the pairing that reads the list. `undefined` when it does not apply there. */
  readonly request: (main: Pairing) => ProbeRequest | undefined;
  /** Sends the last request that was answered once more, unchanged: same nonce, same date. */
  readonly again?: boolean | undefined;
  readonly judge: (outcome: Exclude<Outcome, { readonly type: "failed" }>) => Verdict;
  readonly settles: string;
}
