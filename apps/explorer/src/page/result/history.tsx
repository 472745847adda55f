import type { JSX } from "preact";
import type { Call } from "../calls/call.ts";
import { counted } from "../text/counted.ts";
import { duration } from "../text/duration.ts";
import { Visible } from "../text/visible.tsx";

const TIME = new Intl.DateTimeFormat("en-GB", { timeStyle: "medium" });

interface HistoryProps {
  readonly calls: readonly Call[];
  readonly shownId: number | undefined;
  readonly onShow: (id: number) => void;
  readonly onRefill: (call: Call) => void;
}

/** The calls of this tab, gone with it. */
export function History({ calls, shownId, onShow, onRefill }: HistoryProps): JSX.Element {
  return (
    <section class="card history" aria-labelledby="history-title">
      <div class="code-head">
        <h2 id="history-title">Calls of this tab</h2>
        <span class="muted small">{calls.length} · kept until it is closed, without secrets</span>
      </div>
      <ol class="history-list">
        {calls.map((call) => (
          <li key={call.id} class={call.id === shownId ? "is-shown" : ""}>
            <button type="button" aria-current={call.id === shownId} onClick={() => onShow(call.id)}>
              <span class="muted">{TIME.format(call.startedAtMs)}</span>
              <span class={call.end.kind === "complete" ? "pill is-good" : "pill is-bad"}>{outcomeOf(call)}</span>
              <span class="history-what">
                <Visible text={describe(call)} />
              </span>
              <span class="muted history-numbers">
                {counted(call.rows.length, "row")} · {duration(call.durationMs)}
              </span>
            </button>
            <button
              type="button"
              class="button is-small is-quiet"
              aria-label={`Refill the form with call ${call.id}`}
              onClick={() => onRefill(call)}
            >
              Refill
            </button>
          </li>
        ))}
      </ol>
    </section>
  );
}

function outcomeOf({ end, answer }: Call): string {
  if (end.kind === "cancelled") return "cancelled";
  return answer === undefined ? "no answer" : answer.status.toString();
}

/** `GET cn-hangzhou · limit=20 · nextToken=…`. */
function describe({ kind, values, pages }: Call): string {
  const { region, limit, nextToken } = values;
  if (kind === "list") return `All pages · ${region} · ${counted(pages, "page")}`;
  const token = nextToken === "" ? "" : ` · nextToken=${nextToken}`;
  return `GET · ${region}${limit === "" ? "" : ` · limit=${limit}`}${token}`;
}
