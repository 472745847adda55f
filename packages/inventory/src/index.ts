export { createInventory, type Inventory, type InventoryOptions } from "./create-inventory.ts";
export type {
  InventoryAccount,
  InventoryLimits,
  InventoryPlan,
  InventoryPolling,
  PlannedTarget,
} from "./plan/inventory-plan.ts";
export { failureOf } from "./poll/failure-of.ts";
export type { PollEvent } from "./poll/poll-event.ts";
export { pollLogLine, type PollLogLine } from "./poll/poll-log-line.ts";
export {
  createPoller,
  type PolledTarget,
  type Poller,
  type PollerOptions,
  type PollPlan,
  type Reading,
} from "./poll/poller.ts";
export { diffSnapshots, type SnapshotDiff } from "./snapshot/diff-snapshots.ts";
export { rowsOf } from "./snapshot/rows-of.ts";
export { createSnapshotBuilder, type SnapshotBuilder } from "./snapshot/snapshot-builder.ts";
export { snapshotExpiresAtMs, snapshotState, type SnapshotState } from "./snapshot/snapshot-state.ts";
export type { InventoryRow, ServiceRows, Snapshot } from "./snapshot/snapshot.ts";
export type { Source } from "./source.ts";
export { createFc2Source, FC2_SOURCE } from "./sources/fc2.ts";
export type {
  InventoryStore,
  Lease,
  PollFailure,
  PollOutcome,
  PublishResult,
  TargetState,
} from "./store/inventory-store.ts";
export { createMemoryInventoryStore, type MemoryInventoryStoreOptions } from "./store/memory-inventory-store.ts";
export { createMemoryRecordStore } from "./store/memory-record-store.ts";
export type { Json, RecordStore, StoredRecord } from "./store/record-store.ts";
export { targetId, type Target, type TargetId } from "./target.ts";
export { nameFilter, namePattern, type NamePatterns } from "./walk/name-filter.ts";
export { walkTarget, type Walk, type WalkPlatform, type WalkResult } from "./walk/walk-target.ts";
export type { YieldToLoop } from "./yield-to-loop.ts";
