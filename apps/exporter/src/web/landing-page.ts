import { createHash } from "node:crypto";
import type { SnapshotState, Target, TargetState } from "@fc-async/inventory";

/** What the landing page says of one target. */
export interface LandingRow {
  readonly target: Target;
  readonly alias: string | undefined;
  /** None before the poll loop knows the target. */
  readonly state: TargetState | undefined;
  readonly shown: SnapshotState;
}

export interface LandingPage {
  readonly version: string;
  readonly telemetryPath: string;
  readonly nowMs: number;
  readonly rows: readonly LandingRow[];
}

const STYLE = `
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { margin: 0 auto; max-width: 72rem; padding: 1rem; }
h1 { margin: 0; }
ul { padding: 0; display: flex; flex-wrap: wrap; gap: 0 1.5rem; list-style: none; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
caption { text-align: start; font-weight: 600; padding-block: .5rem; }
th, td { border-block-end: 1px solid #8886; padding: .35rem .75rem .35rem 0; text-align: start; vertical-align: top; white-space: nowrap; }
.number { text-align: end; }
td.why { min-width: 18rem; white-space: normal; overflow-wrap: anywhere; }
.fresh { color: light-dark(#116329, #4ac26b); }
.stale, .none { color: light-dark(#7d4e00, #d4a72c); }
.expired { color: light-dark(#a40e26, #ff8182); }
`;

/** For `Content-Security-Policy`: the page loads nothing, runs nothing and has this one style. */
export const LANDING_PAGE_POLICY = `default-src 'none'; style-src 'sha256-${createHash("sha256").update(STYLE).digest("base64")}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;

const STATE_WORDS: Readonly<Record<SnapshotState, string>> = {
  none: "never read",
  fresh: "fresh",
  stale: "stale: the last poll failed",
  expired: "expired: too old to show",
};

/** Draws `/`: where everything is, and how each target does. Text from outside is escaped. */
export function landingPage({ version, telemetryPath, nowMs, rows }: LandingPage): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>fc-async-exporter</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>fc-async-exporter</h1>
<p>Which Function Compute functions have asynchronous tasks enabled. Version ${escapeHtml(version)}.</p>
<ul>
<li><a href="${escapeHtml(telemetryPath)}">Metrics</a></li>
<li><a href="/-/ready">Readiness</a></li>
<li><a href="/-/healthy">Health</a></li>
</ul>
<div class="scroll" role="region" aria-label="Targets" tabindex="0">
<table>
<caption>${caption(rows)}</caption>
<thead><tr><th scope="col">Account</th><th scope="col">Region</th><th scope="col">List</th><th scope="col" class="number">Functions</th><th scope="col" class="number">Pages</th><th scope="col">Read</th><th scope="col">Next poll</th><th scope="col" class="why">Last failure</th></tr></thead>
<tbody>
${rows.map((row) => tableRow(row, nowMs)).join("\n")}
</tbody>
</table>
</div>
</main>
</body>
</html>
`;
}

function caption(rows: readonly LandingRow[]): string {
  const fresh = rows.filter(({ shown }) => shown === "fresh").length;
  return `${fresh} of ${rows.length} ${rows.length === 1 ? "target" : "targets"} fresh`;
}

function tableRow({ target, alias, state, shown }: LandingRow, nowMs: number): string {
  const { snapshot, lastPoll, nextDueAtMs } = state ?? {};
  const isCounted = shown === "fresh" || shown === "stale";
  const account = alias === undefined ? target.accountId : `${alias} (${target.accountId})`;
  const readAtMs = snapshot && snapshot.startedAtMs + snapshot.durationMs;
  const failure = lastPoll?.ok === false ? `${lastPoll.failure.reason}: ${lastPoll.failure.message}` : "";
  const cells = [
    `<th scope="row">${escapeHtml(account)}</th>`,
    `<td>${escapeHtml(target.regionId)}</td>`,
    `<td class="${shown}">${STATE_WORDS[shown]}</td>`,
    `<td class="number">${isCounted ? (snapshot?.functionCount ?? "") : "–"}</td>`,
    `<td class="number">${lastPoll?.pages ?? "–"}</td>`,
    `<td>${readAtMs === undefined ? "never" : `${durationWords(nowMs - readAtMs)} ago`}</td>`,
    `<td>${nextDueAtMs === undefined ? "–" : nextPollWords(nextDueAtMs - nowMs)}</td>`,
    `<td class="why">${escapeHtml(failure)}</td>`,
  ];
  return `<tr>${cells.join("")}</tr>`;
}

function nextPollWords(inMs: number): string {
  return inMs <= 0 ? "now" : `in ${durationWords(inMs)}`;
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
