import { formatRfc1123 } from "@fc-async/protocol/verify";
import { errorBody } from "../errors/error-body.ts";
import type { ErrorShape } from "../errors/wire-error.ts";
import { completeAnswer, withHeaders, type Stamp } from "../exchange/complete-answer.ts";
import type { TransportFault, WireAnswer } from "../exchange/wire-answer.ts";
import type { FaultAction } from "./fault-rule.ts";
import { gzip } from "./gzip.ts";
import { gzipBomb } from "./gzip-bomb.ts";
import { injectedError } from "./injected-error.ts";
import { junkAnswer } from "./junk-answer.ts";

/** What a fault needs to know of the request it hits. */
export interface FaultScene {
  readonly shape: ErrorShape;
  readonly host: string;
  readonly stamp: Stamp;
}

/** The outcome of a request that a fault hit, and the error code in it. */
export interface FaultOutcome {
  readonly outcome: WireAnswer | TransportFault;
  readonly code?: string | undefined;
}

const utf8 = new TextEncoder();

/** Turns the right answer into what the fault makes of it. `page` and `token` have done their work before, on the list. */
export async function faultAnswer(action: FaultAction, right: WireAnswer, scene: FaultScene): Promise<FaultOutcome> {
  switch (action.type) {
    case "delay":
    case "page":
    case "token":
      return { outcome: right };
    case "status":
      return statusAnswer(action, scene);
    case "headers":
      return { outcome: { ...right, headers: withHeaders(right.headers, action.headers) } };
    case "body":
      return { outcome: await bodyAnswer(action, right, scene) };
    case "gzip-bomb":
      return { outcome: await bombAnswer(action.bytes, scene) };
    case "junk":
      return { outcome: junkAnswer(action.kind, action.status ?? 200, right, scene.stamp) };
    case "redirect":
      return { outcome: completeAnswer(action.status ?? 302, "", scene.stamp, { Location: action.location }) };
    case "stale":
      return { outcome: { ...right, headers: withHeaders(right.headers, staleHeaders(action.ageMs, scene.stamp)) } };
    case "broken-framing":
      return { outcome: { type: "broken-framing", how: action.how, answer: right } };
    case "reset":
    case "close": {
      const { type, afterBytes, framing = "length" } = action;
      return {
        outcome: { type, partial: afterBytes === undefined ? undefined : { answer: right, afterBytes, framing } },
      };
    }
    case "silence":
      return { outcome: { type: "silence" } };
    default:
      return { outcome: { type: "drip", answer: right, bytes: action.bytes, everyMs: action.everyMs } };
  }
}

function statusAnswer(
  action: Extract<FaultAction, { readonly type: "status" }>,
  { shape, host, stamp }: FaultScene,
): FaultOutcome {
  if (action.status < 400) return { outcome: completeAnswer(action.status, "", stamp, action.headers) };
  const error = injectedError(action);
  const body = errorBody(shape, error, stamp.requestId, host);
  return { outcome: completeAnswer(error.status, body, stamp, action.headers), code: error.code };
}

async function bodyAnswer(
  action: Extract<FaultAction, { readonly type: "body" }>,
  right: WireAnswer,
  { stamp }: FaultScene,
): Promise<WireAnswer> {
  const plain = givenBytes(action) ?? right.body;
  const { status = 200, headers = {} } = action;
  if (action.gzip === undefined) return completeAnswer(status, plain, stamp, headers);
  const whole = await gzip(plain);
  const sent = action.gzip === "cut" ? whole.slice(0, whole.length >>> 1) : whole;
  return completeAnswer(status, sent, stamp, { "Content-Encoding": "gzip", ...headers });
}

async function bombAnswer(bytes: number, { stamp }: FaultScene): Promise<WireAnswer> {
  return completeAnswer(200, await gzipBomb(bytes), stamp, { "Content-Encoding": "gzip" });
}

/** As a cache answers (RFC 9111 section 5.1): the date the answer was made, and the seconds since. */
function staleHeaders(ageMs: number, { now }: Stamp): Readonly<Record<string, string>> {
  return { Date: formatRfc1123(now() - ageMs), Age: String(Math.floor(ageMs / 1000)) };
}

function givenBytes({
  body,
  bytes,
  base64,
}: Extract<FaultAction, { readonly type: "body" }>): Uint8Array<ArrayBuffer> | undefined {
  if (body !== undefined) return utf8.encode(body);
  if (bytes !== undefined) return Uint8Array.from(bytes);
  return base64 === undefined ? undefined : Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}
