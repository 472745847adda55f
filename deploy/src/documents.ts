import { DASHBOARDS } from "./dashboards/dashboards.ts";
import { ALERTS } from "./rules/alerts.ts";
import { alertsDocument } from "./rules/alerts-document.ts";
import { RECORDINGS } from "./rules/recordings.ts";
import { prometheusRuleManifest, rulesFile } from "./rules/rules-file.ts";

/** A file that is made from the sources here and checked in. */
export interface DeployDocument {
  /** From the root of the repository. */
  readonly path: string;
  readonly text: string;
}

/** Every file made from the sources of this package. */
export function deployDocuments(): readonly DeployDocument[] {
  return [
    { path: "deploy/prometheus/rules/fc-async.rules.yaml", text: rulesFile(RECORDINGS, ALERTS) },
    {
      path: "deploy/kubernetes/optional/prometheus-rule.yaml",
      text: prometheusRuleManifest(RECORDINGS, ALERTS),
    },
    ...DASHBOARDS.map((dashboard) => ({
      path: `deploy/grafana/dashboards/${dashboard.uid}.json`,
      text: `${JSON.stringify(dashboard, undefined, 2)}\n`,
    })),
    { path: "docs/alerts.md", text: alertsDocument(RECORDINGS, ALERTS) },
  ];
}
