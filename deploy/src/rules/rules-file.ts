import { Document, isMap, isSeq, type YAMLMap } from "yaml";
import type { Alert, Recording } from "./alert.ts";

/** Where the runbooks are, from the root of the repository; the name of the alert and `.md` follow. */
export const RUNBOOKS = "docs/runbooks/";

/** Said at the top of the file, which is also read alone. */
const INTRODUCTION = ` Recording and alerting rules of fc-async, made from deploy/src/rules by \`pnpm generate\`; see docs/alerts.md.
 \`runbook_url\` is a path of the repository: put the address of your copy before it.`;

/** The file that Prometheus reads: one group of recordings, one of alerts. */
export function rulesFile(recordings: readonly Recording[], alerts: readonly Alert[]): string {
  const document = new Document({ groups: groupsOf(recordings, alerts) });
  document.commentBefore = INTRODUCTION;
  rulesOf(document, 0).forEach((rule, index) => {
    rule.commentBefore = ` ${recordings[index]?.reason ?? ""}`;
  });
  for (const rule of rulesOf(document, 1).slice(1)) rule.spaceBefore = true;
  // A folded expression would read as several.
  return document.toString({ lineWidth: 0 });
}

/** The same rules for the Prometheus Operator, as a manifest of the namespace of `deploy/kubernetes`. */
export function prometheusRuleManifest(recordings: readonly Recording[], alerts: readonly Alert[]): string {
  const document = new Document({
    apiVersion: "monitoring.coreos.com/v1",
    kind: "PrometheusRule",
    metadata: {
      name: "fc-async",
      namespace: "fc-async",
      labels: { "app.kubernetes.io/name": "fc-async-exporter" },
    },
    spec: { groups: groupsOf(recordings, alerts) },
  });
  document.commentBefore = ` For the Prometheus Operator: the rules of deploy/prometheus/rules/fc-async.rules.yaml, made with them by \`pnpm generate\`.`;
  return document.toString({ lineWidth: 0 });
}

function groupsOf(recordings: readonly Recording[], alerts: readonly Alert[]): readonly object[] {
  return [
    {
      name: "fc-async-recordings",
      rules: recordings.map(({ name, expression }) => ({ record: name, expr: expression })),
    },
    { name: "fc-async-alerts", rules: alerts.map(alertRule) },
  ];
}

function alertRule({ name, expression, holdsFor, severity, summary, description }: Alert): object {
  return {
    alert: name,
    expr: expression,
    ...(holdsFor === "0s" ? {} : { for: holdsFor }),
    labels: { severity },
    annotations: { summary, description, runbook_url: `${RUNBOOKS}${name}.md` },
  };
}

function rulesOf(document: Document, group: number): readonly YAMLMap[] {
  const rules = document.getIn(["groups", group, "rules"]);
  return isSeq(rules) ? rules.items.filter((item) => isMap(item)) : [];
}
