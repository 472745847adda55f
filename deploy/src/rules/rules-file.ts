import { Document, isMap, isSeq, type YAMLMap } from "yaml";
import type { Alert, Recording } from "./alert.ts";

/** Where the runbooks are, from the root of the repository; the name of the alert and `.md` follow. */
export const RUNBOOKS = "docs/runbooks/";

/** Said at the top of the file, which is also read alone. */
const INTRODUCTION = ` Recording and alerting rules of fc-async, made from deploy/src/rules by \`pnpm generate\`; see docs/alerts.md.
 \`runbook_url\` is a path of the repository: put the address of your copy before it.`;

/** The file that Prometheus reads: one group of recordings, one of alerts. */
export function rulesFile(recordings: readonly Recording[], alerts: readonly Alert[]): string {
  const document = new Document({
    groups: [
      {
        name: "fc-async-recordings",
        rules: recordings.map(({ name, expression }) => ({ record: name, expr: expression })),
      },
      { name: "fc-async-alerts", rules: alerts.map(alertRule) },
    ],
  });
  document.commentBefore = INTRODUCTION;
  rulesOf(document, 0).forEach((rule, index) => {
    rule.commentBefore = ` ${recordings[index]?.reason ?? ""}`;
  });
  for (const rule of rulesOf(document, 1).slice(1)) rule.spaceBefore = true;
  // A folded expression would read as several.
  return document.toString({ lineWidth: 0 });
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
