import { SERVICE_NAME } from "../promql/labels.ts";
import { series } from "../promql/selector.ts";
import { changeAnnotations } from "./annotations.ts";
import { dashboard } from "./dashboard.ts";
import { oldestListPanel } from "./oldest-list-panel.ts";
import { stateTimelinePanel, statPanel, tablePanel, timeSeriesPanel } from "./panels.ts";
import {
  chosen,
  CHOSEN_TARGETS,
  OVERFLOW_NOTE,
  perTarget,
  PLACE,
  TARGET_LEGEND,
  serviceFunctions,
  named,
} from "./selection.ts";
import { commonVariables, serviceVariable } from "./variables.ts";

const STAT = { width: 6, height: 4 } as const;
const HALF = { width: 12, height: 9 } as const;

const KNOWN = `max by (${PLACE}) (${chosen("aliyun_fc_async_task_account_functions")})`;
const READ = `min by (${PLACE}) (${chosen("aliyun_fc_async_task_up")})`;

/** The same a day ago. Only where the target was known then: a young Prometheus has seen nothing appear. */
const KNOWN_BEFORE = `max by (${PLACE}) (${chosen("aliyun_fc_async_task_account_functions")} offset 24h)`;
const SERVICE = `${PLACE}, ${SERVICE_NAME}`;
const NOW_LISTED = `max by (${SERVICE}) (${serviceFunctions()})`;
const THEN_LISTED = `max by (${SERVICE}) (${serviceFunctions(" offset 24h")})`;
/** Also the services that are gone since, with 0, where the target is known today. */
const NOW = `(${NOW_LISTED} or (0 * ${THEN_LISTED} and on (${PLACE}) ${KNOWN}))`;
/** Also the services that are new since, with 0; without a past, as today. */
const THEN = `(${THEN_LISTED} or (0 * ${NOW} and on (${PLACE}) ${KNOWN_BEFORE}) or ${NOW})`;

const FUNCTIONS_OF_SERVICES = `sum by (${SERVICE_NAME}) (${perTarget(serviceFunctions())})`;
const LARGEST_SERVICES = `topk(10, sum by (${SERVICE_NAME}) (${perTarget(serviceFunctions(" @ end()"))}))`;

const STATES = [
  { value: 1, text: "read to the last page", color: "green" },
  { value: 0, text: "last poll failed, older list shown", color: "orange" },
  { value: -1, text: "nothing known", color: "red" },
] as const;

/** What the account has: how many functions, where, which, and whether that is known. */
export const OVERVIEW = dashboard({
  uid: "fc-async-overview",
  title: "fc-async / Overview",
  description:
    "Functions of Alibaba Cloud Function Compute with asynchronous tasks enabled: how many, where, which ones, and how old that knowledge is.",
  variables: [...commonVariables(), serviceVariable()],
  annotations: changeAnnotations(),
  panels: [
    statPanel({
      ...STAT,
      title: "Functions",
      description: "Functions with asynchronous tasks in all accounts and regions chosen, as last read completely.",
      unit: "short",
      queries: [{ expression: `sum(${perTarget(chosen("aliyun_fc_async_task_account_functions"))})` }],
    }),
    statPanel({
      ...STAT,
      title: "Services",
      description: "Services with at least one such function. Services of one name in two regions are two.",
      unit: "short",
      queries: [{ expression: `sum(${perTarget(chosen("aliyun_fc_async_task_services"))})` }],
    }),
    statPanel({
      ...STAT,
      title: "Targets read",
      description:
        "Share of accounts and regions whose last poll read every page. Below 100 %, some of the numbers here are older than they look.",
      unit: "percentunit",
      steps: [
        { from: null, color: "red" },
        { from: 0.5, color: "orange" },
        { from: 1, color: "green" },
      ],
      queries: [{ expression: `avg(${READ})` }],
    }),
    oldestListPanel(STAT),
    timeSeriesPanel({
      ...HALF,
      title: "Functions by service, the ten largest",
      description: `Functions with asynchronous tasks, added up over accounts and regions, of the ten services that have most at the end of the time range. ${OVERFLOW_NOTE}`,
      unit: "short",
      queries: [{ expression: `${FUNCTIONS_OF_SERVICES} and ${LARGEST_SERVICES}`, legend: `{{${SERVICE_NAME}}}` }],
    }),
    timeSeriesPanel({
      ...HALF,
      title: "Functions by account and region",
      description:
        "Functions with asynchronous tasks of each target. A line at 0 means none; a line that ends means nobody knows.",
      unit: "short",
      isStacked: true,
      queries: [{ expression: named(KNOWN), legend: TARGET_LEGEND }],
    }),
    stateTimelinePanel({
      width: 24,
      height: 8,
      title: "Could it be read?",
      description:
        "State of each account and region over time: read completely, failed with an older list shown, or unknown.",
      unit: "short",
      states: STATES,
      queries: [{ expression: named(`(${READ} and ${KNOWN}) or (${READ} - 1)`), legend: TARGET_LEGEND }],
    }),
    tablePanel({
      ...HALF,
      title: "Services against yesterday",
      description: `Functions of each service now and against 24 hours ago. A service that is gone since stands here with 0. ${OVERFLOW_NOTE}`,
      unit: "short",
      noRows: "No service has asynchronous tasks, or nothing is known.",
      queries: [{ expression: NOW }, { expression: `${NOW} - ${THEN}` }],
      columns: [
        { field: "account_id", heading: "Account" },
        { field: "region_id", heading: "Region" },
        { field: SERVICE_NAME, heading: "Service" },
        { field: "Value #A", heading: "Functions" },
        { field: "Value #B", heading: "24 h", isChange: true },
      ],
      sortedBy: "Functions",
    }),
    tablePanel({
      ...HALF,
      title: "Functions one by one",
      description:
        "Every function and qualifier with asynchronous tasks. Empty for a target above exporter.max_info_series; the counts are right all the same.",
      unit: "short",
      noRows: "No function has asynchronous tasks, or the series cap leaves their names out.",
      queries: [
        {
          expression: `max by (${SERVICE}, function_name, qualifier) (${series(
            "aliyun_fc_async_task_function_info",
            ...CHOSEN_TARGETS,
            [SERVICE_NAME, "=~", "$service_name"],
          )})`,
        },
      ],
      columns: [
        { field: "account_id", heading: "Account" },
        { field: "region_id", heading: "Region" },
        { field: SERVICE_NAME, heading: "Service" },
        { field: "function_name", heading: "Function" },
        { field: "qualifier", heading: "Qualifier" },
      ],
    }),
  ],
});
