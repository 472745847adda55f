/** Who has to do something, and when: `critical` now, `warning` today, `info` when convenient. */
export type Severity = "critical" | "warning" | "info";

/** One alert. Texts for its reader are templates of Prometheus: `{{ $labels.account_id }}`. */
export interface Alert {
  readonly name: string;
  readonly severity: Severity;
  /** PromQL. */
  readonly expression: string;
  /** How long the expression must hold, as Prometheus writes durations. `0s`: at once. */
  readonly holdsFor: string;
  /** One sentence for the table of alerts, without values. */
  readonly when: string;
  readonly summary: string;
  readonly description: string;
}

/** A series that Prometheus computes beside the alerts. */
export interface Recording {
  /** `level:metric:operation`, as https://prometheus.io/docs/practices/rules/ has it. */
  readonly name: string;
  /** PromQL. */
  readonly expression: string;
  /** What it is for, as a comment of the file. */
  readonly reason: string;
}
