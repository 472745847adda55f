import { readMessage } from "./message.ts";
import type { ReceivedMessage } from "./message.ts";
import type { SignedRequest } from "./sign-command.ts";

/** How long Slack waits for the acknowledgement of a command before it tells the user that the app failed. */
export const ACKNOWLEDGE_WITHIN_MS: number = 3000;

/** What came back, and what Slack would make of it. */
export type Delivery =
  | {
      readonly outcome: "answered";
      readonly status: number;
      readonly durationMs: number;
      readonly message: ReceivedMessage | undefined;
    }
  /** Slack shows `operation_timeout` to the user. */
  | { readonly outcome: "timed_out"; readonly durationMs: number }
  /** Slack shows that the app did not respond; `reason` is the operating system's word, `ECONNREFUSED` for one. */
  | { readonly outcome: "unreachable"; readonly reason: string }
  /** The answer is not 200 or not a message. */
  | { readonly outcome: "refused"; readonly status: number; readonly reason: string };

export interface SendOptions {
  readonly fetch?: typeof fetch;
  /** Milliseconds since the epoch. Default `Date.now`. */
  readonly now?: () => number;
  /** Default 3,000, as Slack. */
  readonly timeoutMs?: number;
}

/** Posts a signed command to an app and waits for its acknowledgement as long as Slack would. Never rejects. */
export async function sendCommand(url: string, request: SignedRequest, options: SendOptions = {}): Promise<Delivery> {
  const send = options.fetch ?? fetch;
  const now = options.now ?? Date.now;
  const startedAtMs = now();
  const signal = AbortSignal.timeout(options.timeoutMs ?? ACKNOWLEDGE_WITHIN_MS);
  try {
    const response = await send(url, {
      method: "POST",
      headers: request.headers,
      body: request.body,
      redirect: "error",
      signal,
    });
    const body = await response.text();
    if (response.status !== 200) {
      return { outcome: "refused", status: response.status, reason: `the app answered ${response.status}` };
    }
    return readAnswer(body, response, now() - startedAtMs);
  } catch (error) {
    if (signal.aborted) return { outcome: "timed_out", durationMs: now() - startedAtMs };
    return { outcome: "unreachable", reason: causeCode(error) };
  }
}

function readAnswer(body: string, response: Response, durationMs: number): Delivery {
  try {
    const message = readMessage(body, response.headers.get("content-type") ?? "");
    return { outcome: "answered", status: response.status, durationMs, message };
  } catch (error) {
    return {
      outcome: "refused",
      status: response.status,
      reason: error instanceof Error ? error.message : String(error),
    };
  }
}

/** fetch hides the system's code two causes deep, under an AggregateError when a name has several addresses. */
function causeCode(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.cause !== undefined) return causeCode(error.cause);
  if ("code" in error && typeof error.code === "string") return error.code;
  return error.message;
}
