import type { Account } from "../account.ts";
import type { Churn } from "../scale/churn.ts";
import type { Throttle } from "../throttle/throttle.ts";

/** What a seed file holds: the options of `createEmulator` that say what there is. */
export interface Seed {
  readonly accounts: readonly Account[];
  readonly churn?: Churn | undefined;
  readonly throttle?: Throttle | undefined;
}
