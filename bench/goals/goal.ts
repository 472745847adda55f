import type { Pinnings } from "../machine/pinning.ts";
import type { GoalRow } from "../report/goal-row.ts";

/** What a measurement works with. */
export interface Bench {
  readonly pinnings: Pinnings;
  readonly rounds: number;
  /** An empty folder that is deleted afterwards. */
  readonly folder: string;
}

/** One goal and how it is measured. */
export interface Goal {
  /** `P1` and so on. */
  readonly id: string;
  measure(bench: Bench): Promise<readonly GoalRow[]>;
}
