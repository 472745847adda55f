import { comparisonRow, countRow, ratioRow, unmeasuredRow, type GoalRow } from "../report/goal-row.ts";
import { measureRounds } from "../samples/rounds.ts";
import { runSample } from "../samples/run-sample.ts";
import { makeCertificate, type Certificate } from "../server/make-certificate.ts";
import { startPageServer, type PageServerOptions, type ServerFigures } from "../server/start-page-server.ts";
import type { Bench, Goal } from "./goal.ts";

const PAGES = 100;
const ROWS_PER_PAGE = 100;
const ROUND_TRIP_MS = 20;
const RECONNECTS = 5;
const IDLE_CLOSE_MS = 150;
/** Long enough for the closing to have arrived. */
const PAUSE_MS = 400;

const PEERS = [
  ["floor", "floor"],
  ["vendor-sdk", "vendor SDK"],
  ["openapi-fetch", "openapi-fetch on built-in fetch"],
] as const;
const CLIENTS = ["fc-async", ...PEERS.map(([client]) => client)] as const;

type Client = (typeof CLIENTS)[number];

interface WalkOverTls extends Readonly<ServerFigures> {
  readonly wallMs: number;
}

/**
 * P2: 100 pages over TLS at 20 ms. The delay is the server's, before each answer and twice before a handshake; the ideal is the
 * sum of the delays that one connection meets, as long as they really were.
 */
export const roundTrips: Goal = {
  id: "P2",
  async measure(bench: Bench): Promise<readonly GoalRow[]> {
    const goal = "P2";
    const certificate = makeCertificate(bench.folder);
    if (certificate === undefined) return [unmeasuredRow({ goal, what: "100 pages at 20 ms over TLS" }, "openssl")];

    const walks = await measureRounds(bench.rounds, CLIENTS, (client) =>
      walkOverTls(bench, certificate, client, { pageCount: PAGES, delayMs: ROUND_TRIP_MS }, 1),
    );
    // Counted, not timed: one round shows it.
    const returns = await measureRounds(1, CLIENTS, (client) =>
      walkOverTls(bench, certificate, client, { pageCount: 2, idleCloseMs: IDLE_CLOSE_MS }, 1 + RECONNECTS),
    );

    const ratios = (client: Client): number[] =>
      (walks.get(client) ?? []).map(({ wallMs, delayedMs }) => wallMs / delayedMs);
    const most = (client: Client, figure: "connections" | "handshakes"): number =>
      Math.max(...(walks.get(client) ?? []).map((walk) => walk[figure]));
    const resumed = (client: Client): string => {
      const [figures] = returns.get(client) ?? [];
      return figures === undefined ? "none" : `${figures.resumed} of ${figures.handshakes - 1}`;
    };
    const atPeers = (show: (client: Client) => string | number): string =>
      PEERS.map(([client, name]) => `${name} ${show(client)}`).join(", ");

    const wall = "100 pages at 20 ms over TLS, wall ÷ (pages + set-up) × 20 ms";
    const everyReconnect = `${RECONNECTS} of ${RECONNECTS}`;
    return [
      ratioRow({ goal, what: wall }, ratios("fc-async"), { atMost: 1.08 }),
      ...PEERS.map(([client, name]) => comparisonRow({ goal, what: `the same, ${name}` }, ratios(client))),
      ...(["connections", "handshakes"] as const).flatMap((figure) => [
        countRow({ goal, what: `${figure} of that walk, the most of all rounds` }, String(most("fc-async", figure)), {
          text: "1",
          isMet: most("fc-async", figure) === 1,
        }),
        countRow(
          { goal, what: "the same, others" },
          atPeers((client) => most(client, figure)),
        ),
      ]),
      countRow({ goal, what: "TLS sessions resumed when reconnecting after an idle close" }, resumed("fc-async"), {
        text: everyReconnect,
        isMet: resumed("fc-async") === everyReconnect,
      }),
      countRow({ goal, what: "the same, others" }, atPeers(resumed)),
    ];
  },
};

async function walkOverTls(
  { pinnings: { shared: pinning } }: Bench,
  certificate: Certificate,
  client: Client,
  list: Pick<PageServerOptions, "pageCount" | "delayMs" | "idleCloseMs">,
  walks: number,
): Promise<WalkOverTls> {
  const server = await startPageServer({ pinning, certificate, ...list });
  const figures = await runSample("walk", {
    pinning,
    flags: { client, origin: server.origin, rows: list.pageCount * ROWS_PER_PAGE, walks, "pause-ms": PAUSE_MS },
    // The one way that every client knows to trust a certificate.
    env: { NODE_EXTRA_CA_CERTS: certificate.file },
  });
  const counted = await server.figures();
  await server.stop();
  return { wallMs: figures.get("firstWallMs"), ...counted };
}
