import type { PollEvent } from "@fc-async/inventory";

/** Most that stopping waits for a collector; the rest of the grace belongs to others. */
const FLUSH_MS = 3000;
const TRACES_PATH = "/v1/traces";

export interface StartTracingOptions {
  /** Of an OTLP/HTTP collector, such as `http://127.0.0.1:4318`; `/v1/traces` is added unless it is there. */
  readonly endpoint: string;
  readonly version: string;
  /** Told when the collector does not take spans, once per outage. */
  readonly onError: (error: Error) => void;
  /** Milliseconds since the epoch. Default `Date.now`. */
  readonly now?: (() => number) | undefined;
}

export interface Tracing {
  /** To be told of everything the poll loop does. */
  readonly observe: (event: PollEvent) => void;
  /** Ends open spans and sends what is left; resolves within three seconds whatever the collector does. */
  readonly stop: () => Promise<void>;
}

/**
 * Sends a span for each poll and each page to a collector. OpenTelemetry is loaded here and not before: a start without tracing
 * does not pay for it.
 */
export async function startTracing(options: StartTracingOptions): Promise<Tracing> {
  const { endpoint, version, onError, now = Date.now } = options;
  const [{ createOtlpTracer }, { createPollSpans }] = await Promise.all([
    import("./otlp-tracer.ts"),
    import("./poll-spans.ts"),
  ]);
  const { tracer, shutdown } = createOtlpTracer({ url: tracesUrl(endpoint), version, onError });
  const spans = createPollSpans(tracer, now);
  return {
    observe: spans.observe,
    async stop() {
      spans.end();
      const timer = Promise.withResolvers<void>();
      const timeout = setTimeout(timer.resolve, FLUSH_MS);
      await Promise.race([shutdown(), timer.promise]);
      clearTimeout(timeout);
    },
  };
}

function tracesUrl(endpoint: string): string {
  const url = new URL(endpoint);
  const path = url.pathname.replace(/\/$/u, "");
  url.pathname = path.endsWith(TRACES_PATH) ? path : `${path}${TRACES_PATH}`;
  return url.href;
}
