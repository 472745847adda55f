import { OVERFLOW_SERVICE_NAME } from "@fc-async/exposition";
import { JOB, REASON, REPLICA, SERVICE_NAME, TARGET } from "../promql/labels.ts";
import { scrapeSeries, series } from "../promql/selector.ts";
import type { Alert } from "./alert.ts";

const UP = series("aliyun_fc_async_task_up");
const LAST_SUCCESS = series("aliyun_fc_async_task_last_success_timestamp_seconds");
const POLL_INTERVAL = series("aliyun_fc_async_task_poll_interval_seconds");
const ACCOUNT_FUNCTIONS = series("aliyun_fc_async_task_account_functions");
const FUNCTIONS = series("aliyun_fc_async_task_functions", [SERVICE_NAME, "!=", OVERFLOW_SERVICE_NAME]);

/** Counts of replicas whose last walk read every page. What an exporter could not read is no statement about the account. */
const KNOWN_FUNCTIONS = `${ACCOUNT_FUNCTIONS} and ${UP} == 1`;
/** The most functions any replica, also one that is gone by now, has seen in the last hour. */
const MOST_FUNCTIONS = `max without (${REPLICA}) (max_over_time(${ACCOUNT_FUNCTIONS}[1h]))`;
/** The list that shrank by more than half has been read a second time. */
const CONFIRMED = `on (${TARGET}) max by (${TARGET}) (${series("aliyun_fc_async_task_shrink_unconfirmed")}) == 0`;

const TARGET_TEXT = "{{ $labels.account_id }}/{{ $labels.region_id }}";

/** Every alert, in the order of the file: the exporter, its reading, what it reads. */
export const ALERTS: readonly Alert[] = [
  {
    name: "FcAsyncExporterAbsent",
    severity: "critical",
    // Not `absent(up{…} == 1)`: that would lose the job label, and fire for a target that is only down.
    expression: `absent(${scrapeSeries("up", ["job", "=", JOB])})`,
    holdsFor: "5m",
    when: "Prometheus has no target of the job at all.",
    summary: "Prometheus does not know any fc-async exporter",
    description:
      "No target of job {{ $labels.job }} is configured or discovered. Nothing about asynchronous tasks is known, and none of the other alerts can fire.",
  },
  {
    name: "FcAsyncExporterDown",
    severity: "critical",
    expression: `${scrapeSeries("up", ["job", "=", JOB])} == 0`,
    holdsFor: "5m",
    when: "Prometheus cannot scrape an exporter.",
    summary: "The fc-async exporter {{ $labels.instance }} cannot be scraped",
    description:
      "Prometheus gets no answer, or a refused one, from {{ $labels.instance }}. Its counts are gone from graphs; they are not zero.",
  },
  {
    name: "FcAsyncPollFailing",
    severity: "warning",
    expression: `${UP} == 0`,
    holdsFor: "10m",
    when: "A target could not be read for ten minutes.",
    summary: `The functions of ${TARGET_TEXT} cannot be read`,
    description: `Every walk of ${TARGET_TEXT} by {{ $labels.instance }} has failed for ten minutes. The last complete list is still shown until it is older than poll.max_staleness; a partial one never is.`,
  },
  {
    name: "FcAsyncInventoryStale",
    severity: "warning",
    expression: `time() - ${LAST_SUCCESS} > 3 * ${POLL_INTERVAL}`,
    holdsFor: "5m",
    when: "The last complete list of a target is older than three poll intervals.",
    summary: `The list of ${TARGET_TEXT} is {{ $value | humanizeDuration }} old`,
    description: `{{ $labels.instance }} read every page of ${TARGET_TEXT} last {{ $value | humanizeDuration }} ago, more than three poll intervals. What graphs show of it is that old.`,
  },
  {
    name: "FcAsyncNeverPolled",
    severity: "warning",
    expression: `${UP} == 0 unless ${LAST_SUCCESS}`,
    holdsFor: "15m",
    when: "A target has not been read once since the exporter started.",
    summary: `${TARGET_TEXT} has never been read`,
    description: `{{ $labels.instance }} has not read a complete list of ${TARGET_TEXT} since it started. There is no count of it, not even zero: most likely the account, the region, the credentials or the permission is wrong.`,
  },
  {
    name: "FcAsyncCredentialsRejected",
    severity: "critical",
    // Failing targets are tried every half hour in the end, and the failure must stay within the window until the next try.
    expression: `sum without (${REASON}) (increase(${series("aliyun_fc_async_task_poll_failures_total", [REASON, "=~", "auth|denied"])}[1h])) > 0 and ${UP} == 0`,
    holdsFor: "5m",
    when: "The service refuses a target's key or permission.",
    summary: `The credentials for ${TARGET_TEXT} are refused`,
    description: `Alibaba Cloud refuses the key of ${TARGET_TEXT}, or its permission. Retrying does not help: rotate the key, or grant fc:ListStatefulAsyncInvocationFunctions on *.`,
  },
  {
    name: "FcAsyncThrottled",
    severity: "warning",
    expression: `sum without (${REASON}) (increase(${series("aliyun_fc_api_request_failures_total", [REASON, "=", "throttled"])}[15m])) / increase(${series("aliyun_fc_api_requests_total")}[15m]) > 0.1`,
    holdsFor: "15m",
    when: "More than a tenth of a target's requests are throttled.",
    summary: `{{ $value | humanizePercentage }} of the requests to ${TARGET_TEXT} are throttled`,
    description: `The service answers {{ $value | humanizePercentage }} of the requests of {{ $labels.instance }} to ${TARGET_TEXT} with "slow down". Walks take longer and may fail; other users of the account's quota feel it too.`,
  },
  {
    name: "FcAsyncPaginationGuard",
    severity: "warning",
    expression: `sum without (${REASON}) (increase(${series("aliyun_fc_async_task_poll_failures_total", [REASON, "=", "pagination"])}[1h])) > 0`,
    holdsFor: "0s",
    when: "A walk was given up because its page tokens did not lead to an end.",
    summary: `The pages of ${TARGET_TEXT} do not come to an end`,
    description: `A walk of ${TARGET_TEXT} by {{ $labels.instance }} was given up within the last hour: a page token came twice, expired or led in a circle. The list before it stays.`,
  },
  {
    name: "FcAsyncNearPollOverrun",
    severity: "info",
    expression: `${series("aliyun_fc_async_task_last_poll_duration_seconds")} > 0.8 * ${POLL_INTERVAL}`,
    holdsFor: "15m",
    when: "Reading a target takes more than four fifths of its poll interval.",
    summary: `Reading ${TARGET_TEXT} takes {{ $value | humanizeDuration }}, nearly its whole interval`,
    description: `Walks of ${TARGET_TEXT} by {{ $labels.instance }} take {{ $value | humanizeDuration }}, more than four fifths of poll.interval. Longer ones skip polls, and the list gets older than configured.`,
  },
  {
    name: "FcAsyncConfigReloadFailed",
    severity: "warning",
    expression: `${series("aliyun_fc_exporter_config_last_reload_successful")} == 0`,
    holdsFor: "5m",
    when: "An exporter refused its changed configuration.",
    summary: "The configuration of {{ $labels.instance }} was refused",
    description:
      "{{ $labels.instance }} could not take its configuration into use and works on with the one before. A restart now would not come up.",
  },
  {
    name: "FcAsyncSeriesDropped",
    severity: "info",
    expression: `${series("aliyun_fc_async_task_series_dropped")} > 0 or ${series("aliyun_fc_async_task_overflow_services")} > 0`,
    holdsFor: "15m",
    when: "The series cap leaves out function names or folds services of a target.",
    summary: `The series cap leaves out {{ $value }} of ${TARGET_TEXT}`,
    description: `${TARGET_TEXT} has more functions than exporter.max_info_series, or more services than fit, so {{ $value }} of them have no series of their own on {{ $labels.instance }}. Totals stay exact.`,
  },
  {
    name: "FcAsyncReplicaDrift",
    severity: "warning",
    expression: `max by (${TARGET}) (${KNOWN_FUNCTIONS}) != min by (${TARGET}) (${KNOWN_FUNCTIONS})`,
    holdsFor: "15m",
    when: "Replicas that both read everything count differently.",
    summary: `Replicas count ${TARGET_TEXT} differently`,
    description: `Replicas whose last walk of ${TARGET_TEXT} was complete have shown different counts for 15 minutes, the highest {{ $value }}. They most likely run with different configurations, keys or filters.`,
  },
  {
    name: "FcAsyncAllFunctionsGone",
    severity: "critical",
    expression: `max without (${REPLICA}) (${KNOWN_FUNCTIONS}) == 0 and ${MOST_FUNCTIONS} > 0 and ${CONFIRMED}`,
    holdsFor: "5m",
    when: "A target that had functions with asynchronous tasks within the hour has none left, as a complete list says.",
    summary: `No function of ${TARGET_TEXT} has asynchronous tasks any more`,
    description: `A complete list of ${TARGET_TEXT} is empty, and within the last hour it was not. This is no failure to read: asynchronous tasks were switched off, usually by a deployment.`,
  },
  {
    name: "FcAsyncSharpDrop",
    severity: "warning",
    expression: `max without (${REPLICA}) (${KNOWN_FUNCTIONS}) < 0.5 * ${MOST_FUNCTIONS} > 0 and ${CONFIRMED}`,
    holdsFor: "5m",
    when: "A target lost more than half of its functions with asynchronous tasks within the hour, as a complete list says.",
    summary: `${TARGET_TEXT} lost more than half of its functions with asynchronous tasks`,
    description: `A complete list of ${TARGET_TEXT} has {{ $value }} functions with asynchronous tasks, less than half of what it had within the last hour. This is no failure to read.`,
  },
  {
    name: "FcAsyncServiceGone",
    severity: "warning",
    // A folded service has no series of its own and is not gone, hence the last condition.
    expression: `max without (${REPLICA}) (max_over_time(${FUNCTIONS}[1h])) unless max without (${REPLICA}) (${FUNCTIONS}) and on (${TARGET}) max by (${TARGET}) (${UP}) == 1 and on (${TARGET}) max by (${TARGET}) (${series("aliyun_fc_async_task_overflow_services")}) == 0`,
    holdsFor: "5m",
    when: "A service that had functions with asynchronous tasks within the hour has none left, as a complete list says.",
    summary: `Service {{ $labels.service_name }} of ${TARGET_TEXT} has no asynchronous tasks any more`,
    description: `Service {{ $labels.service_name }} had {{ $value }} functions with asynchronous tasks within the last hour, and a complete list of ${TARGET_TEXT} no longer has any. This is no failure to read: they were switched off or deleted.`,
  },
];
