import { createFcClient, type AsyncFunction } from "@fc-async/core";
import { FcApiError, isFcError, LightResponse, parseIso8601Seconds, type Credentials } from "@fc-async/protocol";
import type { ExplorerRequest } from "../../request/explorer-request.ts";
import type { RelayedAnswer, RelayRequest } from "../../relay/relay-message.ts";
import { signingStages } from "../../signing/sign-stages.ts";
import type { SigningStages } from "../../signing/signing-stages.ts";
import { readRefusal } from "../answer/refusal.ts";
import { withoutSecrets, type Call, type CallEnd, type NoAnswer, type Progress } from "./call.ts";
import type { CallPorts } from "./call-ports.ts";
import type { Filled } from "./send-page.ts";

const TRACE_HEADER = "X-Fc-Trace-Id";
const ACCOUNT_HEADER = "X-Fc-Account-Id";

/** What went over the relay last. */
interface LastExchange {
  request: RelayRequest | undefined;
  answer: RelayedAnswer | undefined;
  failure: NoAnswer | undefined;
}

/**
 * Reads the whole list with the client that the samples show, retries and guards included, and the relay for its network. From
 * the beginning, whatever token the form holds.
 */
export async function readList(
  { values, request, credentials }: Filled,
  ports: CallPorts,
  signal: AbortSignal,
  onProgress: (progress: Progress) => void,
): Promise<Omit<Call, "id">> {
  const startedAtMs = ports.now();
  const last: LastExchange = { request: undefined, answer: undefined, failure: undefined };
  const stop = new AbortController();
  const client = createFcClient({
    accountId: request.accountId,
    region: request.region,
    endpoint: request.endpoint,
    credentials,
    now: ports.now,
    nonce: ports.nonce,
    fetch: (url, init) => relayedFetch(url, init, ports, last, stop),
  });
  const rows: AsyncFunction[] = [];
  let pages = 0;
  let retries = 0;
  const report = (): void => onProgress({ pages, rows: rows.length, retries, startedAtMs });
  const read = async (): Promise<CallEnd> => {
    try {
      const walk = client.listPages({
        limit: request.limit,
        traceId: request.headers.find(([name]) => name === TRACE_HEADER)?.[1],
        signal: AbortSignal.any([signal, stop.signal]),
        observe: (event) => {
          if (event.type !== "retry") return;
          retries += 1;
          report();
        },
      });
      report();
      for await (const page of walk) {
        rows.push(...page.rows);
        pages += 1;
        report();
      }
      return { kind: "complete" };
    } catch (error) {
      return endOf(error, last, signal.aborted);
    }
  };
  const end = await read();
  return {
    kind: "list",
    startedAtMs,
    durationMs: ports.now() - startedAtMs,
    values: withoutSecrets(values),
    stages: await stagesOf(last.request, request, credentials),
    answer: last.answer,
    rows,
    nextToken: undefined,
    pages,
    retries,
    end,
  };
}

async function relayedFetch(
  url: string,
  init: RequestInit,
  ports: CallPorts,
  last: LastExchange,
  stop: AbortController,
): Promise<Response> {
  const request: RelayRequest = { method: "GET", url, headers: [...new Headers(init.headers)] };
  last.request = request;
  last.answer = undefined;
  last.failure = undefined;
  const outcome = await ports.relay(request, init.signal ?? undefined);
  if (outcome.ok) {
    const { status, statusText, headers, body } = outcome.answer;
    last.answer = outcome.answer;
    return new LightResponse(new TextEncoder().encode(body), {
      status,
      statusText,
      headers: headers.map(([name, value]) => [name, value]),
      url,
    });
  }
  last.failure = outcome.failure;
  const error = new Error(outcome.failure.message);
  // What never left the page or the relay will not leave it a moment later either.
  if (outcome.failure.side !== "upstream") stop.abort(error);
  throw error;
}

function endOf(error: unknown, last: LastExchange, isCancelled: boolean): CallEnd {
  if (isCancelled) return { kind: "cancelled" };
  if (last.failure !== undefined) return { kind: "no_answer", failure: last.failure };
  if (error instanceof FcApiError && last.answer !== undefined) {
    return { kind: "refused", refusal: readRefusal(last.answer) };
  }
  if (isFcError(error)) return { kind: "unreadable", message: error.message };
  throw error;
}

/** The stages of the request that went out last: its token, date and nonce are read from it. */
async function stagesOf(
  sent: RelayRequest | undefined,
  request: ExplorerRequest,
  credentials: Credentials,
): Promise<SigningStages | undefined> {
  if (sent === undefined) return undefined;
  const query = new URL(sent.url).searchParams;
  const headers = new Map(sent.headers);
  const dateMs = parseIso8601Seconds(headers.get("x-acs-date") ?? "");
  const nonce = headers.get("x-acs-signature-nonce");
  if (dateMs === undefined || nonce === undefined) return undefined;
  const named = [ACCOUNT_HEADER, TRACE_HEADER].flatMap((name) => {
    const value = headers.get(name.toLowerCase());
    return value === undefined ? [] : [[name, value] as const];
  });
  const asSent: ExplorerRequest = {
    ...request,
    limit: Number(query.get("limit")),
    nextToken: query.get("nextToken") ?? undefined,
    headers: named,
  };
  return signingStages(asSent, credentials, { dateMs, nonce });
}
