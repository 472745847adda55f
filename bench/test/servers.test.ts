import { gunzipSync } from "node:zlib";
import { expect, onTestFinished, test } from "vitest";
import { accountsOf } from "../clients/targets.ts";
import { runSample } from "../samples/run-sample.ts";
import { renderPages } from "../server/rendered-pages.ts";
import { scrapeOnce } from "../server/scrape-once.ts";
import { startBareHttpServer } from "../server/start-bare-http-server.ts";
import { startPageServer } from "../server/start-page-server.ts";
import { startPromClientServer } from "../server/start-prom-client-server.ts";
import { temporaryFolder } from "./temporary-folder.ts";

const UNPINNED = { command: [] };
const EXPOSITION = Buffer.from('# HELP a Help.\n# TYPE a gauge\na{x="1",y="{}"} 2\na{x="2",y=""} +Inf\nb 1e-7\n');

test("targets come in accounts of ten regions, the last one with the rest", () => {
  const accounts = accountsOf(25);
  expect(accounts.map(({ regions }) => regions.length)).toEqual([10, 10, 5]);
  const ids = accounts.flatMap(({ accountId, regions }) => regions.map((region) => `${accountId}/${region}`));
  expect(new Set(ids).size).toBe(25);
});

test("a changing list has another first row each time its first page is read, in the order of the list", () => {
  const pages = renderPages(2, { changing: true });
  const namesOf = (requestLine: string): readonly string[] =>
    Array.from(
      pages
        .answer(requestLine)
        .toString()
        .matchAll(/"functionName":"([^"]+)"/g),
      ([, name = ""]) => name,
    );
  const first = namesOf("GET /?limit=100 HTTP/1.1");
  const second = namesOf("GET /?limit=100 HTTP/1.1");
  expect(first).toHaveLength(100);
  expect(second.slice(1)).toEqual(first.slice(1));
  expect(second[0]).not.toBe(first[0]);
  expect(first).toEqual(first.toSorted());
  expect(renderPages(2).answer("GET / HTTP/1.1")).toEqual(renderPages(2).answer("GET / HTTP/1.1"));
});

test("the page server knows when which account asked", async () => {
  const server = await startPageServer({ pinning: UNPINNED, pageCount: 2, keepArrivals: true });
  onTestFinished(() => server.stop());
  const flags = { client: "fc-async", origin: server.origin, endpoint: server.endpoint, targets: 12, rows: 200 };
  await runSample("poll", { pinning: UNPINNED, flags });
  const arrivals = await server.arrivals();
  expect(Object.fromEntries(Object.entries(arrivals).map(([account, times]) => [account, times.length]))).toEqual({
    "1000000000000001": 20,
    "1000000000000002": 4,
  });
  expect((await server.figures()).requests).toBe(24);
});

test("both ways to read many targets hold every row", async () => {
  const server = await startPageServer({ pinning: UNPINNED, pageCount: 2 });
  onTestFinished(() => server.stop());
  for (const client of ["fc-async", "vendor-sdk"]) {
    const flags = { client, origin: server.origin, endpoint: server.endpoint, targets: 3, rounds: 2 };
    const figures = await runSample("poll", { pinning: UNPINNED, flags: { ...flags, rows: 200 } });
    expect(figures.get("steadyWallMs")).toBeGreaterThan(0);
    await expect(runSample("poll", { pinning: UNPINNED, flags: { ...flags, rows: 201 } })).rejects.toThrow("rows");
  }
});

test("the bare server sends what it was given, and tells what its process takes", async () => {
  const answer = { headers: ["content-type", "text/plain", "content-length", "3"], body: Buffer.from("a\u00ff") };
  const server = await startBareHttpServer({ pinning: UNPINNED, folder: temporaryFolder(), answer });
  onTestFinished(() => server.stop());
  const { result, took } = await server.measure(() => scrapeOnce(server.origin, "gzip"), { watchLoop: true });
  expect(result).toEqual(answer);
  expect(took.cpuUs).toBeGreaterThan(0);
  expect(took.maxResidentMegabytes).toBeGreaterThan(10);
});

test("prom-client shows the series of the exposition it was given", async () => {
  const server = await startPromClientServer({ pinning: UNPINNED, folder: temporaryFolder(), exposition: EXPOSITION });
  onTestFinished(() => server.stop());
  const { body } = await scrapeOnce(server.origin, "gzip");
  const series = gunzipSync(body)
    .toString()
    .split("\n")
    .filter((line) => line !== "" && !line.startsWith("#"));
  expect(series).toEqual(['a{x="1",y="{}"} 2', 'a{x="2",y=""} +Inf', "b 1e-7"]);
});

test("a scrape sample counts the answers, and fails where nobody listens", async () => {
  const headers = ["content-length", "3"];
  const server = await startBareHttpServer({
    pinning: UNPINNED,
    folder: temporaryFolder(),
    answer: { headers, body: Buffer.from("abc") },
  });
  onTestFinished(() => server.stop());
  const flags = { origin: server.origin, connections: 2, seconds: 0.1 };
  const figures = await runSample("scrape", { pinning: UNPINNED, flags });
  expect(figures.get("answers")).toBeGreaterThan(1);
  expect(figures.get("bodyBytes")).toBe(3);
  expect(figures.get("p50Ms")).toBeLessThanOrEqual(figures.get("p99Ms"));
  await expect(
    runSample("scrape", { pinning: UNPINNED, flags: { ...flags, origin: "http://127.0.0.1:9" } }),
  ).rejects.toThrow("ECONNREFUSED");
});
