import type { ClientRequest, IncomingMessage } from "node:http";
import { FcTimeoutError, type TimeoutPhase } from "../errors/fc-timeout-error.ts";
import { bodyTooLarge } from "../fetch/capped-fetch.ts";
import { describeRequest, type AttemptBounds, type AttemptRequest } from "../fetch/send-bounded.ts";
import type { HeaderPair } from "../signing/request-to-sign.ts";
import { http, https } from "./builtin-modules.ts";
import type { Way } from "./create-agents.ts";
import { ACCEPT_ENCODING } from "./decompress.ts";

/** Our own timer rings first, because its error says what was waited for. */
const TUNNEL_GRACE_MS = 500;

/** The phases that one attempt has. */
type AttemptPhase = Exclude<TimeoutPhase, "walk">;

/** How long each phase of an attempt may take. */
export interface PhaseTimeouts {
  /** Name, connection, TLS and proxy. Default 5,000. */
  readonly connectMs: number;
  /** From the request to the first byte of the answer. Default 10,000. */
  readonly headersMs: number;
  /** From there to its last byte. Default 15,000. */
  readonly bodyMs: number;
}

/** An answer as it came, still compressed. */
export interface RawAnswer {
  readonly message: IncomingMessage;
  readonly body: Buffer<ArrayBuffer>;
}

/**
 * One request and its whole answer over node:http(s). One timer runs at a time: for the phase, or for what is left of the
 * attempt when that is less. Rejects with the socket's error, `FcTimeoutError`, `FcLimitError`, or the signal's reason.
 */
export function exchange(
  request: AttemptRequest,
  bounds: AttemptBounds,
  way: Way,
  timeouts: PhaseTimeouts,
  onHead?: (message: IncomingMessage) => void,
): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    const { signal } = request;
    const deadlineMs = performance.now() + bounds.timeoutMs;
    let timer: NodeJS.Timeout | undefined;
    let timerUntilMs = Infinity;
    let waiting = { phase: "attempt" as AttemptPhase, timeoutMs: bounds.timeoutMs, untilMs: deadlineMs };

    const settle = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", onAbort);
    };
    const fail = (error: unknown): void => {
      settle();
      reject(error);
      outgoing.destroy();
    };
    const onAbort = (): void => fail(signal?.reason);
    const enter = (phase: AttemptPhase, phaseMs: number): void => {
      const nowMs = performance.now();
      const isCut = deadlineMs < nowMs + phaseMs;
      waiting = isCut
        ? { phase: "attempt", timeoutMs: bounds.timeoutMs, untilMs: deadlineMs }
        : { phase, timeoutMs: phaseMs, untilMs: nowMs + phaseMs };
      // A timer that runs out too early looks at the new deadline and goes on; only an earlier one needs a new timer.
      if (waiting.untilMs < timerUntilMs) arm(nowMs);
    };
    const arm = (nowMs: number): void => {
      clearTimeout(timer);
      timerUntilMs = waiting.untilMs;
      timer = setTimeout(onTimer, Math.max(1, Math.ceil(timerUntilMs - nowMs)));
    };
    const onTimer = (): void => {
      const nowMs = performance.now();
      if (nowMs < waiting.untilMs) arm(nowMs);
      else fail(timeoutError(request, waiting.phase, waiting.timeoutMs));
    };

    const onResponse = (message: IncomingMessage): void => {
      enter("body", timeouts.bodyMs);
      onHead?.(message);
      const chunks: Buffer<ArrayBuffer>[] = [];
      let length = 0;
      message.on("data", (chunk: Buffer<ArrayBuffer>) => {
        length += chunk.byteLength;
        if (length > bounds.maxBodyBytes) fail(bodyTooLarge(describeRequest(request), bounds.maxBodyBytes));
        else chunks.push(chunk);
      });
      message.on("error", fail);
      message.on("end", () => {
        settle();
        const [only] = chunks;
        resolve({ message, body: chunks.length === 1 && only !== undefined ? only : Buffer.concat(chunks, length) });
      });
    };

    const tunnelMs = Math.min(timeouts.connectMs, bounds.timeoutMs) + TUNNEL_GRACE_MS;
    const outgoing = open(request, way, tunnelMs, onResponse);
    outgoing.on("error", fail);
    enter("connect", timeouts.connectMs);
    signal?.addEventListener("abort", onAbort, { once: true });
    outgoing.on("socket", (socket) => {
      if (outgoing.reusedSocket || !socket.connecting) enter("headers", timeouts.headersMs);
      else {
        const connected = request.origin.protocol === "https:" ? "secureConnect" : "connect";
        socket.once(connected, () => enter("headers", timeouts.headersMs));
      }
    });
    outgoing.end(request.body);
  });
}

function open(
  request: AttemptRequest,
  way: Way,
  tunnelMs: number,
  onResponse: (message: IncomingMessage) => void,
): ClientRequest {
  const { origin, method, target, body } = request;
  const pairs: HeaderPair[] = [...request.headers, ["accept-encoding", ACCEPT_ENCODING], ["connection", "keep-alive"]];
  if (body !== undefined) pairs.push(["content-length", body.byteLength.toString()]);
  // A flat list is the fastest form, but Node forgets the credentials of a plain HTTP proxy with it.
  const headers = way.proxied ? Object.fromEntries(pairs) : pairs.flat();
  const module = origin.protocol === "https:" ? https : http;
  const options = {
    agent: way.agent,
    method,
    path: target,
    host: origin.hostname,
    port: origin.port,
    headers,
    // Until a proxy has opened its tunnel Node holds the connection alone: destroying the request would leave it open.
    ...(way.proxied ? { timeout: tunnelMs } : {}),
  };
  // Without a callback Node copies the options into an object that is slow to read.
  return module.request(options, onResponse);
}

function timeoutError(request: AttemptRequest, phase: AttemptPhase, timeoutMs: number): FcTimeoutError {
  const waitedFor = {
    connect: "no connection",
    headers: "no answer",
    body: "no whole body",
    attempt: "no whole answer",
  }[phase];
  return new FcTimeoutError(
    `${describeRequest(request)}: ${waitedFor} within ${timeoutMs} ms. Check the network, or raise the timeout.`,
    { phase, timeoutMs },
  );
}
