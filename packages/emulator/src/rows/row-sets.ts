import type { Account } from "../account.ts";
import { createRowSet, type RowSet } from "./row-set.ts";

/** The rows of every account and region. */
export interface RowSets {
  /** The set of a region, empty when nothing was ever put there; `undefined` for an account that does not exist. */
  of(accountId: string, region: string): RowSet | undefined;
  /** Goes back to the rows of the accounts. */
  restore(): void;
}

export function createRowSets(accounts: readonly Account[]): RowSets {
  const byAccount = new Map(
    accounts.map(({ accountId, regions }) => [
      accountId,
      new Map(Object.entries(regions).map(([region, rows]) => [region, createRowSet(rows)])),
    ]),
  );
  return {
    of(accountId, region) {
      const regions = byAccount.get(accountId);
      if (regions === undefined) return undefined;
      const known = regions.get(region);
      if (known !== undefined) return known;
      const empty = createRowSet([]);
      regions.set(region, empty);
      return empty;
    },
    restore() {
      for (const regions of byAccount.values()) for (const rows of regions.values()) rows.restore();
    },
  };
}
