import type { PollEvent, Target, TargetId } from "@fc-async/inventory";
import type { CallEvent } from "@fc-async/protocol";
import {
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  trace,
  type Context,
  type Span,
  type Tracer,
} from "@opentelemetry/api";

/** A walk of a million rows has ten thousand pages; what is slow or wrong shows in far fewer. */
const MAX_PAGE_SPANS = 200;

/** Turns events of the poll loop into spans. */
export interface PollSpans {
  readonly observe: (event: PollEvent) => void;
  /** Ends the spans of polls that will not tell their end any more, because the loop was stopped. */
  readonly end: () => void;
}

interface OpenPoll {
  readonly span: Span;
  readonly context: Context;
  /** 1-based number of the page that is being read. */
  page: number;
  pageSpans: number;
  pagesWithoutSpan: number;
  /** Of the attempt that comes next: how often the page was asked for before, why again, after which wait. */
  retry: Extract<CallEvent, { readonly type: "retry" }> | undefined;
  retries: number;
  /** The last attempt failed, and no retry was announced since. */
  failed: boolean;
}

/**
 * A span for each poll, from its claim to what became of it, and in it one for each attempt to read a page. Names are those of
 * the semantic conventions of OpenTelemetry where there are some (https://opentelemetry.io/docs/specs/semconv/http/http-spans/).
 * Of a long walk the first 200 attempts have spans, and every one that failed or was a retry. No span holds the name of a
 * function or service.
 *
 * @param now - Milliseconds since the epoch.
 */
export function createPollSpans(tracer: Tracer, now: () => number): PollSpans {
  const open = new Map<TargetId, OpenPoll>();

  function start(target: Target): void {
    finish(target, "given up");
    const { id, source, accountId, regionId } = target;
    const attributes = {
      "fc_async.target": id,
      "fc_async.source": source,
      "cloud.provider": "alibaba_cloud",
      "cloud.account.id": accountId,
      "cloud.region": regionId,
    };
    const span = tracer.startSpan(
      "fc_async.poll",
      { kind: SpanKind.INTERNAL, startTime: now(), attributes },
      ROOT_CONTEXT,
    );
    open.set(id, {
      span,
      context: trace.setSpan(ROOT_CONTEXT, span),
      page: 1,
      pageSpans: 0,
      pagesWithoutSpan: 0,
      retry: undefined,
      retries: 0,
      failed: false,
    });
  }

  function finish({ id }: Pick<Target, "id">, problem?: string, reason?: string): void {
    const poll = open.get(id);
    if (poll === undefined) return;
    open.delete(id);
    const { span, pagesWithoutSpan, retries } = poll;
    span.setAttribute("fc_async.retries", retries);
    if (pagesWithoutSpan > 0) span.setAttribute("fc_async.pages_without_span", pagesWithoutSpan);
    if (reason !== undefined) span.setAttribute("error.type", reason);
    if (problem !== undefined) span.setStatus({ code: SpanStatusCode.ERROR, message: problem });
    span.end(now());
  }

  function observeCall(poll: OpenPoll, call: CallEvent): void {
    switch (call.type) {
      case "attempt":
        observeAttempt(poll, call);
        return;
      case "retry":
        poll.retry = call;
        poll.retries += 1;
        poll.failed = false;
        return;
      case "rate_limit_wait":
        poll.span.addEvent("rate limit wait", { "fc_async.wait_ms": call.waitMs }, now());
        return;
      case "clock_skew":
        poll.span.addEvent("clock corrected", { "fc_async.skew_ms": call.skewMs }, now());
    }
  }

  function observeAttempt(poll: OpenPoll, call: Extract<CallEvent, { readonly type: "attempt" }>): void {
    // A walk whose token was refused begins again; nothing else goes on after a failure without a retry.
    if (poll.failed) poll.page = 1;
    const { page, retry } = poll;
    const isOk = call.outcome === "ok";
    if (poll.pageSpans < MAX_PAGE_SPANS || !isOk || retry !== undefined) recordAttempt(poll, call, tracer, now());
    else poll.pagesWithoutSpan += 1;
    poll.page = isOk ? page + 1 : page;
    poll.retry = undefined;
    poll.failed = !isOk;
  }

  function observe(event: PollEvent): void {
    switch (event.type) {
      case "poll_started":
        start(event.target);
        return;
      case "call": {
        const poll = open.get(event.target.id);
        if (poll !== undefined) observeCall(poll, event.call);
        return;
      }
      case "poll_succeeded": {
        const { pages, rowCount, functionCount, duplicateRows } = event.snapshot;
        open.get(event.target.id)?.span.setAttributes({
          "fc_async.pages": pages,
          "fc_async.rows": rowCount,
          "fc_async.functions": functionCount,
          "fc_async.duplicate_rows": duplicateRows,
        });
        finish(event.target);
        return;
      }
      case "poll_failed": {
        const { reason, message, serverCode, requestId } = event.failure;
        open.get(event.target.id)?.span.setAttributes({
          "fc_async.pages": event.pages,
          ...(serverCode === undefined ? {} : { "fc_async.server_code": serverCode }),
          ...(requestId === undefined ? {} : { "fc_async.request_id": requestId }),
        });
        finish(event.target, message, reason);
        return;
      }
      case "lease_lost":
      case "fenced":
        finish(event.target, "another process reads the target", event.type);
        return;
      default:
    }
  }

  return {
    observe,
    end() {
      for (const id of open.keys()) finish({ id }, "polling was stopped", "stopped");
    },
  };
}

function recordAttempt(
  poll: OpenPoll,
  call: Extract<CallEvent, { readonly type: "attempt" }>,
  tracer: Tracer,
  endMs: number,
): void {
  const { status, requestId, outcome, durationMs } = call;
  const { retry, page, context } = poll;
  const attributes = {
    "fc_async.page": page,
    "http.request.method": "GET",
    ...(status === undefined ? {} : { "http.response.status_code": status }),
    ...(requestId === undefined ? {} : { "fc_async.request_id": requestId }),
    ...(outcome === "ok" ? {} : { "error.type": outcome }),
    ...(retry === undefined
      ? {}
      : {
          "http.request.resend_count": retry.attempt - 1,
          "fc_async.retry_reason": retry.reason,
          "fc_async.retry_delay_ms": retry.delayMs,
        }),
  };
  const options = { kind: SpanKind.CLIENT, startTime: endMs - durationMs, attributes };
  const span = tracer.startSpan("fc_async.page", options, context);
  if (outcome !== "ok") span.setStatus({ code: SpanStatusCode.ERROR });
  span.end(endMs);
  poll.pageSpans += 1;
}
