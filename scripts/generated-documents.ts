import { deployDocuments } from "../deploy/src/index.ts";
import { configJsonSchema, renderConfigurationDocs, renderWebConfigDocs } from "../packages/daemon/src/index.ts";
import { renderCatalogue } from "../packages/exposition/src/index.ts";

/** What the code writes for readers and editors: path from the root, and text. */
export function generatedDocuments(): readonly { readonly path: string; readonly text: string }[] {
  return [
    { path: "docs/configuration.md", text: `${renderConfigurationDocs().trimEnd()}\n` },
    {
      path: "packages/daemon/schema/fc-async.schema.json",
      text: `${JSON.stringify(configJsonSchema(), undefined, 2)}\n`,
    },
    { path: "docs/web-config.md", text: `${renderWebConfigDocs().trimEnd()}\n` },
    { path: "docs/metrics.md", text: `${METRICS_INTRODUCTION}\n${renderCatalogue().trimEnd()}\n` },
    ...deployDocuments(),
  ];
}

const METRICS_INTRODUCTION = `# Metrics

What \`fc-async-exporter\` exposes on \`/metrics\`, from the catalogue that also makes HELP and TYPE.

- The labels \`account_id\`, \`region_id\` and \`fc_version\` (\`2\`) name a target. Every target has its health from the start, and the
  inventory of its last complete list until that list is older than \`poll.max_staleness\`.
- No series is not the same as 0: a target that was never read has no \`aliyun_fc_async_task_account_functions\`; one that
  was read and has none has 0.
- Rows of the operation are functions under a qualifier. \`…_functions\` counts a function once, \`…_qualifiers\` each pair.
- Sums are right without the info series: \`sum(aliyun_fc_async_task_functions)\` does not depend on \`exporter.max_info_series\`.
- Counters start at 0 for every reason and quirk, so that \`increase()\` sees the first one.
`;
