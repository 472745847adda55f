import { describe, expect, test } from "vitest";
import { buckets, scrapeSeries, series } from "../src/promql/selector.ts";

describe("a selector", () => {
  test("is the name, and its conditions quoted as PromQL quotes them", () => {
    expect(series("aliyun_fc_async_task_up")).toBe("aliyun_fc_async_task_up");
    expect(series("aliyun_fc_async_task_functions", ["job", "=~", "$job"], ["service_name", "!=", 'a "b" \\ c'])).toBe(
      String.raw`aliyun_fc_async_task_functions{job=~"$job", service_name!="a \"b\" \\ c"}`,
    );
    expect(buckets("aliyun_fc_api_request_duration_seconds", ["account_id", "=", "1"])).toBe(
      'aliyun_fc_api_request_duration_seconds_bucket{account_id="1"}',
    );
    expect(scrapeSeries("up", ["job", "=", "fc-async"])).toBe('up{job="fc-async"}');
  });

  test("of a name or label that the catalogue does not have does not compile", () => {
    const refused = [
      // @ts-expect-error -- no such metric
      series("aliyun_fc_async_task_upp"),
      // @ts-expect-error -- no label of this metric
      series("aliyun_fc_async_task_up", ["service_name", "=", "a"]),
      // @ts-expect-error -- no histogram
      buckets("aliyun_fc_async_task_up"),
    ];
    expect(refused).toHaveLength(3);
  });
});
