import { readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test, type TestContext } from "vitest";
import { parse, stringify } from "yaml";
import { demoConfiguration } from "../demo-configuration.ts";
import { requireProgram } from "../required-program.ts";
import { runToEnd } from "../run-to-end.ts";
import { startEmulator } from "../start-emulator.ts";
import { startExporter } from "../start-exporter.ts";
import { startPrometheus } from "../start-prometheus.ts";
import { temporaryFolder } from "../temporary-folder.ts";

const DEPLOY = fileURLToPath(new URL("../../deploy/", import.meta.url));
const RULES = `${DEPLOY}prometheus/rules/fc-async.rules.yaml`;
const PATIENCE = { timeout: 30_000, interval: 500 };

interface Configuration {
  readonly rule_files: readonly string[];
  readonly scrape_configs: readonly Readonly<Record<string, unknown>>[];
}

const read = (path: string): Configuration => parse(readFileSync(`${DEPLOY}${path}`, "utf8"));

async function expectPromtoolAccepts(configuration: object, context: TestContext): Promise<void> {
  requireProgram("promtool", context);
  const folder = await temporaryFolder();
  const file = join(folder, "prometheus.yaml");
  await writeFile(file, stringify({ ...configuration, rule_files: [RULES] }));
  const { code, stdout, stderr } = await runToEnd(folder, "promtool", ["check", "config", file]);
  expect(`${stdout}${stderr}`).toContain("SUCCESS: ");
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
}

test.for(["prometheus/static.yaml", "prometheus/probe.yaml", "docker/prometheus.yaml"])(
  "promtool finds nothing wrong with %s",
  async (path, context) => expectPromtoolAccepts(read(path), context),
);

test("promtool finds nothing wrong with prometheus/kubernetes.yaml but for the discovery, which Debian's does not have", async (context) => {
  const configuration = read("prometheus/kubernetes.yaml");
  const [{ kubernetes_sd_configs: discovery, ...rest } = {}] = configuration.scrape_configs;
  await expectPromtoolAccepts(
    { ...configuration, scrape_configs: [{ ...rest, static_configs: [{ targets: ["a:1"] }] }] },
    context,
  );
  // The keys as https://prometheus.io/docs/prometheus/latest/configuration/configuration/#kubernetes_sd_config has them.
  expect(discovery).toEqual([
    {
      role: "pod",
      namespaces: { names: ["fc-async"] },
      selectors: [{ role: "pod", label: "app.kubernetes.io/name=fc-async-exporter" }],
    },
  ]);
  expect(rest["job_name"]).toBe("fc-async");
});

test.each(["prometheus/static.yaml", "prometheus/probe.yaml", "prometheus/kubernetes.yaml"])(
  "%s loads the rules beside it and has the job that they expect",
  (path) => {
    const { rule_files: rules, scrape_configs: jobs } = read(path);
    expect(rules).toEqual(["rules/fc-async.rules.yaml"]);
    expect(jobs.map(({ job_name: name }) => name)).toContain("fc-async");
  },
);

test("a real Prometheus that probes each target has every target once, under its name", async (context) => {
  requireProgram("prometheus", context);
  const emulator = await startEmulator();
  onTestFinished(async () => void (await emulator.stop()));
  const exporter = await startExporter(await demoConfiguration(emulator.url, "1s"));
  onTestFinished(async () => void (await exporter.stop()));
  const { host } = new URL(exporter.url);
  const configuration = readFileSync(`${DEPLOY}prometheus/probe.yaml`, "utf8")
    .replaceAll("127.0.0.1:10406", host)
    .replaceAll("interval: 30s", "interval: 1s")
    .replace("rules/fc-async.rules.yaml", RULES);
  const prometheus = await startPrometheus(host, { configuration });
  onTestFinished(async () => void (await prometheus.stop()));

  const instancesOf = async (expression: string): Promise<readonly string[]> =>
    (await prometheus.query(expression))
      .map(({ labels }) => labels["instance"] ?? "")
      .toSorted((left, right) => left.localeCompare(right));
  const probed = ["prod/cn-hangzhou", "prod/cn-shanghai", "staging/cn-hangzhou"];
  await expect.poll(() => instancesOf("probe_success == 1"), PATIENCE).toEqual(probed);
  expect(await instancesOf("aliyun_fc_async_task_up")).toEqual(probed);
  await expect.poll(() => prometheus.scalar('up{job="fc-async"}'), PATIENCE).toBe(1);
  await expect.poll(() => prometheus.scalar("count(aliyun_fc_exporter_build_info)"), PATIENCE).toBe(1);
  expect(await prometheus.scalar('count({job="fc-async", __name__=~"aliyun_fc_(async_task|api)_.+"})')).toBeUndefined();
  expect(await prometheus.scalar("sum(aliyun_fc_async_task_account_functions)")).toBe(
    await prometheus.scalar("sum(aliyun_fc_async_task_functions)"),
  );
}, 60_000);
