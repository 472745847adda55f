import type { LabelsOf, MetricName, TypeOf } from "@fc-async/exposition";

/** Labels that Prometheus and service discovery put beside those of the exporter. */
export type ScrapeLabel = "job" | "instance" | "pod";

/** One condition on a label: `["reason", "=~", "auth|denied"]`. */
export type Matcher<Label extends string> = readonly [Label, "=" | "!=" | "=~" | "!~", string];

/** The families of one type, for example every histogram. */
export type MetricNameOf<Type extends TypeOf<MetricName>> = {
  [Name in MetricName]: TypeOf<Name> extends Type ? Name : never;
}[MetricName];

/**
 * The series of one family, as PromQL selects them: `aliyun_fc_async_task_up{job=~"$job"}`. A name or a label that the catalogue
 * does not have is refused by the compiler.
 */
export function series<Name extends MetricName>(
  name: Name,
  ...matchers: readonly Matcher<LabelsOf<Name> | ScrapeLabel>[]
): string {
  return `${name}${conditions(matchers)}`;
}

/** The buckets of a histogram, as {@link series} selects them. */
export function buckets<Name extends MetricNameOf<"histogram">>(
  name: Name,
  ...matchers: readonly Matcher<LabelsOf<Name> | ScrapeLabel>[]
): string {
  return `${name}_bucket${conditions(matchers)}`;
}

/** What Prometheus itself says of a scrape: whether it worked, how long it took, how many samples came. */
export function scrapeSeries(
  name: "up" | "scrape_duration_seconds" | "scrape_samples_scraped",
  ...matchers: readonly Matcher<ScrapeLabel>[]
): string {
  return `${name}${conditions(matchers)}`;
}

function conditions(matchers: readonly Matcher<string>[]): string {
  if (matchers.length === 0) return "";
  // PromQL's strings are quoted and escaped as JSON's are.
  return `{${matchers.map(([label, operator, value]) => `${label}${operator}${JSON.stringify(value)}`).join(", ")}}`;
}
