import { fileURLToPath } from "node:url";
import { describe, expect, onTestFinished, test } from "vitest";
import { z } from "zod";
import {
  DASHBOARD_UIDS,
  filledIn,
  readDashboard,
  type DashboardFile,
  type DashboardTarget,
} from "../dashboard-file.ts";
import { demoConfiguration } from "../demo-configuration.ts";
import { requireProgram } from "../required-program.ts";
import { startEmulator } from "../start-emulator.ts";
import { startExporter } from "../start-exporter.ts";
import { startPrometheus } from "../start-prometheus.ts";
import type { RunningPrometheus } from "../run-prometheus.ts";

const RULES = fileURLToPath(new URL("../../deploy/prometheus/rules/fc-async.rules.yaml", import.meta.url));
const RATE_INTERVAL = "15s";
const RATE_INTERVAL_SECONDS = 15;
/** Functions come and go by chance, six times a minute in each of five regions. */
const PATIENCE = { timeout: 90_000, interval: 1000 };

const RulesAnswer = z.object({
  data: z.object({
    groups: z.array(z.object({ rules: z.array(z.object({ name: z.string(), health: z.string() })) })),
  }),
});

interface Asked {
  readonly what: string;
  readonly expression: string;
  readonly isInstant: boolean;
}

async function startScene(): Promise<RunningPrometheus> {
  const emulator = await startEmulator("--churn");
  onTestFinished(async () => void (await emulator.stop()));
  const exporter = await startExporter(await demoConfiguration(emulator.url, "1s"));
  onTestFinished(async () => void (await exporter.stop()));
  const prometheus = await startPrometheus(new URL(exporter.url).host, { ruleFiles: [RULES] });
  onTestFinished(async () => void (await prometheus.stop()));
  return prometheus;
}

function asked(dashboard: DashboardFile): readonly Asked[] {
  const one = (what: string, { expr, instant = false }: DashboardTarget): Asked => ({
    what: `${dashboard.uid}: ${what}`,
    expression: filledIn(dashboard, expr, RATE_INTERVAL),
    isInstant: instant,
  });
  return [
    ...dashboard.panels.flatMap(({ title, targets }) =>
      targets.map((target) => one(`${title} ${target.refId}`, target)),
    ),
    ...(dashboard.annotations.list ?? []).flatMap(({ name, target }) =>
      target === undefined ? [] : [one(`annotation ${name}`, target)],
    ),
  ];
}

async function numbersOf(prometheus: RunningPrometheus, { expression, isInstant }: Asked): Promise<readonly number[]> {
  if (isInstant) return (await prometheus.query(expression)).map(({ value }) => value);
  const end = Math.floor(Date.now() / 1000);
  const lines = await prometheus.queryRange(expression, { start: end - 2 * RATE_INTERVAL_SECONDS, end, step: 1 });
  return lines.flatMap(({ points }) => points.map(([, value]) => value));
}

async function choicesOf(
  prometheus: RunningPrometheus,
  dashboard: DashboardFile,
): Promise<Record<string, readonly string[]>> {
  const entries = dashboard.templating.list
    .filter(({ type }) => type === "query")
    .map(async ({ name, query }): Promise<[string, readonly string[]]> => {
      const { selector = "", label = "" } =
        /^label_values\((?<selector>.+), (?<label>\w+)\)$/u.exec(query)?.groups ?? {};
      const parameters = new URLSearchParams({ "match[]": filledIn(dashboard, selector, RATE_INTERVAL) });
      const answer = await fetch(`${prometheus.url}/api/v1/label/${label}/values?${parameters}`);
      return [name, z.object({ data: z.array(z.string()) }).parse(await answer.json()).data];
    });
  return Object.fromEntries(await Promise.all(entries));
}

describe("against a real Prometheus that scraped the demo", () => {
  test("every query of every panel and annotation has numbers, every variable has choices, every rule is evaluated", async (context) => {
    requireProgram("prometheus", context);
    const prometheus = await startScene();
    const dashboards = await Promise.all(DASHBOARD_UIDS.map((uid) => readDashboard(uid)));
    const queries = dashboards.flatMap((dashboard) => asked(dashboard));
    expect(queries.length).toBeGreaterThanOrEqual(40);

    let waiting = queries;
    await expect
      .poll(async () => {
        const numbers = await Promise.all(waiting.map((query) => numbersOf(prometheus, query)));
        waiting = waiting.filter((_query, index) => !(numbers[index] ?? []).some((value) => Number.isFinite(value)));
        return waiting.map(({ what }) => what);
      }, PATIENCE)
      .toEqual([]);

    for (const dashboard of dashboards) {
      const choices = await choicesOf(prometheus, dashboard);
      expect(choices).toMatchObject({
        job: ["fc-async"],
        instance: [expect.stringMatching(/^127\.0\.0\.1:\d+$/u)],
        account_id: ["1000000000000001", "1000000000000002", "1000000000000003"],
        region_id: ["ap-southeast-1", "cn-hangzhou", "cn-shanghai", "eu-central-1"],
      });
      if ("service_name" in choices) expect(choices["service_name"]?.length).toBeGreaterThan(15);
    }

    const { data } = RulesAnswer.parse(await (await fetch(`${prometheus.url}/api/v1/rules`)).json());
    const rules = data.groups.flatMap((group) => group.rules);
    expect(rules.length).toBeGreaterThan(20);
    expect(rules.filter(({ health }) => health !== "ok")).toEqual([]);
    expect(await prometheus.scalar("sum(service:aliyun_fc_async_task_functions:sum)")).toBeGreaterThan(70);
  }, 180_000);
});
