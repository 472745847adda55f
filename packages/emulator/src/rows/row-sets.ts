import type { Account, RegionRows } from "../account.ts";
import { mixedText } from "../random/mixed.ts";
import { churnedSlots, churnTick, type Churn } from "../scale/churn.ts";
import { generatedSlots } from "../scale/generated-slots.ts";
import { listedSlots } from "../scale/listed-slots.ts";
import { slotRows } from "../scale/slot-rows.ts";
import type { RowList } from "./row-list.ts";
import { createRowSet, type RowSet } from "./row-set.ts";
import type { SlotList } from "../scale/slot-list.ts";

/** The rows of every account and region. */
export interface RowSets {
  /** What a region lists at this moment; nothing where nothing was ever put. */
  at(accountId: string, region: string, nowMs: number): RowList;
  /** The list of a region, to change; `undefined` for an account that does not exist, or rows that are generated. */
  changeable(accountId: string, region: string): RowSet | undefined;
  /** Goes back to the rows of the accounts. */
  restore(): void;
}

/** The rows of one region over time. */
interface RegionSource {
  at(nowMs: number): RowList;
  /** Generated rows have none. */
  readonly set: RowSet | undefined;
}

export function createRowSets(accounts: readonly Account[], churn: Churn | undefined): RowSets {
  const sourceOf = (accountId: string, region: string, rows: RegionRows): RegionSource => {
    const place = mixedText(`${accountId}/${region}`);
    return isList(rows) ? listedSource(createRowSet(rows), churn, place) : generatedSource(rows, churn, place);
  };
  const byAccount = new Map(
    accounts.map(({ accountId, regions }) => [
      accountId,
      new Map(Object.entries(regions).map(([region, rows]) => [region, sourceOf(accountId, region, rows)])),
    ]),
  );
  const source = (accountId: string, region: string): RegionSource | undefined => {
    const regions = byAccount.get(accountId);
    if (regions === undefined) return undefined;
    const known = regions.get(region);
    if (known !== undefined) return known;
    const empty = sourceOf(accountId, region, []);
    regions.set(region, empty);
    return empty;
  };
  const nothing = createRowSet([]);
  return {
    at: (accountId, region, nowMs) => source(accountId, region)?.at(nowMs) ?? nothing,
    changeable: (accountId, region) => source(accountId, region)?.set,
    restore() {
      for (const regions of byAccount.values()) for (const { set } of regions.values()) set?.restore();
    },
  };
}

function listedSource(set: RowSet, churn: Churn | undefined, place: number): RegionSource {
  if (churn === undefined) return { set, at: () => set };
  // Slots cost a copy of the list, and the list changes only when somebody changes it.
  let made: { readonly revision: number; readonly slots: SlotList } | undefined;
  const slots = (): SlotList => {
    if (made?.revision !== set.revision) made = { revision: set.revision, slots: listedSlots(set.all()) };
    return made.slots;
  };
  return { set, at: churningRows(slots, churn, place) };
}

function generatedSource(
  rows: Exclude<RegionRows, readonly unknown[]>,
  churn: Churn | undefined,
  place: number,
): RegionSource {
  const slots = generatedSlots(rows, churn !== undefined);
  if (churn === undefined) {
    const all = slotRows(slots, []);
    return { set: undefined, at: () => all };
  }
  return { set: undefined, at: churningRows(() => slots, churn, place) };
}

/** Rows as of a moment, made anew only when a change happened since the last. */
function churningRows(slots: () => SlotList, churn: Churn, place: number): (nowMs: number) => RowList {
  let made: { readonly tick: number; readonly slots: SlotList; readonly rows: RowList } | undefined;
  return (nowMs) => {
    const tick = churnTick(churn, nowMs);
    const current = slots();
    if (made?.tick === tick && made.slots === current) return made.rows;
    const rows = slotRows(current, churnedSlots(current, churn, place, nowMs));
    made = { tick, slots: current, rows };
    return rows;
  };
}

function isList(rows: RegionRows): rows is Extract<RegionRows, readonly unknown[]> {
  return Array.isArray(rows);
}
