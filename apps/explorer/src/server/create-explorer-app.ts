import { foreignCaller } from "@fc-async/daemon";
import { Hono, type Context } from "hono";
import { bodyLimit } from "hono/body-limit";
import { createRelay, type RelayOptions } from "../relay/create-relay.ts";
import { parseRelayRequest } from "../relay/parse-relay-request.ts";
import type { RelayFailure } from "../relay/relay-message.ts";
import type { PageSettings } from "../request/presets.ts";
import { samplesFor } from "../samples/samples-for.ts";
import type { PageFile, PageFiles } from "./page-files.ts";
import { readSamplesQuery } from "./samples-query.ts";
import { SECURITY_HEADERS } from "./security-headers.ts";

/** What the explorer's server is made of. */
export interface ExplorerAppOptions {
  readonly settings: PageSettings;
  readonly pageFiles: PageFiles;
  /** Bounded, and without redirects: `createNodeFetch()`. */
  readonly fetch: RelayOptions["fetch"];
  /** The hosts it is asked at, as `ownHosts` of @fc-async/daemon makes them. Asked for each request: a port may be known late. */
  readonly hosts: () => ReadonlySet<string>;
  /** A monotonic clock in milliseconds. Default `performance.now`. */
  readonly nowMs?: (() => number) | undefined;
  /** Told about each request that was answered; neither query nor headers are in it. */
  readonly onRequest?: ((record: ExplorerRequestRecord) => void) | undefined;
  /** Told about what should not happen, and was answered with 500. */
  readonly onError?: ((error: unknown) => void) | undefined;
}

/** One request, for a log. */
export interface ExplorerRequestRecord {
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly durationMs: number;
  /** On `/relay`: which side failed, and how. */
  readonly failure: Pick<RelayFailure, "side" | "code"> | undefined;
}

/** Standard requests in, standard responses out. */
export type ExplorerApp = Pick<Hono, "fetch" | "request">;

/** A signed request has some kilobytes. */
const MAX_BODY_BYTES = 64 * 1024;
/** What web servers log for it; there is no standard status. */
const CLIENT_GONE = 499;
const IMMUTABLE = "public, max-age=31536000, immutable";

interface Environment {
  readonly Variables: { failure?: RelayFailure };
}

/**
 * The explorer's server: the page, its settings, the samples for machines, and the relay. Every answer carries the security headers,
 * and a request that another website made a browser send is refused on every route.
 */
export function createExplorerApp(options: ExplorerAppOptions): ExplorerApp {
  const { settings, pageFiles, fetch, hosts, nowMs = () => performance.now(), onRequest, onError } = options;
  const relay = createRelay({ fetch, nowMs, emulatorEndpoint: settings.emulatorEndpoint });
  const [firstPreset] = settings.presets;
  if (firstPreset === undefined) throw new TypeError("The settings need a preset: the page starts with one.");
  const app = new Hono<Environment>();

  app.use(async (context, next) => {
    const startedMs = nowMs();
    const foreign = foreignCaller(context.req.raw.headers, hosts());
    if (foreign === undefined) await next();
    else context.res = fail(context, 403, { side: "relay", ...foreign });
    for (const [name, value] of SECURITY_HEADERS) context.res.headers.set(name, value);
    if (!context.res.headers.has("cache-control")) context.res.headers.set("cache-control", "no-store");
    const { method, path } = context.req;
    const { status } = context.res;
    onRequest?.({ method, path, status, durationMs: nowMs() - startedMs, failure: context.get("failure") });
  });

  app.get("/", (context) => sendFile(context, pageFiles.get("/")));
  app.get("/assets/:name", (context) => {
    const file = pageFiles.get(context.req.path);
    if (file !== undefined) context.header("cache-control", IMMUTABLE);
    return sendFile(context, file);
  });
  app.get("/settings.json", (context) => context.json(settings));
  app.get("/-/healthy", (context) => context.text("fc-async-explorer is healthy.\n"));
  app.get("/samples", (context) => {
    const reading = readSamplesQuery(new URL(context.req.url).searchParams, firstPreset.values);
    return reading.ok ? context.json(samplesFor(reading.request)) : context.json({ problems: reading.problems }, 400);
  });
  app.post(
    "/relay",
    bodyLimit({
      maxSize: MAX_BODY_BYTES,
      onError: (context) => fail(context, 413, badRequest(`The body is larger than ${MAX_BODY_BYTES} bytes.`)),
    }),
    async (context) => {
      // A form of another site cannot send this type without asking first, and is not answered when it asks.
      if (!/^application\/json(?:;|$)/i.test(context.req.header("content-type") ?? "")) {
        return fail(context, 415, badRequest("The content type is not application/json."));
      }
      const reading = parseRelayRequest(await context.req.text());
      if (!reading.ok) return fail(context, 400, badRequest(reading.problem));
      const outcome = await relay(reading.request, context.req.raw.signal);
      return outcome.status === 200 ? context.json(outcome.body) : fail(context, outcome.status, outcome.body);
    },
  );
  app.notFound((context) => context.text("There is nothing here. The page is at /.\n", 404));
  app.onError((error, context) => {
    // Whoever asked is gone; nothing failed, and nobody reads the answer.
    if (context.req.raw.signal.aborted) return new Response(null, { status: CLIENT_GONE });
    onError?.(error);
    return context.text("The explorer failed; its log says how.\n", 500);
  });
  return app;
}

function badRequest(message: string): RelayFailure {
  return { side: "relay", code: "bad_request", message: `The relay did not send the request. ${message}` };
}

function fail(context: Context<Environment>, status: 400 | 403 | 413 | 415 | 502, failure: RelayFailure): Response {
  context.set("failure", failure);
  return context.json(failure, status);
}

function sendFile(context: Context<Environment>, file: PageFile | undefined): Response | Promise<Response> {
  if (file === undefined) return context.notFound();
  const { contentType, bytes, gzip } = file;
  const isGzip = gzip !== undefined && acceptsGzip(context.req.header("accept-encoding") ?? "");
  context.header("content-type", contentType);
  context.header("vary", "accept-encoding");
  if (isGzip) context.header("content-encoding", "gzip");
  const body = isGzip ? gzip : bytes;
  context.header("content-length", body.byteLength.toString());
  return context.body(body);
}

/** Browsers name gzip plainly; `q=0` takes it back. */
function acceptsGzip(header: string): boolean {
  return header.split(",").some((entry) => /^\s*gzip\s*(?:;(?!\s*q=0(?:\.0*)?\s*$).*)?$/i.test(entry));
}
