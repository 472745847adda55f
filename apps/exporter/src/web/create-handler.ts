import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import { textAnswer } from "@fc-async/daemon";
import type { Scrape, ScrapeOptions } from "@fc-async/exposition";
import { snapshotState, type InventoryStore, type PlannedTarget, type TargetId } from "@fc-async/inventory";
import type { Reload } from "../reload/create-reloader.ts";
import { LANDING_PAGE_POLICY, landingPage, type ProcessFacts } from "./landing-page.ts";
import { createNegotiation, type Negotiated } from "./negotiation.ts";
import { joinedState, probedTarget, probeWaitMs } from "./probe.ts";
import { createReadiness } from "./readiness.ts";
import { sentFromAnotherSite } from "./sent-from-another-site.ts";
import type { WebPaths } from "./web-paths.ts";

/** What the routes say of the configuration in force. */
export interface HandlerPlan {
  readonly targets: readonly PlannedTarget[];
  readonly maxStalenessMs: number;
  readonly configText: string;
}

type ScrapeHow = Pick<ScrapeOptions, "format" | "encoding">;

export interface HandlerOptions {
  readonly store: InventoryStore;
  /** The one in force. */
  readonly plan: () => HandlerPlan;
  readonly paths: WebPaths;
  readonly process: () => ProcessFacts;
  readonly scrape: (how: ScrapeHow) => Promise<Scrape>;
  /** One target as it stands, and `self` beside it. */
  readonly scrapeTarget: (id: TargetId, how: ScrapeHow & Pick<ScrapeOptions, "self">) => Promise<Scrape>;
  readonly reload?: Reload | undefined;
  readonly now: () => number;
  /** Milliseconds on a clock that never goes back. */
  readonly monotonicNow: () => number;
  /** Told when a request could not be answered. */
  readonly onError: (error: unknown) => void;
}

type Answer = (request: IncomingMessage, response: ServerResponse, query: URLSearchParams) => Promise<void>;

interface Route {
  readonly methods: readonly string[];
  /** What stands behind a 405. */
  readonly hint: string;
  readonly answer: Answer;
}

/** Answers what Prometheus, a supervisor and a person ask; 404 elsewhere. */
export function createHandler(options: HandlerOptions): RequestListener {
  const { store, plan, paths } = options;
  const { routePrefix, telemetryPath } = paths;
  const readiness = createReadiness();
  const negotiated = createNegotiation();

  const metrics: Answer = async (request, response) => {
    const how = negotiated(request.headers);
    writeScrape(response, how, await options.scrape(how));
  };

  const probe: Answer = async (request, response, query) => {
    const planned = probedTarget(query.get("target"), plan().targets);
    const waitMs = probeWaitMs(request.headers["x-prometheus-scrape-timeout-seconds"]?.toString());
    if (typeof planned === "string" || typeof waitMs === "string") {
      textAnswer(response, 400, `${typeof planned === "string" ? planned : waitMs}\n`);
      return;
    }
    const beganMs = options.monotonicNow();
    const waiting = new AbortController();
    const timer = setTimeout(() => waiting.abort(), waitMs);
    response.once("close", () => waiting.abort());
    const state = await joinedState(store, planned.target.id, waiting.signal);
    clearTimeout(timer);
    const how = negotiated(request.headers);
    const scrape = await options.scrapeTarget(planned.target.id, {
      ...how,
      self: [
        { name: "probe_success", samples: [{ value: state?.lastPoll?.ok === true ? 1 : 0 }] },
        { name: "probe_duration_seconds", samples: [{ value: (options.monotonicNow() - beganMs) / 1000 }] },
      ],
    });
    writeScrape(response, how, scrape);
  };

  const ready: Answer = async (_request, response) => {
    const states = await store.states().catch((error: unknown) => {
      options.onError(error);
      return undefined;
    });
    const said = readiness(
      plan().targets.map(({ target }) => target),
      states,
    );
    const headers = { "content-type": "application/json; charset=utf-8" };
    textAnswer(response, said.ready ? 200 : 503, `${JSON.stringify(said)}\n`, headers);
  };

  const reload: Answer = async (request, response) => {
    if (sentFromAnotherSite(request.headers)) {
      textAnswer(response, 403, "Refused: a page of another site sent this. Use curl -X POST, or send SIGHUP.\n");
      return;
    }
    const outcome = await options.reload?.();
    if (outcome === undefined) {
      textAnswer(response, 404, "There is no configuration file to load anew: start with --config.file.\n");
    } else if (outcome.ok) {
      textAnswer(response, 200, `Configuration reloaded: ${outcome.targets} targets.\n`);
    } else {
      const said = `Failed to reload the configuration; the one before stays in force.\n${outcome.problems.join("\n")}\n`;
      textAnswer(response, 500, said);
    }
  };

  const landing: Answer = async (_request, response, query) => {
    const { targets, maxStalenessMs } = plan();
    const nowMs = await store.now();
    const states = new Map((await store.states()).map((state) => [state.target.id, state]));
    const rows = targets.map(({ target, alias, intervalMs }) => {
      const state = states.get(target.id);
      const shown = state === undefined ? "none" : snapshotState(state, { nowMs, maxStalenessMs });
      return { target, alias, intervalMs, state, shown } as const;
    });
    const refreshSeconds = query.get("refresh") === "10" ? 10 : undefined;
    const page = landingPage({
      paths,
      process: options.process(),
      hasReload: options.reload !== undefined,
      refreshSeconds,
      nowMs,
      rows,
    });
    textAnswer(response, 200, page, {
      "content-type": "text/html; charset=utf-8",
      "content-security-policy": LANDING_PAGE_POLICY,
      "referrer-policy": "no-referrer",
    });
  };

  const read = (answer: Answer): Route => ({ methods: ["GET", "HEAD"], hint: "this is only read", answer });
  const routes = new Map<string, Route>([
    ["/", read(landing)],
    [telemetryPath, read(metrics)],
    ["/probe", read(probe)],
    ["/config", read(async (_request, response) => textAnswer(response, 200, plan().configText))],
    ["/-/healthy", read(async (_request, response) => textAnswer(response, 200, "Healthy.\n"))],
    ["/-/ready", read(ready)],
    ["/-/reload", { methods: ["POST"], hint: "this endpoint takes POST", answer: reload }],
  ]);

  return (request, response) => {
    const [path, queryText] = splitTarget(request.url ?? "/");
    const route = path.startsWith(`${routePrefix}/`) ? routes.get(path.slice(routePrefix.length)) : undefined;
    if (route === undefined) {
      if (routePrefix !== "" && (path === "/" || path === routePrefix)) {
        textAnswer(response, 302, "", { location: `${paths.linkPrefix}/` });
        return;
      }
      const there = Array.from(routes.keys(), (known) => `${routePrefix}${known}`).join(", ");
      textAnswer(response, 404, `Not found. There are ${there}.\n`);
    } else if (!route.methods.includes(request.method ?? "")) {
      textAnswer(response, 405, `Method not allowed: ${route.hint}.\n`, { allow: route.methods.join(", ") });
    } else {
      route.answer(request, response, new URLSearchParams(queryText)).catch((error: unknown) => {
        options.onError(error);
        if (response.headersSent) response.destroy();
        else textAnswer(response, 500, "Internal error. The log says more.\n");
      });
    }
  };
}

function splitTarget(target: string): readonly [path: string, query: string] {
  const at = target.indexOf("?");
  return at === -1 ? [target, ""] : [target.slice(0, at), target.slice(at + 1)];
}

function writeScrape(
  response: ServerResponse,
  { contentType, encoding }: Negotiated,
  { parts, byteLength }: Scrape,
): void {
  response.writeHead(200, {
    "content-type": contentType,
    "content-length": byteLength,
    vary: "Accept, Accept-Encoding",
    ...(encoding === "identity" ? {} : { "content-encoding": encoding }),
  });
  for (const part of parts.slice(0, -1)) response.write(part);
  // The last one with the end: what is whole already leaves in one write, head and all.
  response.end(parts.at(-1));
}
