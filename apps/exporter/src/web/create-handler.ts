import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import { negotiateEncoding, negotiateFormat, type ScrapeOptions, type Scrape } from "@fc-async/exposition";
import { snapshotState, type InventoryStore, type Target } from "@fc-async/inventory";
import { LANDING_PAGE_POLICY, landingPage } from "./landing-page.ts";
import { readinessOf } from "./readiness.ts";
import { textAnswer } from "./text-answer.ts";

export interface HandlerOptions {
  readonly store: InventoryStore;
  readonly targets: readonly Target[];
  /** Account id → its short name. */
  readonly aliases: ReadonlyMap<string, string>;
  readonly maxStalenessMs: number;
  readonly version: string;
  readonly telemetryPath: string;
  readonly scrape: (options: Pick<ScrapeOptions, "format" | "encoding">) => Promise<Scrape>;
  /** Told when a request could not be answered. */
  readonly onError: (error: unknown) => void;
}

/** Answers what Prometheus, a supervisor and a person ask: metrics, health, readiness, the landing page; 404 elsewhere. */
export function createHandler(options: HandlerOptions): RequestListener {
  const { store, targets, telemetryPath } = options;

  async function metrics(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { format, contentType } = negotiateFormat(request.headers.accept);
    const encoding = negotiateEncoding(request.headers["accept-encoding"]?.toString());
    const { parts, byteLength } = await options.scrape({ format, encoding });
    response.writeHead(200, {
      "content-type": contentType,
      "content-length": byteLength,
      vary: "Accept, Accept-Encoding",
      ...(encoding === "gzip" ? { "content-encoding": "gzip" } : {}),
    });
    for (const part of parts) response.write(part);
    response.end();
  }

  async function readiness(_request: IncomingMessage, response: ServerResponse): Promise<void> {
    const states = await store.states().catch((error: unknown) => {
      options.onError(error);
      return undefined;
    });
    const said = readinessOf(targets, states);
    const headers = { "content-type": "application/json; charset=utf-8" };
    textAnswer(response, said.ready ? 200 : 503, `${JSON.stringify(said)}\n`, headers);
  }

  async function landing(_request: IncomingMessage, response: ServerResponse): Promise<void> {
    const nowMs = await store.now();
    const states = new Map((await store.states()).map((state) => [state.target.id, state]));
    const rows = targets.map((target) => {
      const state = states.get(target.id);
      const { maxStalenessMs } = options;
      const shown = state === undefined ? "none" : snapshotState(state, { nowMs, maxStalenessMs });
      return { target, alias: options.aliases.get(target.accountId), state, shown } as const;
    });
    textAnswer(response, 200, landingPage({ version: options.version, telemetryPath, nowMs, rows }), {
      "content-type": "text/html; charset=utf-8",
      "content-security-policy": LANDING_PAGE_POLICY,
    });
  }

  const routes = new Map<string, (request: IncomingMessage, response: ServerResponse) => Promise<void>>([
    ["/", landing],
    ["/-/healthy", async (_request, response) => textAnswer(response, 200, "Healthy.\n")],
    ["/-/ready", readiness],
    [telemetryPath, metrics],
  ]);

  return (request, response) => {
    const [path = "/"] = (request.url ?? "/").split("?", 1);
    const route = routes.get(path);
    if (route === undefined) {
      textAnswer(response, 404, `Not found. There are ${[...routes.keys()].join(", ")}.\n`);
    } else if (request.method !== "GET" && request.method !== "HEAD") {
      textAnswer(response, 405, "Method not allowed: this is only read.\n", { allow: "GET, HEAD" });
    } else {
      route(request, response).catch((error: unknown) => {
        options.onError(error);
        if (response.headersSent) response.destroy();
        else textAnswer(response, 500, "Internal error. The log says more.\n");
      });
    }
  };
}
