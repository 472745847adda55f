import type { CredentialsProvider } from "@fc-async/protocol";
import type { Target } from "../target.ts";
import type { NamePatterns } from "../walk/name-filter.ts";

/** One account, and how to read it. */
export interface InventoryAccount {
  readonly accountId: string;
  /** A short name for people. */
  readonly alias?: string | undefined;
  readonly regions: readonly string[];
  readonly credentials: CredentialsProvider;
  /** A template, see `endpointFor` of `@fc-async/protocol`. Default: the vendor's hosts. */
  readonly endpoint?: string | undefined;
  /** Default: everything. */
  readonly include?: NamePatterns | undefined;
  /** Default: nothing. */
  readonly exclude?: NamePatterns | undefined;
  /** Default: that of `poll`. */
  readonly intervalMs?: number | undefined;
  /** Default: that of `limits`. */
  readonly requestsPerSecond?: number | undefined;
}

export interface InventoryPolling {
  /** From the begin of one walk to the begin of the next, ±10 %. Default 60 s. */
  readonly intervalMs?: number | undefined;
  /** Targets walked at a time. Default 8. */
  readonly concurrency?: number | undefined;
}

export interface InventoryLimits {
  /** Rows of one target. Default 1,000,000. */
  readonly maxRows?: number | undefined;
  /** Pages of one walk. Default 10,000. */
  readonly maxPages?: number | undefined;
  /** Bytes of one page after decompression. Default 4 MiB. */
  readonly maxBodyBytes?: number | undefined;
  /** Characters of one name. Default 512. */
  readonly maxNameLength?: number | undefined;
  /** Longest time one walk may take, waits included. Default 10 minutes. */
  readonly walkDeadlineMs?: number | undefined;
  /** Of one account in all its regions, from this process. Default 10. */
  readonly requestsPerSecond?: number | undefined;
}

/** What is polled and how: what a running inventory can be given anew. */
export interface InventoryPlan {
  readonly accounts: readonly InventoryAccount[];
  readonly poll?: InventoryPolling | undefined;
  readonly limits?: InventoryLimits | undefined;
}

/** A target of the plan, and what is said about it besides its list. */
export interface PlannedTarget {
  readonly target: Target;
  /** The short name of its account. */
  readonly alias: string | undefined;
  readonly intervalMs: number;
}
