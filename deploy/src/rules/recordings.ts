import { REASON, REPLICA, SERVICE_NAME } from "../promql/labels.ts";
import { series } from "../promql/selector.ts";
import type { Recording } from "./alert.ts";

/**
 * Series without replicas: each replica exposes every target, so a plain sum over two of them counts everything twice.
 */
export const RECORDINGS: readonly Recording[] = [
  {
    name: "target_service:aliyun_fc_async_task_functions:max",
    expression: `max without (${REPLICA}) (${series("aliyun_fc_async_task_functions")})`,
    reason: "Functions of a service in an account and region.",
  },
  {
    name: "service:aliyun_fc_async_task_functions:sum",
    expression: `sum by (job, ${SERVICE_NAME}) (target_service:aliyun_fc_async_task_functions:max)`,
    reason: "Functions of services of one name, over all accounts and regions.",
  },
  {
    name: "target:aliyun_fc_async_task_account_functions:max",
    expression: `max without (${REPLICA}) (${series("aliyun_fc_async_task_account_functions")})`,
    reason: "Functions of an account in a region; 0 where there are none, no series where nobody knows.",
  },
  {
    name: "target:aliyun_fc_async_task_services:max",
    expression: `max without (${REPLICA}) (${series("aliyun_fc_async_task_services")})`,
    reason: "Services with such functions in an account and region.",
  },
  {
    name: "target:aliyun_fc_async_task_up:min",
    expression: `min without (${REPLICA}) (${series("aliyun_fc_async_task_up")})`,
    reason: "1 when every replica read the whole list last time.",
  },
  {
    name: "target:aliyun_fc_async_task_snapshot_age_seconds:max",
    expression: `max without (${REPLICA}) (time() - ${series("aliyun_fc_async_task_last_success_timestamp_seconds")})`,
    reason: "Age of the oldest list that a replica shows.",
  },
  {
    name: "target_reason:aliyun_fc_async_task_poll_failures:rate15m",
    expression: `sum without (${REPLICA}) (rate(${series("aliyun_fc_async_task_poll_failures_total")}[15m]))`,
    reason: `Failed walks a second, by ${REASON}.`,
  },
  {
    name: "target:aliyun_fc_api_requests:rate15m",
    expression: `sum without (${REPLICA}) (rate(${series("aliyun_fc_api_requests_total")}[15m]))`,
    reason: "Requests a second that the API sees of all replicas together.",
  },
];
