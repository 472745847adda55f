import { createFcClient, type AsyncFunction, type FcClient, type FcClientOptions } from "@fc-async/core";
import type { CallEvent, Page } from "@fc-async/protocol";

export const ACCOUNT_ID = "1234567890123456";
export const KEY = { accessKeyId: "LTAI5tExampleKeyId0000", accessKeySecret: "ExampleSecret0000000000000000" };
const START_MS = Date.UTC(2026, 10, 23, 8, 56, 27);

export interface Sent {
  readonly url: URL;
  readonly headers: Headers;
}

/** A `Response`, or a JSON body to answer 200 with, or an error to fail with. */
export type Answer = Response | Error | { readonly [member: string]: unknown } | ((sent: Sent) => Answer);

export interface Scene {
  readonly client: FcClient;
  readonly sent: readonly Sent[];
  /** Every wait, in milliseconds; nobody really waits. */
  readonly slept: readonly number[];
  readonly events: readonly CallEvent[];
  readonly observe: (event: CallEvent) => void;
}

/** A client before a service that answers as listed, the last answer again and again. */
export function scene(answers: readonly Answer[], options: Partial<FcClientOptions> = {}): Scene {
  const sent: Sent[] = [];
  const slept: number[] = [];
  const events: CallEvent[] = [];
  let nowMs = START_MS;
  const client = createFcClient({
    accountId: ACCOUNT_ID,
    region: "cn-hangzhou",
    credentials: KEY,
    now: () => nowMs,
    random: () => 1,
    sleep: async (ms, signal) => {
      signal?.throwIfAborted();
      slept.push(ms);
      nowMs += ms;
    },
    fetch: async (target, init) => {
      const request = { url: new URL(target), headers: new Headers(init.headers) };
      sent.push(request);
      return responseOf(answers[Math.min(sent.length, answers.length) - 1], request);
    },
    ...options,
  });
  return { client, sent, slept, events, observe: (event) => events.push(event) };
}

function responseOf(answer: Answer | undefined, request: Sent): Response {
  if (answer === undefined) throw new Error("the scene has no answers");
  if (typeof answer === "function") return responseOf(answer(request), request);
  if (answer instanceof Error) throw answer;
  if (answer instanceof Response) return answer.clone();
  return Response.json(answer, {
    headers: { "x-fc-request-id": `req-${request.url.searchParams.get("nextToken") ?? "0"}` },
  });
}

/** The `count` rows of page `page`. */
export function rows(page: number, count = 3): AsyncFunction[] {
  return Array.from({ length: count }, (_, i) => ({
    serviceName: `service-${page}`,
    functionName: `function-${i}`,
    qualifier: "LATEST",
  }));
}

/** `count` pages of three rows, tokens `t2`, `t3`, …, and an empty token at the end. */
export function list(count: number): { readonly data: AsyncFunction[]; readonly nextToken: string }[] {
  return Array.from({ length: count }, (_, i) => ({
    data: rows(i + 1),
    nextToken: i + 1 === count ? "" : `t${i + 2}`,
  }));
}

/** Answers each page by its token, whatever was asked before. */
export function paged(count: number): (sent: Sent) => Answer {
  const pages = list(count);
  return ({ url }) => pages[pageOf(url) - 1] ?? new Response("no such page", { status: 400 });
}

/** 1-based. */
export function pageOf(url: URL): number {
  return Number(url.searchParams.get("nextToken")?.slice(1) ?? 1);
}

export async function pagesOf(
  client: FcClient,
  options?: Parameters<FcClient["listPages"]>[0],
): Promise<Page<AsyncFunction>[]> {
  return Array.fromAsync(client.listPages(options));
}

/** What iterating ends with, and what was seen before. */
export async function failed(pages: AsyncIterable<Page<AsyncFunction>>): Promise<{ error: unknown; pages: number }> {
  let seen = 0;
  try {
    for await (const page of pages) if (page !== undefined) seen += 1;
  } catch (error) {
    return { error, pages: seen };
  }
  throw new Error("the list ended by itself");
}
