import type { Alert, Recording } from "./alert.ts";

/** The page of docs/ that lists what the rules file holds. */
export function alertsDocument(recordings: readonly Recording[], alerts: readonly Alert[]): string {
  const alertRows = alerts.map(
    ({ name, severity, holdsFor, when }) =>
      `| [${name}](runbooks/${name}.md) | ${severity} | ${when} | ${holdsFor === "0s" ? "at once" : holdsFor} |\n`,
  );
  const recordingRows = recordings.map(({ name, reason }) => `| \`${name}\` | ${reason} |\n`);
  return `${INTRODUCTION}
| Alert | Severity | Fires when | After |
| --- | --- | --- | --- |
${alertRows.join("")}
${INHIBITION}
## Recorded series

They have no \`instance\` and no \`pod\`: each replica of an exporter exposes every target, and a sum over two replicas would count twice.

| Series | What it is |
| --- | --- |
${recordingRows.join("")}`;
}

const INTRODUCTION = `# Alerts

The rules are in [deploy/prometheus/rules/fc-async.rules.yaml](../deploy/prometheus/rules/fc-async.rules.yaml); load them with
\`rule_files\`. They expect the exporter's job to be called \`fc-async\`, as the scrape configurations of
[deploy/prometheus](../deploy/prometheus/) do.

What was lost and what could not be read are different alerts. The last three, about functions that are gone, look only at
lists that were read to the last page; during an outage of the service they are silent, and the ones about reading speak. Each
rule has tests that it fires, that it does not, and that it stays silent when it has to.

\`critical\` wants somebody now, \`warning\` today, \`info\` when convenient.
`;

const INHIBITION = `When an account lost everything, its services are gone as well. With these lines Alertmanager sends the first alert alone:

\`\`\`yaml
inhibit_rules:
  - source_matchers: [alertname = FcAsyncAllFunctionsGone]
    target_matchers: [alertname =~ "FcAsyncServiceGone|FcAsyncSharpDrop"]
    equal: [account_id, region_id, fc_version]
  - source_matchers: [alertname = FcAsyncCredentialsRejected]
    target_matchers: [alertname =~ "FcAsyncPollFailing|FcAsyncInventoryStale|FcAsyncNeverPolled"]
    equal: [instance, account_id, region_id, fc_version]
\`\`\`
`;
