import { once } from "node:events";
import { createServer, type IncomingHttpHeaders } from "node:http";
import { json } from "node:stream/consumers";
import { readFlags } from "@fc-async/daemon";
import type { PollEvent, Snapshot, Target } from "@fc-async/inventory";
import type { CallEvent } from "@fc-async/protocol";
import { SpanKind, SpanStatusCode } from "@opentelemetry/api";
import { InMemorySpanExporter, SimpleSpanProcessor, TracerProvider, type ReadableSpan } from "@opentelemetry/sdk-trace";
import { createPollSpans, startTracing, TRACING_FLAGS } from "fc-async-exporter";
import { describe, expect, onTestFinished, test, vi } from "vitest";

const START_MS = Date.UTC(2026, 10, 23, 9, 0, 0);

const target: Target = {
  id: "fc2/1234567890123456/cn-hangzhou",
  source: "fc2",
  accountId: "1234567890123456",
  regionId: "cn-hangzhou",
};
const other: Target = { ...target, id: "fc2/1234567890123456/cn-beijing", regionId: "cn-beijing" };

const snapshot: Snapshot = {
  services: [],
  functionCount: 150,
  rowCount: 160,
  duplicateRows: 1,
  pages: 2,
  quirks: {},
  startedAtMs: START_MS,
  durationMs: 0,
};
const succeeded = (of = target): PollEvent => ({
  type: "poll_succeeded",
  target: of,
  snapshot,
  diff: undefined,
  nextDueAtMs: 0,
});
const failed: PollEvent = {
  type: "poll_failed",
  target,
  failure: { reason: "server", message: "GET /…: 500", serverCode: "InternalServerError", requestId: "r-3" },
  error: new Error("500"),
  durationMs: 10,
  pages: 1,
  nextDueAtMs: 0,
};
const started = (of = target): PollEvent => ({ type: "poll_started", target: of });
const called = (call: CallEvent, of = target): PollEvent => ({ type: "call", target: of, call });
const attempt = (
  outcome: Extract<CallEvent, { type: "attempt" }>["outcome"],
  status: number | undefined = 200,
): PollEvent => called({ type: "attempt", durationMs: 40, outcome, status, requestId: "r-1", traceId: undefined });
const retry = (attemptNumber: number): PollEvent =>
  called({ type: "retry", attempt: attemptNumber, delayMs: 100, reason: "server" });

/** The finished spans after these events, 50 ms between each, and after the end when asked for. */
function spansOf(events: readonly PollEvent[], end = false): readonly ReadableSpan[] {
  const exporter = new InMemorySpanExporter();
  const provider = new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter })] });
  let nowMs = START_MS;
  const spans = createPollSpans(provider.getTracer("test"), () => nowMs);
  for (const event of events) {
    spans.observe(event);
    nowMs += 50;
  }
  if (end) spans.end();
  return exporter.getFinishedSpans();
}

const millis = ([seconds, nanos]: readonly [number, number]): number => seconds * 1000 + nanos / 1e6 - START_MS;

describe("a poll", () => {
  test("is a span from its claim to its end, with the pages as its children", () => {
    const [first, second, poll, ...rest] = spansOf([started(), attempt("ok"), attempt("ok"), succeeded()]);
    expect(rest).toEqual([]);
    expect(poll).toMatchObject({
      name: "fc_async.poll",
      kind: SpanKind.INTERNAL,
      status: { code: SpanStatusCode.UNSET },
      attributes: {
        "fc_async.target": target.id,
        "cloud.account.id": "1234567890123456",
        "cloud.region": "cn-hangzhou",
        "fc_async.pages": 2,
        "fc_async.rows": 160,
        "fc_async.functions": 150,
        "fc_async.retries": 0,
      },
    });
    expect(poll?.parentSpanContext).toBeUndefined();
    expect([millis(poll?.startTime ?? [0, 0]), millis(poll?.endTime ?? [0, 0])]).toEqual([0, 150]);
    for (const [page, span] of [first, second].entries()) {
      expect(span).toMatchObject({
        name: "fc_async.page",
        kind: SpanKind.CLIENT,
        parentSpanContext: { spanId: poll?.spanContext().spanId },
        attributes: { "fc_async.page": page + 1, "http.response.status_code": 200, "fc_async.request_id": "r-1" },
      });
    }
    expect([millis(first?.startTime ?? [0, 0]), millis(first?.endTime ?? [0, 0])]).toEqual([10, 50]);
  });

  test("that failed has the reason, the code and the request id, and its attempts their own", () => {
    const spans = spansOf([started(), attempt("ok"), attempt("server", 500), retry(2), attempt("server", 500), failed]);
    expect(spans.map(({ attributes }) => attributes["fc_async.page"])).toEqual([1, 2, 2, undefined]);
    expect(spans[1]).toMatchObject({
      status: { code: SpanStatusCode.ERROR },
      attributes: { "error.type": "server", "http.response.status_code": 500 },
    });
    expect(spans[2]?.attributes).toMatchObject({
      "http.request.resend_count": 1,
      "fc_async.retry_reason": "server",
      "fc_async.retry_delay_ms": 100,
    });
    expect(spans[3]).toMatchObject({
      status: { code: SpanStatusCode.ERROR, message: "GET /…: 500" },
      attributes: {
        "error.type": "server",
        "fc_async.server_code": "InternalServerError",
        "fc_async.request_id": "r-3",
        "fc_async.retries": 1,
      },
    });
  });

  test("that began again counts its pages from the first", () => {
    const spans = spansOf([started(), attempt("ok"), attempt("other", 400), attempt("ok"), attempt("ok"), succeeded()]);
    expect(spans.map(({ attributes }) => attributes["fc_async.page"])).toEqual([1, 2, 1, 2, undefined]);
  });

  test("shows waits of the rate limit and corrections of the clock", () => {
    const [poll] = spansOf([
      started(),
      called({ type: "rate_limit_wait", waitMs: 700 }),
      called({ type: "clock_skew", skewMs: -1200 }),
      succeeded(),
    ]);
    expect(poll?.events.map(({ name, attributes }) => [name, attributes])).toEqual([
      ["rate limit wait", { "fc_async.wait_ms": 700 }],
      ["clock corrected", { "fc_async.skew_ms": -1200 }],
    ]);
  });

  test("of one target does not touch that of another", () => {
    const ended = spansOf([started(), started(other), attempt("ok"), succeeded(other), succeeded()]);
    const [page, second, first] = ended;
    expect(page?.parentSpanContext?.spanId).toBe(first?.spanContext().spanId);
    expect(second?.attributes["cloud.region"]).toBe("cn-beijing");
    expect(new Set(ended.map((span) => span.spanContext().traceId)).size).toBe(2);
  });

  test.each([
    ["lease_lost", "another process reads the target"],
    ["fenced", "another process reads the target"],
  ] as const)("that was %s ends as an error", (type, message) => {
    const [poll] = spansOf([started(), { type, target }]);
    expect(poll).toMatchObject({ status: { code: SpanStatusCode.ERROR, message }, attributes: { "error.type": type } });
  });

  test("that was stopped ends when tracing does", () => {
    expect(spansOf([started()])).toEqual([]);
    expect(spansOf([started()], true)).toMatchObject([{ attributes: { "error.type": "stopped" } }]);
  });

  test("of ten thousand pages has two hundred spans, and all that went wrong", () => {
    const pages = Array.from({ length: 10_000 }, () => attempt("ok"));
    const spans = spansOf([started(), ...pages, attempt("server", 500), retry(2), attempt("ok"), succeeded()]);
    expect(spans).toHaveLength(200 + 2 + 1);
    expect(spans.at(-1)?.attributes["fc_async.pages_without_span"]).toBe(9800);
    expect(spans.at(-2)?.attributes["fc_async.page"]).toBe(10_001);
  });

  test("that nobody saw begin is left alone, and events without a target, too", () => {
    expect(
      spansOf([attempt("ok"), succeeded(), { type: "store_up" }, { type: "polls_skipped", target, count: 1 }]),
    ).toEqual([]);
  });
});

interface Received {
  readonly path: string | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: unknown;
}

/** A collector that takes spans as OTLP/HTTP JSON. */
async function collector(status = 200): Promise<{ readonly endpoint: string; readonly received: readonly Received[] }> {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    void json(request).then((body) => {
      received.push({ path: request.url, headers: request.headers, body });
      return response.writeHead(status, { "content-type": "application/json", connection: "close" }).end("{}");
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => void server.close());
  const address = server.address();
  return { endpoint: `http://127.0.0.1:${typeof address === "object" ? address?.port : 0}`, received };
}

describe("a collector", () => {
  test.each(["", "/", "/v1/traces"])('at "%s" gets the spans of a poll when tracing stops', async (path) => {
    const { endpoint, received } = await collector();
    const errors: Error[] = [];
    const tracing = await startTracing({
      endpoint: `${endpoint}${path}`,
      version: "1.2.3",
      onError: (error) => errors.push(error),
      now: () => START_MS,
    });
    for (const event of [started(), attempt("ok"), succeeded()]) tracing.observe(event);
    await tracing.stop();
    expect(errors).toEqual([]);
    expect(received).toMatchObject([
      {
        path: "/v1/traces",
        headers: { "content-type": "application/json" },
        body: {
          resourceSpans: [
            {
              resource: {
                attributes: [
                  { key: "service.name", value: { stringValue: "fc-async-exporter" } },
                  { key: "service.version", value: { stringValue: "1.2.3" } },
                ],
              },
              scopeSpans: [
                {
                  spans: [
                    { name: "fc_async.page", kind: 3 },
                    { name: "fc_async.poll", kind: 1 },
                  ],
                },
              ],
            },
          ],
        },
      },
    ]);
  });

  test("that refuses is told once, and does not disturb", async () => {
    const { endpoint, received } = await collector(400);
    const errors: Error[] = [];
    const tracing = await startTracing({ endpoint, version: "1.2.3", onError: (error) => errors.push(error) });
    tracing.observe(started());
    tracing.observe(succeeded());
    await tracing.stop();
    expect(received).toHaveLength(1);
    expect(errors).toHaveLength(1);
  });

  test("that never answers does not hold up the stop", async () => {
    const server = createServer(() => undefined);
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    onTestFinished(() => {
      server.closeAllConnections();
      server.close();
    });
    const address = server.address();
    const endpoint = `http://127.0.0.1:${typeof address === "object" ? address?.port : 0}`;
    const tracing = await startTracing({ endpoint, version: "1.2.3", onError: () => undefined });
    tracing.observe(started());
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    onTestFinished(() => void vi.useRealTimers());
    const asked = once(server, "request");
    let isStopped = false;
    const stopped = tracing.stop().then(() => (isStopped = true));
    await asked;
    await vi.advanceTimersByTimeAsync(2999);
    expect(isStopped).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    await stopped;
  });
});

test.each([
  ["http://127.0.0.1:4318", "run"],
  ["https://collector.example.com/otlp", "run"],
  ["127.0.0.1:4318", "refused"],
  ["grpc://127.0.0.1:4317", "refused"],
  ["http://user:secret@127.0.0.1:4318", "refused"],
])("--tracing.otlp-endpoint=%s is %s", (endpoint, kind) => {
  const program = { name: "p", description: "", version: "1", flags: TRACING_FLAGS };
  const reading = readFlags(program, [`--tracing.otlp-endpoint=${endpoint}`]);
  expect(reading.kind).toBe(kind);
  expect(JSON.stringify(reading)).not.toContain("secret");
});
