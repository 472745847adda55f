export { diffSnapshots, type SnapshotDiff } from "./snapshot/diff-snapshots.ts";
export type { InventoryRow, ServiceRows, Snapshot } from "./snapshot/snapshot.ts";
export type { Source } from "./source.ts";
export type {
  InventoryStore,
  Lease,
  PollFailure,
  PollOutcome,
  PublishResult,
  TargetState,
} from "./store/inventory-store.ts";
export type { Json, RecordStore, StoredRecord } from "./store/record-store.ts";
export type { Target, TargetId } from "./target.ts";
