import { TARGET_LABEL_NAMES, type LabelsOf } from "@fc-async/exposition";
import type { ScrapeLabel } from "./selector.ts";

/** What names a target, as PromQL writes it behind `by` and `on`. */
export const TARGET: string = TARGET_LABEL_NAMES.join(", ");

/** The labels in which two replicas of one exporter differ. */
export const REPLICA: string = (["instance", "pod"] satisfies readonly ScrapeLabel[]).join(", ");

export const SERVICE_NAME: LabelsOf<"aliyun_fc_async_task_functions"> = "service_name";

export const REASON: LabelsOf<"aliyun_fc_async_task_poll_failures_total"> = "reason";

/** The job that every scrape configuration in `deploy/prometheus` gives the exporter. */
export const JOB = "fc-async";
