import type { PollFailure, ServiceRows, Snapshot, TargetState } from "@fc-async/inventory";

/** The moment all tests are at: 2026-11-23 14:00:00 UTC. */
export const NOW_MS: number = Date.UTC(2026, 10, 23, 14);

export const MINUTE_MS = 60_000;

/** A row: service, function, qualifier. */
export type Row = readonly [serviceName: string, functionName: string, qualifier: string];

/** What a test says about one target; the rest is as after one good read a minute ago. */
export interface StateInput {
  readonly accountId?: string;
  readonly regionId?: string;
  /** Default: no list was ever read. */
  readonly rows?: readonly Row[];
  /** When the list was read. Default: a minute ago. */
  readonly readAtMs?: number;
  /** The last attempt failed. */
  readonly failure?: Partial<PollFailure>;
  readonly shrinkUnconfirmed?: boolean;
}

export function targetState(input: StateInput = {}): TargetState {
  const { accountId = "1234567890123456", regionId = "cn-hangzhou", rows, failure } = input;
  const readAtMs = input.readAtMs ?? NOW_MS - MINUTE_MS;
  const attempt = { atMs: NOW_MS - MINUTE_MS / 2, durationMs: 800, pages: 1 };
  return {
    target: { id: `fc2/${accountId}/${regionId}`, source: "fc2", accountId, regionId },
    version: rows === undefined ? 0 : 1,
    snapshot: rows === undefined ? undefined : snapshotOf(rows, readAtMs),
    lastPoll:
      failure !== undefined
        ? { ...attempt, ok: false, failure: pollFailure(failure) }
        : rows && { ...attempt, ok: true },
    consecutiveFailures: failure === undefined ? 0 : 1,
    nextDueAtMs: NOW_MS + MINUTE_MS,
    shrinkUnconfirmed: input.shrinkUnconfirmed ?? false,
  };
}

function pollFailure(failure: Partial<PollFailure>): PollFailure {
  return {
    reason: "other",
    message: "GET https://internal.example.com failed",
    serverCode: undefined,
    requestId: undefined,
    ...failure,
  };
}

function snapshotOf(rows: readonly Row[], startedAtMs: number): Snapshot {
  const byService = Map.groupBy(rows, ([serviceName]) => serviceName);
  const services: readonly ServiceRows[] = Array.from(byService, ([serviceName, own]) => {
    const sorted = own.toSorted((a, b) => (a[1] === b[1] ? order(a[2], b[2]) : order(a[1], b[1])));
    return {
      serviceName,
      functionNames: sorted.map(([, functionName]) => functionName),
      qualifiers: sorted.map(([, , qualifier]) => qualifier),
      functionCount: new Set(sorted.map(([, functionName]) => functionName)).size,
    };
  }).toSorted((a, b) => order(a.serviceName, b.serviceName));
  return {
    services,
    functionCount: services.reduce((sum, service) => sum + service.functionCount, 0),
    rowCount: rows.length,
    duplicateRows: 0,
    pages: 1,
    quirks: {},
    startedAtMs,
    durationMs: 800,
  };
}

function order(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** `count` functions of a service, each LATEST. */
export function functionsOf(serviceName: string, count: number): readonly Row[] {
  return Array.from(
    { length: count },
    (_, index) => [serviceName, `fn-${String(index).padStart(3, "0")}`, "LATEST"] as const,
  );
}
