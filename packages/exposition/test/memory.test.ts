import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { createExposition } from "@fc-async/exposition";
import { expect, test } from "vitest";

const LABELS = { account_id: "1234567890123456", region_id: "cn-hangzhou", fc_version: "2" };
const CHANGES = 100;

/** The engine lets go of what a promise held only when the loop has turned. */
async function collectGarbage(): Promise<void> {
  setFlagsFromString("--expose-gc");
  const gc: () => void = runInNewContext("gc");
  for (let turn = 0; turn < 3; turn += 1) {
    await new Promise((resolve) => setImmediate(resolve));
    gc();
  }
}

test("a hundred changes, each of them scraped, leave nothing behind", async () => {
  const compressed: WeakRef<Uint8Array>[] = [];
  const exposition = createExposition({
    deflate: {
      deflateToFlush: async (bytes) => {
        compressed.push(new WeakRef(bytes));
        return new Uint8Array(bytes.byteLength);
      },
      crc32: () => 0,
    },
    gzipPartMinBytes: 100,
  });
  for (let value = 0; value < CHANGES; value += 1) {
    await exposition.setTarget("fc2/1234567890123456/cn-hangzhou", {
      labels: LABELS,
      families: [
        { name: "aliyun_fc_async_task_up", samples: [{ value: 1 }] },
        { name: "aliyun_fc_async_task_last_poll_pages", samples: [{ value }] },
      ],
    });
    await exposition.scrape({ format: "text", encoding: "gzip" });
  }
  expect(compressed.length).toBeGreaterThanOrEqual(2 * CHANGES);
  await collectGarbage();
  expect(compressed.filter((bytes) => bytes.deref() !== undefined).length).toBeLessThan(10);
});
