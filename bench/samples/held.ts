/**
 * One sample: a fresh process that keeps the lists of 50 targets with 2,000 functions each, made of the JSON of their pages. Prints the
 * bytes that a function takes once everything else was collected, and the bytes of its name. Needs `--expose-gc`, and `--no-flush-bytecode`, which would look like memory
 * given back.
 */
import { setImmediate } from "node:timers/promises";
import { createSnapshotBuilder, type InventoryRow, type Snapshot } from "@fc-async/inventory";
import { renderPages } from "../server/rendered-pages.ts";

const TARGETS = 50;
const PAGES = 1_000;
const PAGES_PER_TARGET = PAGES / TARGETS;

const collectGarbage = globalThis.gc;
if (collectGarbage === undefined) throw new Error("start with --expose-gc");

async function listOf(target: number): Promise<Snapshot> {
  // Each target has texts of its own, as each answer of the service makes new ones.
  const pages = renderPages(PAGES);
  const builder = createSnapshotBuilder(
    () => true,
    () => setImmediate(),
  );
  for (let page = target * PAGES_PER_TARGET; page < (target + 1) * PAGES_PER_TARGET; page += 1) {
    const token = encodeURIComponent(`c2VydmljZS8wMDA+/${page}==`);
    const answer = pages.answer(`GET /?nextToken=${token} HTTP/1.1`).toString("latin1");
    const { data }: { readonly data: readonly InventoryRow[] } = JSON.parse(
      answer.slice(answer.indexOf("\r\n\r\n") + 4),
    );
    builder.add({ rows: data, nextToken: undefined, quirks: [], requestId: undefined });
  }
  return builder.finish({ startedAtMs: 0, durationMs: 0 });
}

function usedBytes(): number {
  collectGarbage?.();
  collectGarbage?.();
  return process.memoryUsage().heapUsed;
}

// What loading and compiling take is no part of a list.
await listOf(0);
const before = usedBytes();
const held: Snapshot[] = [];
for (let target = 0; target < TARGETS; target += 1) held.push(await listOf(target));
const takenBytes = usedBytes() - before;

const functions = held.reduce((sum, { functionCount }) => sum + functionCount, 0);
const names = held.flatMap(({ services }) => services.flatMap(({ functionNames }) => functionNames));
const figures = {
  functions,
  bytesPerFunction: takenBytes / functions,
  nameBytesPerFunction: names.reduce((sum, name) => sum + name.length, 0) / functions,
};
process.stdout.write(`${JSON.stringify(figures)}\n`);
