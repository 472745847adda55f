import { buffer } from "node:stream/consumers";
import { crc32, createInflateRaw, gunzipSync } from "node:zlib";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { crc32Combine, createExposition } from "@fc-async/exposition";
import type { Deflate, Exposition, ExpositionFormat, SelfFamily, TargetExposition } from "@fc-async/exposition";
import { NODE_DEFLATE } from "./node-deflate.ts";
import { scrapedBytes } from "./scraped.ts";
import { HANGZHOU, SELF, SHANGHAI } from "./small-state.ts";

/** Compression that counts what it is asked to compress. */
function countingDeflate(): { deflate: Deflate; compressed: number[] } {
  const compressed: number[] = [];
  return {
    compressed,
    deflate: {
      ...NODE_DEFLATE,
      deflateToFlush(bytes) {
        compressed.push(bytes.byteLength);
        return NODE_DEFLATE.deflateToFlush(bytes);
      },
    },
  };
}

/** A target with `rows` info series and its health. */
function target(seed: number, rows: number): TargetExposition {
  return {
    labels: { account_id: "1", region_id: `r${seed}`, fc_version: "2" },
    families: [
      {
        name: "aliyun_fc_async_task_function_info",
        samples: [
          {
            shared: { service_name: `service-${seed}` },
            columns: {
              function_name: Array.from({ length: rows }, (_, row) => `function-${seed}-${row}`),
              qualifier: Array.from({ length: rows }, () => "LATEST"),
            },
            value: 1,
          },
        ],
      },
      { name: "aliyun_fc_async_task_last_poll_timestamp_seconds", samples: [{ value: seed }] },
    ],
  };
}

/** What makes a gzip body one member that holds the plain body, as found and as it has to be. */
async function readings(
  exposition: Exposition,
  format: ExpositionFormat,
  self: readonly SelfFamily[],
): Promise<{ readonly found: object; readonly wanted: object }> {
  const plain = await scrapedBytes(exposition, { format, encoding: "identity", self });
  const gzip = Buffer.from(await scrapedBytes(exposition, { format, encoding: "gzip", self }));
  // gunzip reads several members too; one deflate stream from the header to the trailer means there is one.
  const stream = createInflateRaw();
  stream.end(gzip.subarray(10));
  const inflated = await buffer(stream);
  return {
    found: {
      gunzip: gunzipSync(gzip).equals(plain),
      firstStream: inflated.equals(plain),
      streamByteLength: stream.bytesWritten,
      crc32: gzip.readUInt32LE(gzip.byteLength - 8),
      byteLength: gzip.readUInt32LE(gzip.byteLength - 4),
    },
    wanted: {
      gunzip: true,
      firstStream: true,
      streamByteLength: gzip.byteLength - 18,
      crc32: crc32(plain),
      byteLength: plain.byteLength,
    },
  };
}

test("the gzip body is one member that holds the plain body", async () => {
  const exposition = createExposition({ deflate: NODE_DEFLATE });
  for (const format of ["text", "openmetrics"] as const) {
    const { found, wanted } = await readings(exposition, format, []);
    expect(found).toEqual(wanted);
  }
  await exposition.setTarget("a", HANGZHOU);
  await exposition.setTarget("b", SHANGHAI);
  await exposition.setTarget("c", target(1, 5000));
  for (const format of ["text", "openmetrics"] as const) {
    const { found, wanted } = await readings(exposition, format, SELF);
    expect(found).toEqual(wanted);
  }
});

test("the gzip body holds the plain body after any sequence of changes", async () => {
  const change = fc.record({
    key: fc.constantFrom("a", "b", "c", "d"),
    rows: fc.option(fc.integer({ min: 0, max: 40 })),
    seed: fc.integer({ min: 0, max: 3 }),
  });
  await fc.assert(
    fc.asyncProperty(
      fc.array(change, { maxLength: 12 }),
      fc.constantFrom(0, 1, 300, 2000, 100_000),
      fc.constantFrom<ExpositionFormat>("text", "openmetrics"),
      async (changes, gzipPartMinBytes, format) => {
        const exposition = createExposition({ deflate: NODE_DEFLATE, gzipPartMinBytes });
        for (const { key, rows, seed } of changes) {
          if (rows === null) {
            exposition.removeTarget(key);
          } else {
            await exposition.setTarget(key, target(seed, rows));
          }
          const { found, wanted } = await readings(exposition, format, SELF.slice(0, seed));
          expect(found).toEqual(wanted);
        }
      },
    ),
  );
});

test("a change compresses its own large slices again, and nothing of other targets", async () => {
  const { deflate, compressed } = countingDeflate();
  const exposition = createExposition({ deflate });
  for (let seed = 0; seed < 10; seed += 1) {
    await exposition.setTarget(`t${seed}`, target(seed, 500));
  }
  const options = { format: "text", encoding: "gzip" } as const;
  await exposition.scrape(options);
  compressed.length = 0;
  await exposition.setTarget("t3", target(11, 500));
  expect(compressed).toHaveLength(1);
  await exposition.scrape(options);
  // The run of timestamps and the end. The header alone in front of the large slices is as it was.
  expect(compressed).toHaveLength(3);
  expect(Math.max(...compressed.slice(1))).toBeLessThan(4000);
});

test("new objects with the same values compress nothing again", async () => {
  const { deflate, compressed } = countingDeflate();
  const exposition = createExposition({ deflate });
  await exposition.setTarget("a", target(1, 5000));
  await exposition.setTarget("b", target(2, 10));
  const options = { format: "text", encoding: "gzip", self: SELF } as const;
  await exposition.scrape(options);
  compressed.length = 0;
  await exposition.setTarget("a", target(1, 5000));
  await exposition.setTarget("b", target(2, 10));
  expect(compressed).toEqual([]);
  await exposition.scrape(options);
  // Only the end of the body, which is made for each scrape.
  expect(compressed).toHaveLength(1);
});

test("both formats share the compressed large slices", async () => {
  const { deflate, compressed } = countingDeflate();
  const exposition = createExposition({ deflate });
  await exposition.setTarget("a", target(1, 500));
  await exposition.scrape({ format: "text", encoding: "gzip" });
  await exposition.scrape({ format: "openmetrics", encoding: "gzip" });
  expect(compressed.filter((byteLength) => byteLength > 16_384)).toHaveLength(1);
});

test("samples that are the very object of the call before are not even read again", async () => {
  let reads = 0;
  const samples = {
    *[Symbol.iterator]() {
      reads += 1;
      yield { value: 1 };
    },
  };
  const { labels } = HANGZHOU;
  const exposition = createExposition({ deflate: NODE_DEFLATE });
  await exposition.setTarget("a", { labels, families: [{ name: "aliyun_fc_async_task_up", samples }] });
  await exposition.setTarget("a", {
    labels,
    families: [
      { name: "aliyun_fc_async_task_up", samples },
      { name: "aliyun_fc_async_task_services", samples: [{ value: 4 }] },
    ],
  });
  expect(reads).toBe(1);
  const body = Buffer.from(await scrapedBytes(exposition, { format: "text", encoding: "identity" })).toString();
  expect(body).toContain(
    'aliyun_fc_async_task_up{account_id="1234567890123456",region_id="cn-hangzhou",fc_version="2"} 1\n',
  );
  expect(body).toContain("} 4\n");
});

test("combined checksums are those of the joined bytes", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 5000 }), fc.uint8Array({ maxLength: 5000 }), (first, second) => {
      expect(crc32Combine(crc32(first), crc32(second), second.byteLength)).toBe(crc32(Buffer.concat([first, second])));
    }),
  );
  const large = Buffer.alloc(20_000_000, "fc");
  expect(crc32Combine(crc32("x"), crc32(large), large.byteLength)).toBe(crc32(large, crc32("x")));
  expect(crc32Combine(crc32("x"), 0, 0)).toBe(crc32("x"));
  expect(crc32Combine(0, crc32("x"), 1)).toBe(crc32("x"));
});
