import type { Account } from "../account.ts";
import type { PaginationMode } from "../pagination/pagination-mode.ts";
import type { RowSets } from "../rows/row-sets.ts";

/** What an emulator holds at a moment. No secret and no token of a key is in it. */
export interface EmulatorState {
  /** Its clock, ISO 8601. */
  readonly now: string;
  readonly skewMs: number;
  readonly pagination: PaginationMode;
  readonly accounts: readonly {
    readonly accountId: string;
    readonly accessKeyIds: readonly string[];
    /** Rows by region id. */
    readonly regions: Readonly<Record<string, number>>;
  }[];
  readonly armedFaults: number;
  /** How many requests it remembers. */
  readonly requests: number;
}

/** The accounts with the rows they have at `nowMs`. */
export function accountStates(
  accounts: readonly Account[],
  rowSets: RowSets,
  nowMs: number,
): EmulatorState["accounts"] {
  return accounts.map(({ accountId, accessKeys, regions }) => ({
    accountId,
    accessKeyIds: accessKeys.map(({ accessKeyId }) => accessKeyId),
    regions: Object.fromEntries(
      Object.keys(regions).map((region) => [region, rowSets.at(accountId, region, nowMs).size]),
    ),
  }));
}
