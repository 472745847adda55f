import { promisify } from "node:util";
import { zstdCompress, zstdDecompressSync } from "node:zlib";
import { expect, test } from "vitest";
import { createExposition } from "@fc-async/exposition";
import { NODE_DEFLATE } from "./node-deflate.ts";
import { scrapedBytes } from "./scraped.ts";
import { HANGZHOU, SELF, SHANGHAI } from "./small-state.ts";

const compress = promisify<Uint8Array, Uint8Array>(zstdCompress);
const platform = { deflate: NODE_DEFLATE, zstdCompress: compress, yieldToLoop: async () => undefined };

test.each(["text", "openmetrics"] as const)(
  "the zstd body of %s unfolds to the plain one, also after a change",
  async (format) => {
    const exposition = createExposition({ ...platform, gzipPartMinBytes: 64 });
    for (const target of [HANGZHOU, SHANGHAI]) {
      await exposition.setTarget(target.labels.region_id, target);
      const plain = await scrapedBytes(exposition, { format, encoding: "identity", self: SELF });
      const zstd = await scrapedBytes(exposition, { format, encoding: "zstd", self: SELF });
      expect(zstdDecompressSync(zstd).equals(plain)).toBe(true);
    }
  },
);

test("a body is compressed once for a state, at the first zstd scrape, and without one not at all", async () => {
  let compressed = 0;
  const exposition = createExposition({
    ...platform,
    zstdCompress: (bytes) => {
      compressed += 1;
      return compress(bytes);
    },
  });
  await exposition.setTarget("a", HANGZHOU);
  await exposition.scrape({ format: "text", encoding: "gzip", self: SELF });
  expect(compressed).toBe(0);
  for (let scrape = 0; scrape < 3; scrape += 1) {
    await exposition.scrape({ format: "text", encoding: "zstd", self: SELF });
  }
  expect(compressed).toBe(1);
  await exposition.setTarget("b", SHANGHAI);
  await exposition.scrape({ format: "text", encoding: "zstd", self: SELF });
  expect(compressed).toBe(2);
});

test("a body that could not be compressed is tried again by the next scrape", async () => {
  let fails = true;
  const exposition = createExposition({
    ...platform,
    zstdCompress: (bytes) => (fails ? Promise.reject(new Error("no memory")) : compress(bytes)),
  });
  await exposition.setTarget("a", HANGZHOU);
  await expect(exposition.scrape({ format: "text", encoding: "zstd" })).rejects.toThrow("no memory");
  fails = false;
  expect((await exposition.scrape({ format: "text", encoding: "zstd" })).byteLength).toBeGreaterThan(0);
});

test("without the platform's compression a zstd scrape is refused", async () => {
  const exposition = createExposition({ deflate: NODE_DEFLATE });
  await expect(exposition.scrape({ format: "text", encoding: "zstd" })).rejects.toThrow(TypeError);
});
