import { fileURLToPath } from "node:url";
import { ALERTS, RECORDINGS } from "@fc-async/deploy";
import { describe, expect, test, type TestContext } from "vitest";
import { always, exporterSeries, from, SCENARIO_MINUTES, TARGET, until } from "../exporter-series.ts";
import { promtoolTest } from "../promtool-test.ts";
import { requireProgram } from "../required-program.ts";
import { runToEnd } from "../run-to-end.ts";

const RULES = fileURLToPath(new URL("../../deploy/prometheus/rules/fc-async.rules.yaml", import.meta.url));

/** An alert that is expected: its name without the prefix, and what its texts say where the rule has `{{ … }}`. */
interface Fired {
  readonly name: string;
  readonly labels?: Readonly<Record<string, string>>;
  /** By the text between the braces: `{ "$value | humanizeDuration": "5m 0s" }`. */
  readonly values?: Readonly<Record<string, string>>;
}

type Series = ReturnType<typeof exporterSeries>;

/** At each minute exactly these alerts fire, and no other. */
interface Scenario {
  readonly series: Series;
  readonly fired: Readonly<Record<number, readonly Fired[]>>;
}

const A = "a:10406";
const B = "b:10406";
const OF_A = { job: "fc-async", instance: A, ...TARGET };
/** What is about the account, not about one replica. */
const OF_JOB = { job: "fc-async", ...TARGET };

/** The texts of an alert as its reader gets them. */
function annotationsOf(name: string, { labels = OF_A, values = {} }: Fired): Readonly<Record<string, string>> {
  const alert = ALERTS.find((each) => each.name === name) ?? expect.fail(`there is no alert ${name}`);
  const known: Readonly<Record<string, string>> = { ...values };
  const filled = (template: string): string =>
    template.replaceAll(/\{\{ (?<code>.+?) \}\}/gu, (_match, code: string) => {
      const label = /^\$labels\.(?<name>\w+)$/u.exec(code)?.groups?.["name"];
      const text = label === undefined ? known[code] : Object.entries(labels).find(([key]) => key === label)?.[1];
      return text ?? expect.fail(`${name}: nothing is said of {{ ${code} }}`);
    });
  const runbook = `docs/runbooks/${name}.md`;
  return { summary: filled(alert.summary), description: filled(alert.description), runbook_url: runbook };
}

function expectedAlert(name: string, fired: Fired): object {
  const severity = ALERTS.find((alert) => alert.name === name)?.severity ?? "";
  return { exp_labels: { severity, ...(fired.labels ?? OF_A) }, exp_annotations: annotationsOf(name, fired) };
}

async function expectAlerts({ series, fired }: Scenario, context: TestContext): Promise<void> {
  requireProgram("promtool", context);
  const checks = Object.entries(fired).flatMap(([minute, alerts]) =>
    ALERTS.map(({ name }) => ({
      eval_time: `${minute}m`,
      alertname: name,
      exp_alerts: alerts.filter((each) => name === `FcAsync${each.name}`).map((each) => expectedAlert(name, each)),
    })),
  );
  const { code, stdout, stderr } = await promtoolTest([RULES], { input_series: series, alert_rule_test: checks });
  expect(`${stdout}${stderr}`).toContain("SUCCESS");
  expect(code).toBe(0);
}

/** Names of all alerts that a scenario of this file expects at least once. */
const seenToFire = new Set<string>();

/** The body of a test that holds Prometheus to a scenario. */
function expecting(scenario: Scenario): (context: TestContext) => Promise<void> {
  for (const alert of Object.values(scenario.fired).flat()) seenToFire.add(`FcAsync${alert.name}`);
  return (context) => expectAlerts(scenario, context);
}

const failing = (reason: string, minute: number): Readonly<Record<string, string>> => ({
  aliyun_fc_async_task_up: from(minute, 1, 0),
  aliyun_fc_async_task_last_success_timestamp_seconds: `0+60x${minute - 1} ${(minute - 1) * 60}x${SCENARIO_MINUTES - minute}`,
  [`aliyun_fc_async_task_poll_failures_total{reason="${reason}"}`]: `0x${minute - 1} 1+1x${SCENARIO_MINUTES - minute}`,
});

/** The list is shown for a quarter of an hour after its last reading, then no longer. */
const expired = (minute: number): Readonly<Record<string, string>> => ({
  aliyun_fc_async_task_account_functions: until(minute + 15, 10),
  'aliyun_fc_async_task_functions{service_name="billing"}': until(minute + 15, 6),
  'aliyun_fc_async_task_functions{service_name="orders"}': until(minute + 15, 4),
  aliyun_fc_async_task_services: until(minute + 15, 2),
  aliyun_fc_async_task_series_dropped: until(minute + 15, 0),
  aliyun_fc_async_task_overflow_services: until(minute + 15, 0),
});

const stale = (age: string): Fired => ({ name: "InventoryStale", values: { "$value | humanizeDuration": age } });
const POLL_FAILING: Fired = { name: "PollFailing" };

describe("the exporter", () => {
  test(
    "that is healthy fires nothing at any time",
    expecting({
      series: exporterSeries(A),
      fired: { 0: [], 5: [], 30: [], 90: [], 180: [] },
    }),
  );

  test(
    "that nobody scrapes is absent after five minutes",
    expecting({
      series: [],
      fired: { 4: [], 5: [{ name: "ExporterAbsent", labels: { job: "fc-async" } }] },
    }),
  );

  test(
    "that does not answer is down after five minutes, which is not absent, and what it said before is no loss",
    expecting({
      series: [
        ...exporterSeries(A, { up: from(30, 1, 0) }).filter(({ series }) => series.startsWith("up{")),
        ...exporterSeries(A, { up: undefined }).map(({ series }) => ({ series, values: until(30, 1) })),
      ].map(({ series, values }) =>
        series.includes("last_success") ? { series, values: "0+60x29 stale" } : { series, values },
      ),
      fired: { 34: [], 36: [{ name: "ExporterDown", labels: { job: "fc-async", instance: A } }] },
    }),
  );

  test(
    "whose new configuration is refused says so after five minutes, and no longer once it is corrected",
    expecting({
      series: exporterSeries(A, { aliyun_fc_exporter_config_last_reload_successful: "1x29 0x29 1x120" }),
      fired: { 34: [], 36: [{ name: "ConfigReloadFailed", labels: { job: "fc-async", instance: A } }], 61: [] },
    }),
  );
});

describe("reading", () => {
  test(
    "that fails during an outage fires the alerts on reading and none on loss, also when the list expires, and is quiet after it",
    expecting({
      series: exporterSeries(A, {
        ...expired(30),
        aliyun_fc_async_task_up: "1x29 0x89 1x60",
        aliyun_fc_async_task_last_success_timestamp_seconds: "0+60x29 1740x89 7200+60x60",
        'aliyun_fc_async_task_poll_failures_total{reason="server"}': "0x29 1+1x89 90x60",
        aliyun_fc_async_task_account_functions: "10x44 _x74 10x60",
        'aliyun_fc_async_task_functions{service_name="billing"}': "6x44 stale _x73 6x60",
        'aliyun_fc_async_task_functions{service_name="orders"}': "4x44 stale _x73 4x60",
      }),
      fired: {
        36: [],
        39: [stale("10m 0s")],
        50: [POLL_FAILING, stale("21m 0s")],
        119: [POLL_FAILING, stale("1h 30m 0s")],
        121: [],
        180: [],
      },
    }),
  );

  test(
    "of two replicas that show different lists during an outage is no drift",
    expecting({
      series: [
        ...exporterSeries(A, failing("server", 30)),
        ...exporterSeries(B, { ...failing("server", 30), aliyun_fc_async_task_account_functions: always(11) }).map(
          ({ series, values }) => ({ series, values: series.includes("task_functions{") ? always(0) : values }),
        ),
      ],
      fired: {
        20: [{ name: "ReplicaDrift", labels: { ...TARGET }, values: { $value: "11" } }],
        31: [],
        50: [A, B].flatMap((instance) => {
          const labels = { ...OF_A, instance };
          return [
            { ...POLL_FAILING, labels },
            { ...stale("21m 0s"), labels },
          ];
        }),
      },
    }),
  );

  test(
    "that fails once and then works fires nothing",
    expecting({
      series: exporterSeries(A, {
        aliyun_fc_async_task_up: "1x29 0x1 1x150",
        'aliyun_fc_async_task_poll_failures_total{reason="server"}': from(30, 0, 1),
      }),
      fired: { 31: [], 45: [] },
    }),
  );

  test(
    "that never worked has no count and is no loss",
    expecting({
      series: exporterSeries(A, {
        ...failing("denied", 1),
        ...Object.fromEntries(Object.keys(expired(0)).map((name) => [name, undefined])),
        aliyun_fc_async_task_last_success_timestamp_seconds: undefined,
        aliyun_fc_async_task_up: always(0),
      }),
      fired: {
        4: [],
        9: [{ name: "CredentialsRejected" }],
        16: [{ name: "CredentialsRejected" }, POLL_FAILING, { name: "NeverPolled" }],
      },
    }),
  );

  test(
    "with a key that expired fires until the key is replaced",
    expecting({
      series: exporterSeries(A, {
        aliyun_fc_async_task_up: "1x29 0x30 1x120",
        aliyun_fc_async_task_last_success_timestamp_seconds: "0+60x29 1740x30 3660+60x120",
        'aliyun_fc_async_task_poll_failures_total{reason="auth"}': "0x29 1x30 1x120",
      }),
      fired: {
        34: [],
        38: [{ name: "CredentialsRejected" }, stale("9m 0s")],
        61: [],
      },
    }),
  );

  test(
    "that is throttled now and then fires nothing, and often after a quarter of an hour",
    expecting({
      series: exporterSeries(A, {
        'aliyun_fc_api_request_failures_total{reason="throttled"}': `0x9 1x49 1+0.5x120`,
      }),
      fired: { 12: [], 26: [], 60: [], 95: [{ name: "Throttled", values: { "$value | humanizePercentage": "50%" } }] },
    }),
  );

  test(
    "that is led in a circle fires at once and for an hour",
    expecting({
      series: exporterSeries(A, { 'aliyun_fc_async_task_poll_failures_total{reason="pagination"}': from(30, 0, 1) }),
      fired: { 29: [], 30: [{ name: "PaginationGuard" }], 80: [{ name: "PaginationGuard" }], 91: [] },
    }),
  );

  test(
    "that takes nearly the whole interval fires after a quarter of an hour, and one slow walk does not",
    expecting({
      series: exporterSeries(A, { aliyun_fc_async_task_last_poll_duration_seconds: "2x9 55x1 2x19 50x150" }),
      fired: {
        11: [],
        44: [],
        47: [{ name: "NearPollOverrun", values: { "$value | humanizeDuration": "50s" } }],
      },
    }),
  );

  test(
    "of a target that was taken out of the configuration ends without a word",
    expecting({
      series: exporterSeries(A).map(({ series, values }) =>
        /^(?:up|aliyun_fc_exporter)/u.test(series)
          ? { series, values }
          : { series, values: `${values.replace(/x\d+$/u, "x29")} stale` },
      ),
      fired: { 36: [], 60: [] },
    }),
  );
});

describe("what is read", () => {
  const gone = {
    aliyun_fc_async_task_account_functions: from(30, 10, 0),
    aliyun_fc_async_task_services: from(30, 2, 0),
    'aliyun_fc_async_task_functions{service_name="billing"}': until(30, 6),
    'aliyun_fc_async_task_functions{service_name="orders"}': until(30, 4),
  };
  const SERVICES_GONE: readonly Fired[] = [
    { name: "ServiceGone", labels: { ...OF_JOB, service_name: "billing" }, values: { $value: "6" } },
    { name: "ServiceGone", labels: { ...OF_JOB, service_name: "orders" }, values: { $value: "4" } },
  ];

  test(
    "fires when everything is gone, for an hour",
    expecting({
      series: exporterSeries(A, gone),
      fired: { 34: [], 36: [{ name: "AllFunctionsGone", labels: OF_JOB }, ...SERVICES_GONE], 95: [] },
    }),
  );

  test(
    "is waited for until a second walk confirms that everything is gone",
    expecting({
      series: exporterSeries(A, { ...gone, aliyun_fc_async_task_shrink_unconfirmed: "0x29 1x9 0x140" }),
      fired: {
        38: SERVICES_GONE,
        44: SERVICES_GONE,
        46: [{ name: "AllFunctionsGone", labels: OF_JOB }, ...SERVICES_GONE],
      },
    }),
  );

  test(
    "is gone also when the exporter was replaced meanwhile",
    expecting({
      series: [
        ...exporterSeries(A).map(({ series, values }) => ({
          series,
          values: `${values.replace(/x\d+$/u, "x29")} stale`,
        })),
        ...exporterSeries(B, {
          ...gone,
          aliyun_fc_async_task_account_functions: always(0),
          'aliyun_fc_async_task_functions{service_name="billing"}': undefined,
          'aliyun_fc_async_task_functions{service_name="orders"}': undefined,
        }).map(({ series, values }) => ({ series, values: `_x29 ${values}` })),
      ].map(({ series, values }) =>
        series.includes("last_success") && values.startsWith("_")
          ? { series, values: "_x29 1800+60x150" }
          : { series, values },
      ),
      fired: { 29: [], 37: [{ name: "AllFunctionsGone", labels: OF_JOB }, ...SERVICES_GONE] },
    }),
  );

  test(
    "is no loss where the account never had any",
    expecting({
      series: exporterSeries(A, {
        aliyun_fc_async_task_account_functions: always(0),
        aliyun_fc_async_task_services: always(0),
        'aliyun_fc_async_task_functions{service_name="billing"}': undefined,
        'aliyun_fc_async_task_functions{service_name="orders"}': undefined,
      }),
      fired: { 30: [], 90: [] },
    }),
  );

  test(
    "fires when more than half is gone, and not at half",
    expecting({
      series: exporterSeries(A, {
        aliyun_fc_async_task_account_functions: "10x29 5x29 4x120",
        'aliyun_fc_async_task_functions{service_name="billing"}': "6x29 3x29 2x120",
        'aliyun_fc_async_task_functions{service_name="orders"}': "4x29 2x150",
      }),
      fired: { 45: [], 64: [], 67: [{ name: "SharpDrop", labels: OF_JOB, values: { $value: "4" } }] },
    }),
  );

  test(
    "fires when one service is gone, and not when it comes back within five minutes",
    expecting({
      series: exporterSeries(A, {
        aliyun_fc_async_task_account_functions: "10x9 6x2 10x17 6x150",
        'aliyun_fc_async_task_functions{service_name="orders"}': "4x9 stale _x2 4x16 stale",
      }),
      fired: {
        12: [],
        16: [],
        37: [{ name: "ServiceGone", labels: { ...OF_JOB, service_name: "orders" }, values: { $value: "4" } }],
      },
    }),
  );

  test(
    "that is folded by the cap is left out, not gone",
    expecting({
      series: exporterSeries(A, {
        'aliyun_fc_async_task_functions{service_name="orders"}': until(30, 4),
        'aliyun_fc_async_task_functions{service_name="__overflow__"}': "_x29 4x150",
        aliyun_fc_async_task_overflow_services: from(30, 0, 1),
      }),
      fired: { 40: [], 46: [{ name: "SeriesDropped", values: { $value: "1" } }] },
    }),
  );

  test(
    "is not lost because only an older list of another replica is left, which lacks it",
    expecting({
      series: [
        ...exporterSeries(A).map(({ series, values }) => ({
          series,
          values: `${values.replace(/x\d+$/u, "x29")} stale`,
        })),
        ...exporterSeries(B, {
          ...failing("server", 20),
          aliyun_fc_async_task_account_functions: always(6),
          'aliyun_fc_async_task_functions{service_name="orders"}': undefined,
        }),
      ],
      fired: {
        36: [
          { ...POLL_FAILING, labels: { ...OF_A, instance: B } },
          { ...stale("17m 0s"), labels: { ...OF_A, instance: B } },
        ],
      },
    }),
  );

  test(
    "without names because there are too many is said, too, and ends when the cap is raised",
    expecting({
      series: exporterSeries(A, { aliyun_fc_async_task_series_dropped: "0x29 12000x29 0x120" }),
      fired: { 44: [], 46: [{ name: "SeriesDropped", values: { $value: "12000" } }], 61: [] },
    }),
  );

  test(
    "differently by two replicas is drift after a quarter of an hour",
    expecting({
      series: [...exporterSeries(A), ...exporterSeries(B, { aliyun_fc_async_task_account_functions: from(30, 10, 8) })],
      fired: { 44: [], 46: [{ name: "ReplicaDrift", labels: { ...TARGET }, values: { $value: "10" } }] },
    }),
  );

  test(
    "equally by two replicas is none, and the one that just started and has read nothing does not count",
    expecting({
      series: [
        ...exporterSeries(A),
        ...exporterSeries(B).map(({ series, values }) => ({ series, values: `_x29 ${values}` })),
      ].map(({ series, values }) =>
        series.includes(`"${B}"`) && series.includes("last_success")
          ? { series, values: "_x29 1800+60x150" }
          : { series, values },
      ),
      fired: { 20: [], 46: [] },
    }),
  );
});

test("every alert fires in one of these scenarios, and all are silent in another", () => {
  expect(ALERTS.map(({ name }) => name).filter((name) => !seenToFire.has(name))).toEqual([]);
});

test("promtool finds nothing wrong with the rules", async (context) => {
  requireProgram("promtool", context);
  const { code, stdout } = await runToEnd(".", "promtool", ["check", "rules", "--lint=all", "--lint-fatal", RULES]);
  expect(stdout).toContain(`SUCCESS: ${ALERTS.length + RECORDINGS.length} rules found`);
  expect(code).toBe(0);
});

test("recorded series count a function once however many replicas show it", async (context) => {
  requireProgram("promtool", context);
  const labels = Object.entries(OF_JOB).map(([name, value]) => `${name}="${value}"`);
  const recorded: Readonly<Record<string, number>> = {
    [`target_service:aliyun_fc_async_task_functions:max{${labels.join(",")},service_name="billing"}`]: 6,
    'service:aliyun_fc_async_task_functions:sum{job="fc-async",service_name="orders"}': 4,
    [`target:aliyun_fc_async_task_account_functions:max{${labels.join(",")}}`]: 10,
    [`target:aliyun_fc_async_task_services:max{${labels.join(",")}}`]: 2,
    [`target:aliyun_fc_async_task_up:min{${labels.join(",")}}`]: 0,
    [`target:aliyun_fc_async_task_snapshot_age_seconds:max{${labels.join(",")}}`]: 31 * 60,
    [`target_reason:aliyun_fc_async_task_poll_failures:rate15m{${labels.join(",")},reason="server"}`]: 1 / 60,
    [`target:aliyun_fc_api_requests:rate15m{${labels.join(",")}}`]: 2 / 60,
  };
  const { stdout, stderr } = await promtoolTest([RULES], {
    input_series: [...exporterSeries(A), ...exporterSeries(B, failing("server", 30))],
    promql_expr_test: Object.entries(recorded).map(([series, value]) => ({
      expr: series,
      eval_time: "60m",
      exp_samples: [{ labels: series, value }],
    })),
  });
  expect(Object.keys(recorded).map((series) => series.split("{")[0])).toEqual(RECORDINGS.map(({ name }) => name));
  expect(`${stdout}${stderr}`).toContain("SUCCESS");
});
