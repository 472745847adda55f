import type { RamPolicy } from "./ram/ram-policy.ts";
import type { GeneratedRows } from "./scale/generated-rows.ts";

/** One row of the operation's answer: a qualifier of a function that has asynchronous tasks enabled. */
export interface FunctionRow {
  readonly serviceName: string;
  readonly functionName: string;
  /** `LATEST`, a version or an alias. */
  readonly qualifier: string;
}

/** An access key of one account. With `securityToken` it is a temporary (STS) key, and the token must come with it. */
export interface AccessKey {
  readonly accessKeyId: string;
  readonly accessKeySecret: string;
  readonly securityToken?: string | undefined;
  /** How long it is good after the emulator was made or reset, in milliseconds. Default: for ever. */
  readonly validForMs?: number | undefined;
  /** An `Inactive` key is known and refused. Default `Active`. */
  readonly status?: "Active" | "Inactive" | undefined;
  /** What RAM lets its holder do. Default: everything, as the account itself may. */
  readonly policy?: RamPolicy | undefined;
}

/** The rows of a region: a list in any order, or a rule by which they are made when they are asked for. */
export type RegionRows = readonly FunctionRow[] | GeneratedRows;

/** An account as the emulator knows it: whose keys are good, and what the operation lists in each region. */
export interface Account {
  /** Digits, as in the host name. */
  readonly accountId: string;
  readonly accessKeys: readonly AccessKey[];
  /** Rows by region id. A region without rows, or without an entry, answers `data: null`. */
  readonly regions: Readonly<Record<string, RegionRows>>;
}

/** An account whose every row was given. */
export interface ListedAccount extends Account {
  readonly regions: Readonly<Record<string, readonly FunctionRow[]>>;
}
