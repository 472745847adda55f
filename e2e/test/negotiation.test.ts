import { execFileSync } from "node:child_process";
import { createEmulator, demoAccounts, openApiContract } from "@fc-async/emulator";
import { chromium } from "playwright-core";
import { expect, test } from "vitest";
import { startExporterScene, startScrapedScene } from "../exporter-scene.ts";
import { openMetricsParser } from "../read-openmetrics.ts";
import { requireProgram } from "../required-program.ts";

const ACCOUNTS = demoAccounts();
const PATIENCE = { timeout: 20_000, interval: 100 };
const HOURLY = { poll: { interval: "1h", max_staleness: "0" } };

/** What scrapers send, and what nobody should. */
const ACCEPTS: readonly (readonly [accept: string, format: "text" | "openmetrics"])[] = [
  [
    "application/openmetrics-text;version=1.0.0,application/openmetrics-text;version=0.0.1;q=0.75,text/plain;version=0.0.4;q=0.5,*/*;q=0.1",
    "openmetrics",
  ],
  [
    "application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.6,application/openmetrics-text;version=0.0.1;q=0.5,text/plain;version=1.0.0;escaping=allow-utf-8;q=0.4,text/plain;version=0.0.4;q=0.3,*/*;q=0.2",
    "openmetrics",
  ],
  [
    "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited;q=0.7,application/openmetrics-text;version=1.0.0;q=0.6,text/plain;version=0.0.4;q=0.4,*/*;q=0.2",
    "openmetrics",
  ],
  ["application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited", "text"],
  [
    "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited,text/plain;version=0.0.4;q=0.5",
    "text",
  ],
  ["application/openmetrics-text", "openmetrics"],
  ["application/openmetrics-text;version=1.0.0", "openmetrics"],
  ["application/openmetrics-text; version=1.0.0; charset=utf-8", "openmetrics"],
  ["application/openmetrics-text;version=2.0.0", "text"],
  ["application/openmetrics-text;version=1.0.0;q=0.1,text/plain", "text"],
  ["application/openmetrics-text;q=0,text/plain", "text"],
  ["text/plain;version=0.0.4", "text"],
  ["text/plain;version=1.0.0;escaping=allow-utf-8", "text"],
  ["text/plain", "text"],
  ["text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "text"],
  ["*/*", "text"],
  ["", "text"],
  ["application/json", "text"],
  ["text/*;q=0.5, application/openmetrics-text;q=0.4", "text"],
  ["nonsense;;;q=,,", "text"],
];

const inventoryOf = (body: string): string =>
  (body.match(/^aliyun_fc_async_task_function\w*\{.*$/gmu) ?? []).join("\n");

test("20 Accept headers, in turn a hundred times, each get their format with the same names every time, and an independent parser reads every OpenMetrics body", async (context) => {
  const parse = openMetricsParser(context);
  const emulator = createEmulator({ accounts: ACCOUNTS, contract: openApiContract("fail") });
  const { exporter } = await startExporterScene(emulator, ACCOUNTS, HOURLY);
  await expect.poll(async () => (await fetch(`${exporter.url}/-/ready`)).status, PATIENCE).toBe(200);
  expect(ACCEPTS).toHaveLength(20);

  const names = new Map<string, Set<string>>();
  const openMetrics = new Set<string>();
  let text = "";
  for (let round = 0; round < 100; round += 1) {
    for (const [accept, format] of ACCEPTS) {
      const answer = await fetch(`${exporter.url}/metrics`, { headers: { accept } });
      const body = await answer.text();
      expect([accept, answer.status, answer.headers.get("content-type")]).toEqual([
        accept,
        200,
        format === "text"
          ? expect.stringMatching(/^text\/plain; version=0\.0\.4; charset=utf-8(; escaping=underscores)?$/u)
          : expect.stringMatching(
              /^application\/openmetrics-text; version=(1\.0\.0|0\.0\.1); charset=utf-8(; escaping=underscores)?$/u,
            ),
      ]);
      const typed = (body.match(/^# TYPE .*$/gmu) ?? []).join("\n");
      const seen = names.get(format) ?? new Set();
      names.set(format, seen.add(typed));
      if (format === "text") text = body;
      else openMetrics.add(body);
    }
  }
  expect(Array.from(names, ([format, seen]) => [format, seen.size])).toEqual([
    ["openmetrics", 1],
    ["text", 1],
  ]);

  const bodies = [...openMetrics];
  const read = parse(bodies);
  expect(read).toHaveLength(bodies.length);
  // Text and OpenMetrics give the same samples: each inventory line of the one is a sample of the other.
  const samples = new Set(
    (read[0] ?? []).map(([name, labels, value]) => {
      const written = Object.entries(labels).map(([key, label]) => `${key}="${escaped(label)}"`);
      return `${name}{${written.join(",")}} ${value}`;
    }),
  );
  const lines = inventoryOf(text).split("\n");
  expect(lines.length).toBeGreaterThan(100);
  expect(lines.filter((line) => !samples.has(line))).toEqual([]);
}, 120_000);

const byName = ([left = ""]: readonly (string | undefined)[], [right = ""]: readonly (string | undefined)[]): number =>
  left < right ? -1 : 1;

const escaped = (label: string): string =>
  label
    .replaceAll("\\", "\\\\")
    .replaceAll('"', '\\"')
    .replaceAll("\n", String.raw`\n`);

test("Chromium, curl and Prometheus read equal inventory bytes in every encoding", async (context) => {
  for (const program of ["chromium", "curl", "prometheus"]) requireProgram(program, context);
  const emulator = createEmulator({ accounts: ACCOUNTS, contract: openApiContract("fail") });
  const { exporter, prometheus, metrics } = await startScrapedScene(emulator, ACCOUNTS, HOURLY);
  await expect.poll(async () => (await fetch(`${exporter.url}/-/ready`)).status, PATIENCE).toBe(200);
  const url = `${exporter.url}/metrics`;
  const plain = inventoryOf(await metrics());
  expect(plain.split("\n").length).toBeGreaterThan(100);

  for (const encoding of ["identity", "gzip", "zstd"]) {
    const read = execFileSync(
      "curl",
      ["--silent", "--include", "--compressed", "--header", `Accept-Encoding: ${encoding}`, url],
      {
        encoding: "utf8",
        maxBuffer: 64 * 1024 * 1024,
      },
    );
    expect(/^content-encoding: (.*)\r$/imu.exec(read)?.[1]).toBe(encoding === "identity" ? undefined : encoding);
    expect(inventoryOf(read)).toBe(plain);
  }

  const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox"] });
  try {
    const page = await browser.newPage();
    for (const [encoding, headers] of [
      ["gzip", {}],
      ["zstd", { "Accept-Encoding": "zstd" }],
      [undefined, { "Accept-Encoding": "identity" }],
    ] as const) {
      await page.setExtraHTTPHeaders(headers);
      const answer = await page.goto(url);
      expect(answer?.headers()["content-encoding"]).toBe(encoding);
      expect(inventoryOf((await page.evaluate(() => document.body.textContent)) ?? "")).toBe(plain);
    }
  } finally {
    await browser.close();
  }

  // Prometheus asks for gzip; its series, written as lines, are those of the plain body.
  await expect
    .poll(() => prometheus.scalar("count(aliyun_fc_async_task_function_info)"), PATIENCE)
    .toBeGreaterThan(100);
  const series = await prometheus.query('{__name__=~"aliyun_fc_async_task_function.*",service_name!=""}');
  const kept = new Set(
    series.map(({ labels: { __name__: name, instance: _instance, job: _job, ...labels }, value }) =>
      JSON.stringify([name, Object.entries(labels).toSorted(byName), value]),
    ),
  );
  const wanted = plain
    .split("\n")
    .filter((line) => line.includes("service_name="))
    .map((line) => {
      const [, name, labels = "", value] = /^(\w+)\{(.*)\} (\S+)$/u.exec(line) ?? [];
      const pairs = Array.from(labels.matchAll(/(\w+)="((?:[^"\\]|\\.)*)"/gu), ([, key, label = ""]) => [
        key,
        unescaped(label),
      ]);
      return JSON.stringify([name, pairs.filter(([, label]) => label !== "").toSorted(byName), Number(value)]);
    });
  expect(kept).toEqual(new Set(wanted));
}, 60_000);

const unescaped = (label: string): string =>
  label.replaceAll(/\\(.)/gu, (_, character: string) => (character === "n" ? "\n" : character));
