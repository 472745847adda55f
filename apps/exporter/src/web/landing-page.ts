import { createHash } from "node:crypto";
import type { PlannedTarget, PollFailure, SnapshotState, TargetState } from "@fc-async/inventory";
import type { Build } from "../metrics/self-families.ts";
import type { ReloadOutcome } from "../reload/create-reloader.ts";
import { probeNames } from "./probe.ts";
import type { WebPaths } from "./web-paths.ts";

/** What the landing page says of one target. */
export interface LandingRow extends PlannedTarget {
  /** None before the poll loop knows the target. */
  readonly state: TargetState | undefined;
  readonly shown: SnapshotState;
}

/** What the landing page says of the process. */
export interface ProcessFacts {
  readonly build: Build;
  readonly startedAtMs: number;
  readonly configLoadedAtMs: number;
  readonly lastReload: ReloadOutcome;
}

export interface LandingPage {
  readonly paths: WebPaths;
  readonly process: ProcessFacts;
  /** Whether a configuration can be loaded anew. */
  readonly hasReload: boolean;
  /** The page loads itself again after this time. */
  readonly refreshSeconds: number | undefined;
  readonly nowMs: number;
  readonly rows: readonly LandingRow[];
}

const STYLE = `
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; --good: light-dark(#116329, #4ac26b); --warn: light-dark(#7d4e00, #d4a72c); --bad: light-dark(#a40e26, #ff8182); --line: light-dark(#d0d7de, #3d444d); --quiet: light-dark(#57606a, #9198a1); --raised: light-dark(#f6f8fa, #151b23); --text: light-dark(#1f2328, #e6edf3); }
html { background: light-dark(#ffffff, #0d1117); color: var(--text); }
a { color: light-dark(#0550ae, #79b8ff); }
body { margin: 0 auto; max-width: 84rem; padding: 1rem; }
h1 { margin: 0; font-size: 1.5rem; }
h2 { margin: 1.5rem 0 .25rem; font-size: 1.1rem; }
p { margin: .25rem 0; }
nav ul, .facts { display: flex; flex-wrap: wrap; gap: 0 1.5rem; list-style: none; margin: .5rem 0; padding: 0; }
.facts div { display: flex; gap: .4rem; }
.facts dt, .quiet { color: var(--quiet); }
.facts dd { margin: 0; overflow-wrap: anywhere; }
.verdict { border: 1px solid var(--line); border-inline-start: .4rem solid currentColor; border-radius: .4rem; background: var(--raised); margin: 1rem 0; padding: .6rem 1rem; }
.verdict strong { font-size: 1.25rem; }
.verdict p { color: var(--text); }
pre { margin: .25rem 0; white-space: pre-wrap; overflow-wrap: anywhere; font-size: .875rem; }
.scroll { overflow-x: auto; border: 1px solid var(--line); border-radius: .4rem; }
.scroll:focus-visible, a:focus-visible { outline: .15rem solid Highlight; outline-offset: .1rem; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
caption { text-align: start; padding: .5rem .75rem; color: var(--quiet); }
th, td { border-block-start: 1px solid var(--line); padding: .5rem .75rem; text-align: start; vertical-align: top; white-space: nowrap; }
thead th { color: var(--quiet); font-weight: 600; }
tbody th { font-weight: 600; }
.number { text-align: end; }
.small { display: block; color: var(--quiet); font-size: .8125rem; font-weight: 400; }
tr.why td { border-block-start: 0; padding-block-start: 0; white-space: normal; }
/* As wide as what is seen of the table, so that a phone shows whole sentences. */
tr.why p { position: sticky; inset-inline-start: .75rem; box-sizing: border-box; max-width: min(60rem, calc(100vw - 4rem)); margin: 0; border-inline-start: .2rem solid currentColor; padding-inline-start: .6rem; overflow-wrap: anywhere; }
tr.why span { color: var(--text); }
footer { margin-block-start: 1.5rem; }
.badge { border: 1px solid currentColor; border-radius: 1rem; font-size: .8125rem; font-weight: 600; padding: .05rem .6rem; }
.good { color: var(--good); }
.warn { color: var(--warn); }
.bad { color: var(--bad); }
dl.legend { display: grid; grid-template-columns: max-content 1fr; gap: .25rem .75rem; margin: .5rem 0; }
dl.legend dd { margin: 0; }
`;

/** For `Content-Security-Policy`: the page loads nothing, runs nothing and has this one style. */
export const LANDING_PAGE_POLICY = `default-src 'none'; style-src 'sha256-${createHash("sha256").update(STYLE).digest("base64")}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;

/** How a target does, from what asks for a person to what does not. */
const HEALTHS = ["failed", "expired", "stale", "waiting", "fresh"] as const;
type Health = (typeof HEALTHS)[number];

const HEALTH: Readonly<Record<Health, { readonly tone: "good" | "warn" | "bad"; readonly meaning: string }>> = {
  failed: {
    tone: "bad",
    meaning: "No list was ever read. There are no counts of this target, which is not the same as zero.",
  },
  expired: {
    tone: "bad",
    meaning: "The last complete list is older than poll.max_staleness. Its counts are no longer exposed.",
  },
  stale: {
    tone: "warn",
    meaning: "The last poll failed. The list before it is exposed, with its true age; aliyun_fc_async_task_up is 0.",
  },
  waiting: { tone: "warn", meaning: "The first poll has not ended yet." },
  fresh: { tone: "good", meaning: "The last poll read every page." },
};

function healthOf({ state, shown }: LandingRow): Health {
  if (shown !== "none") return shown;
  return state?.lastPoll === undefined ? "waiting" : "failed";
}

/** Draws `/`: what needs a person first, then every target. Text from outside is escaped. */
export function landingPage({ paths, process, hasReload, refreshSeconds, nowMs, rows }: LandingPage): string {
  const { linkPrefix, telemetryPath } = paths;
  const link = (path: string, words: string): string =>
    `<li><a href="${escapeHtml(`${linkPrefix}${path}`)}">${words}</a></li>`;
  const { build } = process;
  const sorted = rows
    .map((row) => ({ row, health: healthOf(row) }))
    .toSorted((a, b) => HEALTHS.indexOf(a.health) - HEALTHS.indexOf(b.health));
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
${refreshSeconds === undefined ? "" : `<meta http-equiv="refresh" content="${refreshSeconds}">\n`}<title>${titleOf(sorted)}fc-async-exporter</title>
<style>${STYLE}</style>
</head>
<body>
<header>
<h1>fc-async-exporter</h1>
<p class="quiet">Which Function Compute functions have asynchronous tasks enabled.</p>
<nav aria-label="Routes"><ul>
${link(telemetryPath, "Metrics")}
${link("/config", "Configuration")}
${link("/-/ready", "Readiness")}
${link("/-/healthy", "Health")}
${refreshSeconds === undefined ? link("/?refresh=10", "Refresh every 10 seconds") : link("/", "Stop refreshing")}
</ul></nav>
</header>
<main>
${verdict(sorted)}
${reloadNotice(process.lastReload, hasReload)}
<h2 id="targets">Targets</h2>
<div class="scroll" role="region" aria-labelledby="targets" tabindex="0">
<table>
<caption>${escapeHtml(caption(sorted))}</caption>
<thead><tr><th scope="col">Target</th><th scope="col">List</th><th scope="col" class="number">Functions</th><th scope="col" class="number">Age of the list</th><th scope="col">Last poll</th><th scope="col" class="number">Pages</th><th scope="col">Next poll</th></tr></thead>
<tbody>
${sorted.map(({ row, health }) => tableRow(row, health, linkPrefix, nowMs)).join("\n")}
</tbody>
</table>
</div>
<h2>What the states mean</h2>
<dl class="legend">
${HEALTHS.map((health) => `<dt>${badge(health)}</dt><dd>${HEALTH[health].meaning}</dd>`).join("\n")}
</dl>
</main>
<footer>
<dl class="facts">
${fact("Version", [build.version, build.revision, build.branch].filter((part) => part !== "").join(" · "))}
${fact("Node.js", build.nodeVersion)}
${fact("Running for", durationWords(nowMs - process.startedAtMs))}
${fact("Configuration loaded", `${durationWords(nowMs - process.configLoadedAtMs)} ago`)}
${fact("Drawn at", new Date(nowMs).toISOString())}
</dl>
</footer>
</body>
</html>
`;
}

interface JudgedRow {
  readonly row: LandingRow;
  readonly health: Health;
}

const needsPerson = ({ health }: JudgedRow): boolean => health !== "fresh" && health !== "waiting";

/** In a row of tabs only the first words are seen. */
function titleOf(rows: readonly JudgedRow[]): string {
  const bad = rows.filter((row) => needsPerson(row)).length;
  return bad === 0 ? "" : `(${bad}) `;
}

function verdict(rows: readonly JudgedRow[]): string {
  const bad = rows.filter((row) => needsPerson(row));
  const waiting = rows.filter(({ health }) => health === "waiting").length;
  if (bad.length > 0) {
    const reasons = [...new Set(bad.flatMap(({ row }) => failureOf(row)?.reason ?? []))];
    const because = reasons.length === 0 ? "" : `: ${reasons.join(", ")}`;
    const tone = bad.some(({ health }) => HEALTH[health].tone === "bad") ? "bad" : "warn";
    return box(
      tone,
      `${bad.length} of ${counted(rows.length)} could not be read${because}`,
      bad.length === rows.length
        ? "The counts of a stale target are as old as its list. Of what was never read there are none: nothing that failed is shown as zero."
        : "They stand first. Counts of the others are right; those of a stale target are as old as their list. Nothing that failed is shown as zero.",
    );
  }
  if (waiting > 0) {
    return box(
      "warn",
      `Waiting for the first poll of ${counted(waiting)}`,
      "Readiness turns 200 when each was tried once.",
    );
  }
  return box(
    "good",
    rows.length === 1 ? "The target is up to date" : `All ${rows.length} targets are up to date`,
    "Every page of every list was read.",
  );
}

function box(tone: string, words: string, detail: string): string {
  return `<div class="verdict ${tone}"><strong>${escapeHtml(words)}</strong><p>${escapeHtml(detail)}</p></div>`;
}

function reloadNotice(lastReload: ReloadOutcome, hasReload: boolean): string {
  if (lastReload.ok || !hasReload) return "";
  const problems = escapeHtml(lastReload.problems.join("\n"));
  return `<div class="verdict bad"><strong>The configuration file could not be loaded anew</strong><p>The configuration before stays in force. Correct the file, then reload again.</p><pre>${problems}</pre></div>`;
}

function counted(targets: number): string {
  return `${targets} ${targets === 1 ? "target" : "targets"}`;
}

function caption(rows: readonly JudgedRow[]): string {
  const fresh = rows.filter(({ health }) => health === "fresh").length;
  const lists = rows.flatMap(({ row }) => (isCounted(row) ? (row.state?.snapshot ?? []) : []));
  const functions = lists.reduce((sum, { functionCount }) => sum + functionCount, 0);
  // Without a list the sum would be a zero that nobody counted.
  const known =
    lists.length === 0
      ? "no list is exposed, so how many functions there are is not known"
      : `${functions} functions with asynchronous tasks in the lists that are exposed`;
  return `${fresh} of ${counted(rows.length)} fresh, ${known}`;
}

function isCounted({ shown }: LandingRow): boolean {
  return shown === "fresh" || shown === "stale";
}

function failureOf({ state }: LandingRow): PollFailure | undefined {
  const lastPoll = state?.lastPoll;
  return lastPoll?.ok === false ? lastPoll.failure : undefined;
}

function badge(health: Health): string {
  return `<span class="badge ${HEALTH[health].tone}">${health}</span>`;
}

function tableRow(row: LandingRow, health: Health, linkPrefix: string, nowMs: number): string {
  const { target, alias, state } = row;
  const { snapshot, lastPoll, nextDueAtMs } = state ?? {};
  const [probeName = ""] = probeNames(row);
  const probe = `${linkPrefix}/probe?target=${encodeURIComponent(probeName)}`;
  const readAtMs = snapshot && snapshot.startedAtMs + snapshot.durationMs;
  const list = isCounted(row) ? snapshot : undefined;
  const account = alias === undefined ? "" : `<span class="small">${escapeHtml(target.accountId)}</span>`;
  const cells = [
    `<th scope="row"><a href="${escapeHtml(probe)}">${escapeHtml(`${alias ?? target.accountId}/${target.regionId}`)}</a>${account}</th>`,
    `<td>${badge(health)}${state?.shrinkUnconfirmed === true ? '<span class="small">lost over half, unconfirmed</span>' : ""}</td>`,
    list === undefined
      ? '<td class="number">unknown</td>'
      : `<td class="number">${list.functionCount}<span class="small">in ${list.services.length} ${list.services.length === 1 ? "service" : "services"}</span></td>`,
    `<td class="number">${readAtMs === undefined ? "never read" : durationWords(nowMs - readAtMs)}</td>`,
    lastPoll === undefined
      ? "<td>none yet</td>"
      : `<td>${lastPoll.ok ? "read" : "failed"} ${durationWords(nowMs - lastPoll.atMs)} ago<span class="small">took ${tookWords(lastPoll.durationMs)}</span></td>`,
    `<td class="number">${lastPoll?.pages ?? "–"}</td>`,
    `<td>${nextDueAtMs === undefined ? "–" : nextPollWords(nextDueAtMs - nowMs)}<span class="small">every ${durationWords(row.intervalMs)}</span></td>`,
  ];
  return `<tr>${cells.join("")}</tr>${failureRow(failureOf(row), health, state?.consecutiveFailures ?? 0, cells.length)}`;
}

/** The reason under its target; the message itself says request id and next step. */
function failureRow(failure: PollFailure | undefined, health: Health, inARow: number, columns: number): string {
  if (failure === undefined) return "";
  const times = inARow > 1 ? ` ${inARow} polls in a row.` : "";
  const words = `<strong>${escapeHtml(failure.reason)}</strong> <span>${escapeHtml(failure.message)}${times}</span>`;
  return `\n<tr class="why"><td colspan="${columns}"><p class="${HEALTH[health].tone}">${words}</p></td></tr>`;
}

function fact(name: string, value: string): string {
  return `<div><dt>${name}</dt><dd>${escapeHtml(value)}</dd></div>`;
}

function nextPollWords(inMs: number): string {
  return inMs <= 0 ? "now" : `in ${durationWords(inMs)}`;
}

function tookWords(durationMs: number): string {
  return durationMs < 1000 ? `${durationMs} ms` : `${(durationMs / 1000).toFixed(1)} s`;
}

const UNITS = [
  { unit: "day", ms: 86_400_000 },
  { unit: "hour", ms: 3_600_000 },
  { unit: "minute", ms: 60_000 },
] as const;

/** In the largest unit of which there are at least two: "90 seconds" says more than "2 minutes". */
function durationWords(ms: number): string {
  const { unit, ms: unitMs } = UNITS.find((each) => ms >= 2 * each.ms) ?? { unit: "second", ms: 1000 };
  const count = Math.max(0, Math.floor(ms / unitMs));
  return new Intl.NumberFormat("en", { style: "unit", unit, unitDisplay: "long" }).format(count);
}

const ENTITIES: ReadonlyMap<string, string> = new Map([
  ["&", "&amp;"],
  ["<", "&lt;"],
  [">", "&gt;"],
  ['"', "&quot;"],
  ["'", "&#39;"],
]);

function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"']/gu, (character) => ENTITIES.get(character) ?? character);
}
