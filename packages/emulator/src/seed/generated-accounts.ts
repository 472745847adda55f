import type { Account } from "../account.ts";
import type { GeneratedRows } from "../scale/generated-rows.ts";

/** Many accounts alike. */
export interface GeneratedAccounts {
  readonly accounts: number;
  readonly regions: readonly string[];
  readonly rows: GeneratedRows["generate"];
}

/** The first account is 2000000000000001, apart from those of the demo. */
const FIRST_ACCOUNT_ID = 2_000_000_000_000_001n;
const KEY_DIGITS = 8;

/** Accounts with throw-away keys: `LTAI5tFakeKey00000001` with `FakeSecret000000000000000000001` for the first, and so on. */
export function generatedAccounts({ accounts, regions, rows }: GeneratedAccounts): readonly Account[] {
  return Array.from({ length: accounts }, (_, index): Account => {
    const number = String(index + 1);
    const seed = (rows.seed ?? 1) + index;
    return {
      accountId: String(FIRST_ACCOUNT_ID + BigInt(index)),
      accessKeys: [
        {
          accessKeyId: `LTAI5tFakeKey${number.padStart(KEY_DIGITS, "0")}`,
          accessKeySecret: `FakeSecret${number.padStart(20, "0")}`,
        },
      ],
      regions: Object.fromEntries(regions.map((region) => [region, { generate: { ...rows, seed } }])),
    };
  });
}
