import {
  API_REQUEST_DURATION_BUCKETS_SECONDS,
  CATALOGUE,
  targetFamiliesFromPromClient,
  type TargetExposition,
  type TargetMetricName,
} from "@fc-async/exposition";
import type { PollEvent } from "@fc-async/inventory";
import { FAILURE_REASONS, QUIRKS, type CallEvent } from "@fc-async/protocol";
import { Counter, Gauge, Histogram, Registry } from "prom-client";

/** The counters of one target. They live as long as the target does. */
export interface EventMetrics {
  observe(event: PollEvent): void;
  /** As they stand, for `setTarget`. */
  families(): Promise<TargetExposition["families"]>;
}

/**
 * Counts what happens to one target. Its registry carries no target labels: they are written once for the whole block. Every
 * reason and quirk stands at 0 from the start, so that `increase()` sees the first one.
 */
export function createEventMetrics(): EventMetrics {
  const registry = new Registry();
  const counter = <Label extends string = never>(
    name: TargetMetricName,
    labelNames: readonly Label[] = [],
  ): Counter<Label> => new Counter({ name, help: helpOf(name), labelNames: [...labelNames], registers: [registry] });

  const polls = counter("aliyun_fc_async_task_polls_total");
  const pollFailures = counter("aliyun_fc_async_task_poll_failures_total", ["reason"]);
  const pollsSkipped = counter("aliyun_fc_async_task_polls_skipped_total");
  const functionsAdded = counter("aliyun_fc_async_task_functions_added_total");
  const functionsRemoved = counter("aliyun_fc_async_task_functions_removed_total");
  const quirks = counter("aliyun_fc_async_task_quirks_total", ["quirk"]);
  const requests = counter("aliyun_fc_api_requests_total");
  const requestFailures = counter("aliyun_fc_api_request_failures_total", ["reason"]);
  const requestRetries = counter("aliyun_fc_api_request_retries_total");
  const limiterWaitSeconds = counter("aliyun_fc_api_rate_limit_wait_seconds_total");
  const clockSkewSeconds = new Gauge({
    name: "aliyun_fc_api_clock_skew_seconds",
    help: helpOf("aliyun_fc_api_clock_skew_seconds"),
    registers: [registry],
  });
  const requestSeconds = new Histogram({
    name: "aliyun_fc_api_request_duration_seconds",
    help: helpOf("aliyun_fc_api_request_duration_seconds"),
    buckets: [...API_REQUEST_DURATION_BUCKETS_SECONDS],
    registers: [registry],
  });
  for (const reason of FAILURE_REASONS) {
    pollFailures.inc({ reason }, 0);
    requestFailures.inc({ reason }, 0);
  }
  for (const quirk of QUIRKS) quirks.inc({ quirk }, 0);

  function observeCall(call: CallEvent): void {
    switch (call.type) {
      case "attempt":
        requests.inc();
        requestSeconds.observe(call.durationMs / 1000);
        if (call.outcome !== "ok") requestFailures.inc({ reason: call.outcome });
        break;
      case "retry":
        requestRetries.inc();
        break;
      case "rate_limit_wait":
        limiterWaitSeconds.inc(call.waitMs / 1000);
        break;
      case "clock_skew":
        clockSkewSeconds.set(call.skewMs / 1000);
        break;
    }
  }

  return {
    observe(event) {
      switch (event.type) {
        case "poll_succeeded":
          polls.inc();
          functionsAdded.inc(event.diff?.addedFunctions ?? 0);
          functionsRemoved.inc(event.diff?.removedFunctions ?? 0);
          for (const quirk of QUIRKS) quirks.inc({ quirk }, event.snapshot.quirks[quirk] ?? 0);
          break;
        case "poll_failed":
          polls.inc();
          pollFailures.inc({ reason: event.failure.reason });
          break;
        case "polls_skipped":
          pollsSkipped.inc(event.count);
          break;
        case "call":
          observeCall(event.call);
          break;
        default:
          break;
      }
    },
    async families() {
      return targetFamiliesFromPromClient(await registry.getMetricsAsJSON());
    },
  };
}

function helpOf(name: string): string {
  return CATALOGUE.get(name)?.help ?? name;
}
