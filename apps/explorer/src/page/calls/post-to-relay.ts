import * as z from "zod/mini";
import type { RelayedAnswer, RelayRequest } from "../../relay/relay-message.ts";
import type { NoAnswer } from "./call.ts";
import { parseJson } from "../text/parse-json.ts";

/** What came of a request that was handed to the relay. */
export type RelayOutcome =
  | { readonly ok: true; readonly answer: RelayedAnswer }
  | { readonly ok: false; readonly failure: NoAnswer };

/** Hands a signed request to the relay. An abort is thrown untouched; everything else is a value. */
export type Relay = (request: RelayRequest, signal?: AbortSignal) => Promise<RelayOutcome>;

const Answer = z.object({
  status: z.number(),
  statusText: z.string(),
  headers: z.array(z.tuple([z.string(), z.string()])),
  body: z.string(),
  durationMs: z.number(),
});
const Failure = z.object({ side: z.enum(["relay", "upstream"]), code: z.string(), message: z.string() });

/** The relay of the server this page came from. */
export function createRelay(fetch: typeof globalThis.fetch): Relay {
  return async (request, signal) => {
    try {
      const response = await fetch("/relay", {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(request),
        signal: signal ?? null,
      });
      return readOutcome(response.ok, response.status, await response.text());
    } catch (error) {
      if (signal?.aborted === true) throw error;
      return { ok: false, failure: UNREACHED };
    }
  };
}

const UNREACHED: NoAnswer = {
  side: "page",
  code: "relay_unreachable",
  message:
    "This page could not reach its own server, which relays signed requests; nothing was sent to the service. " +
    "Check that fc-async-explorer is still running, start it again if not, and send once more.",
};

function readOutcome(ok: boolean, status: number, text: string): RelayOutcome {
  const value = parseJson(text);
  const answer = ok ? Answer.safeParse(value) : undefined;
  if (answer?.success === true) return { ok: true, answer: answer.data };
  const failure = Failure.safeParse(value);
  if (failure.success) return { ok: false, failure: failure.data };
  return {
    ok: false,
    failure: {
      side: "relay",
      code: "relay_answer",
      message:
        `The relay answered ${status} with something that is no message of its own. ` +
        "Check what else listens on this port, and reload the page.",
    },
  };
}
