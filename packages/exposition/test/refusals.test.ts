import { expect, test } from "vitest";
import { createExposition } from "@fc-async/exposition";
import type { TargetFamily } from "@fc-async/exposition";
import { NODE_DEFLATE } from "./node-deflate.ts";
import { scrapedText } from "./scraped.ts";
import { HANGZHOU } from "./small-state.ts";

const UP: TargetFamily = { name: "aliyun_fc_async_task_up", samples: [{ value: 1 }] };
const EXPOSED = 'aliyun_fc_async_task_up{account_id="1234567890123456",region_id="cn-hangzhou",fc_version="2"} 1\n';

test("a refused change leaves what was exposed before, and later changes still work", async () => {
  const exposition = createExposition({ deflate: NODE_DEFLATE });
  await exposition.setTarget("t", { labels: HANGZHOU.labels, families: [UP] });

  await expect(exposition.setTarget("t", { labels: HANGZHOU.labels, families: [UP, UP] })).rejects.toThrow(
    "aliyun_fc_async_task_up occurs twice for one target. Put all its samples into one family.",
  );
  await expect(
    exposition.setTarget("t", {
      labels: HANGZHOU.labels,
      families: [
        {
          name: "aliyun_fc_async_task_function_info",
          samples: [
            {
              shared: { service_name: "s" },
              columns: { function_name: ["a", "b"], qualifier: ["LATEST"] },
              value: 1,
            },
          ],
        },
      ],
    }),
  ).rejects.toThrow("aliyun_fc_async_task_function_info: its columns have 2 and 1 values.");
  await expect(
    exposition.setTarget("t", {
      labels: HANGZHOU.labels,
      families: [{ name: "process_open_fds", samples: [], checkedLabels: "own" }],
    }),
  ).rejects.toThrow("process_open_fds is no family of a target.");

  expect(await scrapedText(exposition)).toContain(EXPOSED);
  expect(await exposition.setTarget("t", { labels: HANGZHOU.labels, families: [UP] })).toBe("published");
});

function* failing(): Generator<{ readonly value: number }> {
  yield { value: 0 };
  throw new Error("the store went away");
}

test("a failure of the caller's iterable leaves what was exposed before", async () => {
  const exposition = createExposition({ deflate: NODE_DEFLATE });
  await exposition.setTarget("t", { labels: HANGZHOU.labels, families: [UP] });
  const families = [{ name: "aliyun_fc_async_task_up", samples: failing() } as const];
  await expect(exposition.setTarget("t", { labels: HANGZHOU.labels, families })).rejects.toThrow("the store went away");
  expect(await scrapedText(exposition)).toContain(EXPOSED);
});

test("self metrics that would spoil the whole scrape are refused", async () => {
  const exposition = createExposition({ deflate: NODE_DEFLATE });
  const fds = { name: "process_open_fds", samples: [{ value: 1 }] } as const;
  await expect(scrapedText(exposition, "text", [fds, fds])).rejects.toThrow(
    "process_open_fds occurs twice among the self metrics.",
  );
  await expect(
    scrapedText(exposition, "text", [{ name: "up", samples: [{ value: 1 }], checkedLabels: "all" }]),
  ).rejects.toThrow("up is not in the catalogue of metrics.");
});

test("a scrape that failed in compression is tried again by the next", async () => {
  let failures = 1;
  const exposition = createExposition({
    deflate: {
      ...NODE_DEFLATE,
      async deflateToFlush(bytes) {
        if (failures > 0) {
          failures -= 1;
          throw new Error("no memory");
        }
        return NODE_DEFLATE.deflateToFlush(bytes);
      },
    },
  });
  await exposition.setTarget("t", { labels: HANGZHOU.labels, families: [UP] });
  const options = { format: "text", encoding: "gzip" } as const;
  await expect(exposition.scrape(options)).rejects.toThrow("no memory");
  expect((await exposition.scrape(options)).byteLength).toBeGreaterThan(0);
});
