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
}

/** An account as the emulator knows it: whose keys are good, and what the operation lists in each region. */
export interface Account {
  /** Digits, as in the host name. */
  readonly accountId: string;
  readonly accessKeys: readonly AccessKey[];
  /** Rows by region id, in any order. A region without rows, or without an entry, answers `data: null`. */
  readonly regions: Readonly<Record<string, readonly FunctionRow[]>>;
}
