import { capInventory, type InventoryCaps, type TargetFamily } from "@fc-async/exposition";
import type { Snapshot, SnapshotState, TargetState } from "@fc-async/inventory";

export interface InventoryFamiliesOptions {
  readonly alias: string | undefined;
  readonly intervalMs: number;
  readonly maxInfoSeries: number;
  readonly maxServiceSeries: number;
}

/** What is exposed of a target in this state. */
export type InventoryFamilies = (state: TargetState, shown: SnapshotState) => readonly TargetFamily[];

/**
 * Makes the families of one target's list and health. Before the first list there is no row and no zero; an expired list is no
 * longer exposed, its health is. The families of a list are made once, and stay while later walks find the same: the exposition
 * recognises them and reads no row again.
 */
export function createInventoryFamilies(options: InventoryFamiliesOptions): InventoryFamilies {
  let made: { readonly of: Snapshot; readonly families: readonly TargetFamily[] } | undefined;

  return (state, shown) => {
    const { snapshot } = state;
    if (snapshot === undefined || (shown !== "fresh" && shown !== "stale")) return healthFamilies(state, options);
    if (made === undefined || !showAlike(made.of, snapshot)) {
      made = { of: snapshot, families: listFamilies(snapshot, options) };
    }
    return [...made.families, ...healthFamilies(state, options)];
  };
}

/** A walk that finds nothing changed keeps the very services of the one before. */
function showAlike(left: Snapshot, right: Snapshot): boolean {
  return left.services === right.services && left.duplicateRows === right.duplicateRows;
}

function listFamilies(snapshot: Snapshot, caps: InventoryCaps): readonly TargetFamily[] {
  const capped = capInventory(snapshot.services, caps);
  return [
    {
      name: "aliyun_fc_async_task_functions",
      samples: capped.services.map(({ serviceName, functions }) => ({
        labels: { service_name: serviceName },
        value: functions,
      })),
    },
    {
      name: "aliyun_fc_async_task_qualifiers",
      samples: capped.services.map(({ serviceName, qualifiers }) => ({
        labels: { service_name: serviceName },
        value: qualifiers,
      })),
    },
    {
      name: "aliyun_fc_async_task_function_info",
      samples: capped.info.map(({ serviceName, functionNames, qualifiers }) => ({
        shared: { service_name: serviceName },
        columns: { function_name: functionNames, qualifier: qualifiers },
        value: 1,
      })),
    },
    // Of the whole list, whatever the cap folded: 0 is a statement.
    { name: "aliyun_fc_async_task_services", samples: [{ value: snapshot.services.length }] },
    { name: "aliyun_fc_async_task_account_functions", samples: [{ value: snapshot.functionCount }] },
    { name: "aliyun_fc_async_task_series_dropped", samples: [{ value: capped.droppedSeries }] },
    { name: "aliyun_fc_async_task_overflow_services", samples: [{ value: capped.overflowServices }] },
    { name: "aliyun_fc_async_task_duplicate_rows", samples: [{ value: snapshot.duplicateRows }] },
  ];
}

function healthFamilies(state: TargetState, options: InventoryFamiliesOptions): readonly TargetFamily[] {
  const { lastPoll, snapshot } = state;
  const families: TargetFamily[] = [
    { name: "aliyun_fc_async_task_up", samples: [{ value: lastPoll?.ok === true ? 1 : 0 }] },
    { name: "aliyun_fc_async_task_poll_interval_seconds", samples: [{ value: options.intervalMs / 1000 }] },
    { name: "aliyun_fc_async_task_snapshot_stale", samples: [{ value: lastPoll?.ok === false ? 1 : 0 }] },
    { name: "aliyun_fc_async_task_shrink_unconfirmed", samples: [{ value: state.shrinkUnconfirmed ? 1 : 0 }] },
  ];
  if (options.alias !== undefined) {
    families.push({
      name: "aliyun_fc_async_task_target_info",
      samples: [{ labels: { alias: options.alias }, value: 1 }],
    });
  }
  if (lastPoll !== undefined) {
    families.push(
      { name: "aliyun_fc_async_task_last_poll_timestamp_seconds", samples: [{ value: lastPoll.atMs / 1000 }] },
      { name: "aliyun_fc_async_task_last_poll_duration_seconds", samples: [{ value: lastPoll.durationMs / 1000 }] },
      { name: "aliyun_fc_async_task_last_poll_pages", samples: [{ value: lastPoll.pages }] },
    );
  }
  if (snapshot !== undefined) {
    const endedAtMs = snapshot.startedAtMs + snapshot.durationMs;
    families.push({
      name: "aliyun_fc_async_task_last_success_timestamp_seconds",
      samples: [{ value: endedAtMs / 1000 }],
    });
  }
  return families;
}
