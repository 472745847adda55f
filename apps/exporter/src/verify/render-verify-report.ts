import { escapeControlCharacters } from "@fc-async/protocol";
import type { Finding, VerifyReport } from "./verify-report.ts";
import type { Verdict } from "./verdict.ts";

export const REPORT_FORMATS = ["markdown", "json"] as const;

export type ReportFormat = (typeof REPORT_FORMATS)[number];

/** The report as text to paste, ending with a line break. */
export function renderVerifyReport(report: VerifyReport, format: ReportFormat): string {
  return format === "json" ? `${JSON.stringify(report, undefined, 2)}\n` : markdown(report);
}

function markdown(report: VerifyReport): string {
  const facts: readonly (readonly [string, string])[] = [
    ["Program", `fc-async-exporter ${report.version}, Node.js ${report.nodeVersion}`],
    ["Date", report.date],
    ["Account, region", `${report.account}, ${report.region}`],
    ["Endpoint", report.endpoint],
    ["Keys", code(report.keys)],
    ["List", code(report.list)],
    ["Requests", `${report.requests} of at most ${report.maxRequests}`],
    ["Verdicts", verdictCounts(report.findings)],
  ];
  const rows = facts.map(([name, value]) => `| ${name} | ${value.replaceAll("|", "\\|")} |`).join("\n");
  return `# fc-async-exporter verify

| | |
| --- | --- |
${rows}

No key, no name of a service or function and no whole account id is in this report.
${report.findings.map(section).join("")}`;
}

function section({ title, asked, answered, verdict, settles }: Finding): string {
  return `
## ${title}: ${verdict.kind}

- Asked: ${code(asked)}
- Answered: ${code(answered)}
- Verdict: ${verdictText(verdict)}
- Settles: ${settles}
`;
}

function verdictText({ kind, note }: Verdict): string {
  return note === undefined ? kind : `${kind}: ${line(note)}`;
}

function verdictCounts(findings: readonly Finding[]): string {
  const count = (kind: Verdict["kind"]): number => findings.filter(({ verdict }) => verdict.kind === kind).length;
  return `${count("as assumed")} as assumed, ${count("differs")} differ, ${count("unknown")} unknown`;
}

/** Words of the service cannot end a code span, nor begin anything else. */
function code(text: string): string {
  return `\`${line(text).replaceAll("`", "'")}\``;
}

function line(text: string): string {
  return escapeControlCharacters(text);
}
