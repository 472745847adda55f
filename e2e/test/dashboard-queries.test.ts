import { expect, test, type TestContext } from "vitest";
import { DASHBOARD_UIDS, filledIn, readDashboard } from "../dashboard-file.ts";
import { promtoolTest } from "../promtool-test.ts";
import { requireProgram } from "../required-program.ts";

/** Series of one account and region, with further labels: a value an hour. */
interface HourlySeries {
  readonly name: string;
  readonly region: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly instance?: string;
  readonly values: string;
}

/** A day and a few hours: what is asked at the end looks back 24 hours. */
const HOURS = 30;
const ACCOUNT = "1000000000000001";

const written = (labels: Readonly<Record<string, string>>): string =>
  `{${Object.entries(labels)
    .map(([name, value]) => `${name}="${value}"`)
    .join(",")}}`;

function promtoolSeries({ name, region, labels = {}, instance = "a:10406", values }: HourlySeries) {
  const all = { job: "fc-async", instance, account_id: ACCOUNT, region_id: region, fc_version: "2", ...labels };
  return { series: `${name}${written(all)}`, values };
}

async function queryOf(title: string, refId: string): Promise<string> {
  for (const uid of DASHBOARD_UIDS) {
    const dashboard = await readDashboard(uid);
    const target = dashboard.panels
      .find((panel) => panel.title === title)
      ?.targets.find((each) => each.refId === refId);
    if (target !== undefined) return filledIn(dashboard, target.expr, "5m");
  }
  return expect.fail(`no query ${refId} of a panel ${title}`);
}

/** Expects what a panel's query says at the end. */
async function expectAnswer(
  context: TestContext,
  series: readonly HourlySeries[],
  expr: string,
  answers: readonly (readonly [Readonly<Record<string, string>>, number])[],
): Promise<void> {
  requireProgram("promtool", context);
  const { stdout, stderr } = await promtoolTest([], {
    interval: "1h",
    input_series: series.map((each) => promtoolSeries(each)),
    promql_expr_test: [
      {
        expr,
        eval_time: `${HOURS}h`,
        exp_samples: answers.map(([labels, value]) => ({ labels: written(labels), value })),
      },
    ],
  });
  expect(`${stdout}${stderr}`).toContain("SUCCESS");
}

const functions = (region: string, service: string, values: string): HourlySeries => ({
  name: "aliyun_fc_async_task_functions",
  region,
  labels: { service_name: service },
  values,
});
const known = (region: string, values: string): HourlySeries => ({
  name: "aliyun_fc_async_task_account_functions",
  region,
  values,
});

/** One region that was known all along, one whose list is too old to be shown, one that is new in the configuration. */
const TWO_DAYS: readonly HourlySeries[] = [
  known("cn-hangzhou", `12x${HOURS}`),
  functions("cn-hangzhou", "steady", `5x${HOURS}`),
  functions("cn-hangzhou", "grew", "2x19 6x11"),
  functions("cn-hangzhou", "new", "_x19 3x11"),
  functions("cn-hangzhou", "gone", "4x19 stale"),
  known("cn-shanghai", "9x19 stale"),
  functions("cn-shanghai", "unknown", "9x19 stale"),
  known("eu-central-1", "_x19 7x11"),
  functions("eu-central-1", "first", "_x19 7x11"),
];

const at = (region: string, service: string) => ({ account_id: ACCOUNT, region_id: region, service_name: service });

test("the table of services has those that are gone, with 0, and none of a region that nobody knows", async (context) => {
  await expectAnswer(context, TWO_DAYS, await queryOf("Services against yesterday", "A"), [
    [at("cn-hangzhou", "gone"), 0],
    [at("cn-hangzhou", "grew"), 6],
    [at("cn-hangzhou", "new"), 3],
    [at("cn-hangzhou", "steady"), 5],
    [at("eu-central-1", "first"), 7],
  ]);
});

test("it tells growth, birth and end apart from a region that was not watched yet a day ago", async (context) => {
  await expectAnswer(context, TWO_DAYS, await queryOf("Services against yesterday", "B"), [
    [at("cn-hangzhou", "gone"), -4],
    [at("cn-hangzhou", "grew"), 4],
    [at("cn-hangzhou", "new"), 3],
    [at("cn-hangzhou", "steady"), 0],
    [at("eu-central-1", "first"), 0],
  ]);
});

test("a target is read, or shown although older, or unknown, under its alias where it has one", async (context) => {
  const up = (region: string, value: number): HourlySeries => ({
    name: "aliyun_fc_async_task_up",
    region,
    values: `${value}x${HOURS}`,
  });
  const alias = (region: string): HourlySeries => ({
    name: "aliyun_fc_async_task_target_info",
    region,
    labels: { alias: "prod" },
    values: `1x${HOURS}`,
  });
  const series = [
    up("cn-hangzhou", 1),
    known("cn-hangzhou", `3x${HOURS}`),
    alias("cn-hangzhou"),
    up("cn-shanghai", 0),
    known("cn-shanghai", `3x${HOURS}`),
    alias("cn-shanghai"),
    up("eu-central-1", 0),
  ];
  const place = (region: string) => ({ account_id: ACCOUNT, region_id: region });
  await expectAnswer(context, series, await queryOf("Could it be read?", "A"), [
    [{ ...place("cn-hangzhou"), alias: "prod", target: "prod/cn-hangzhou" }, 1],
    [{ ...place("cn-shanghai"), alias: "prod", target: "prod/cn-shanghai" }, 0],
    [{ ...place("eu-central-1"), target: `${ACCOUNT}/eu-central-1` }, -1],
  ]);
});

test("two replicas count every function once", async (context) => {
  const first = known("cn-hangzhou", `12x${HOURS}`);
  const series = [first, { ...first, instance: "b:10406" }];
  await expectAnswer(context, series, await queryOf("Functions", "A"), [[{}, 12]]);
});
