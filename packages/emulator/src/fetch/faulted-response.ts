import type { TransportFault, WireAnswer } from "../exchange/wire-answer.ts";
import type { Framing } from "../faults/fault-rule.ts";
import { responseWithBody } from "./response-from.ts";

type Sleep = (ms: number, signal?: AbortSignal) => Promise<void>;

/** What Node's `fetch` reports differs by version; clients go by the class of the error. */
const BROKEN_FRAMING_CODE = "HPE_INVALID_CONSTANT";

/** The codes Node's `fetch` reports for the two ways a connection can end. */
const CAUSE_CODE = { reset: "ECONNRESET", close: "UND_ERR_SOCKET" } as const;

/** What a caller of `fetch` sees of a transport fault: a rejected promise, a body that fails, or nothing at all. */
export function faultedResponse(
  fault: TransportFault,
  signal: AbortSignal | undefined,
  sleep: Sleep,
): Promise<Response> {
  switch (fault.type) {
    case "silence":
      return new Promise<never>((_resolve, reject) => {
        if (signal?.aborted === true) reject(signal.reason);
        signal?.addEventListener("abort", () => reject(signal.reason), { once: true });
      });
    case "drip":
      return Promise.resolve(responseWithBody(fault.answer, dripping(fault.answer, fault, signal, sleep)));
    case "broken-framing":
      // The head is right but for a chunk size that is wrong: such an answer fails in its body.
      return fault.how === "bad-chunk-size"
        ? Promise.resolve(responseWithBody(fault.answer, breaking(fault.answer, 0, BROKEN_FRAMING_CODE)))
        : Promise.reject(connectionError("fetch failed", BROKEN_FRAMING_CODE));
    default: {
      const { type, partial } = fault;
      if (partial === undefined) return Promise.reject(connectionError("fetch failed", CAUSE_CODE[type]));
      const { answer, afterBytes, framing } = partial;
      // Without a length or chunks FIN is the right end of a body.
      const body =
        type === "close" && framing === "none"
          ? answer.body.slice(0, afterBytes)
          : breaking(answer, afterBytes, CAUSE_CODE[type]);
      return Promise.resolve(responseWithBody(withoutLength(answer, framing), body));
    }
  }
}

function withoutLength(answer: WireAnswer, framing: Framing): WireAnswer {
  if (framing === "length") return answer;
  return { ...answer, headers: answer.headers.filter(([name]) => name.toLowerCase() !== "content-length") };
}

/** A `TypeError` as `fetch` rejects with, its cause carrying the code. */
export function connectionError(message: string, code: string): TypeError {
  return new TypeError(message, { cause: Object.assign(new Error(`${code}: injected by a fault rule`), { code }) });
}

function breaking({ body }: WireAnswer, afterBytes: number, code: string): ReadableStream<Uint8Array<ArrayBuffer>> {
  let sent = false;
  return new ReadableStream(
    {
      pull(controller) {
        if (sent) {
          controller.error(connectionError("terminated", code));
          return;
        }
        sent = true;
        controller.enqueue(body.slice(0, afterBytes));
      },
    },
    { highWaterMark: 0 },
  );
}

function dripping(
  { body }: WireAnswer,
  { bytes, everyMs }: { readonly bytes: number; readonly everyMs: number },
  signal: AbortSignal | undefined,
  sleep: Sleep,
): ReadableStream<Uint8Array<ArrayBuffer>> {
  let offset = 0;
  return new ReadableStream(
    {
      async pull(controller) {
        await sleep(everyMs, signal);
        controller.enqueue(body.slice(offset, offset + bytes));
        offset += bytes;
        if (offset >= body.length) controller.close();
      },
    },
    { highWaterMark: 0 },
  );
}
