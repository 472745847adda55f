import { type CallEvent, createSignedFetch, type SignedFetchOptions } from "@fc-async/protocol";
import { nodeHash } from "@fc-async/protocol/node";
import { verifyRequest, type Verdict } from "@fc-async/protocol/verify";
import { fakeClock, type FakeClock } from "./fake-clock.ts";

export const url =
  "https://1234567890123456.cn-hangzhou.fc.aliyuncs.com/2021-04-06/stateful-async-invocation-functions";
export const key = { accessKeyId: "LTAI5tExampleKeyId0000", accessKeySecret: "ExampleSecret0000000000000000" };
export const acs3 = { name: "acs3", action: "ListStatefulAsyncInvocationFunctions", version: "2021-04-06" } as const;

export interface Sent {
  readonly url: string;
  readonly init: RequestInit;
  readonly headers: ReadonlyMap<string, string>;
}

export type Answer = Response | Error | ((sent: Sent) => Response | Promise<Response>);

export interface Scene {
  readonly fetch: ReturnType<typeof createSignedFetch>;
  readonly sent: readonly Sent[];
  readonly clock: FakeClock;
  readonly events: readonly CallEvent[];
  readonly observe: (event: CallEvent) => void;
  readonly verdicts: () => Promise<Verdict[]>;
}

/** A signed fetch before a service that answers as listed, the last answer again and again. */
export function scene(answers: readonly Answer[], options: Partial<SignedFetchOptions> = {}): Scene {
  const clock = fakeClock();
  const sent: Sent[] = [];
  const events: CallEvent[] = [];
  const fetch = createSignedFetch({
    credentials: () => key,
    scheme: acs3,
    hash: nodeHash,
    now: clock.now,
    sleep: clock.sleep,
    random: () => 1,
    fetch: async (target, init) => {
      const request = { url: target, init, headers: new Map(new Headers(init.headers)) };
      sent.push(request);
      const answer = answers[Math.min(sent.length, answers.length) - 1];
      if (answer instanceof Error) throw answer;
      if (answer === undefined) throw new Error("the scene has no answers");
      return typeof answer === "function" ? answer(request) : answer.clone();
    },
    ...options,
  });
  const verdicts = (): Promise<Verdict[]> =>
    Promise.all(
      sent.map((request) => {
        const { host, pathname, search } = new URL(request.url);
        const headers = new Map([...request.headers, ["host", host]]);
        const received = { method: request.init.method ?? "", target: pathname + search, headers };
        return verifyRequest(received, {
          findKey: () => key,
          nowMs: clock.now(),
          maxSkewMs: 3_600_000,
          hash: nodeHash,
        });
      }),
    );
  return { fetch, sent, clock, events, observe: (event) => void events.push(event), verdicts };
}

export const json = (status: number, body: unknown, headers: Record<string, string> = {}): Response =>
  new Response(JSON.stringify(body), { status, headers: { "content-type": "application/json", ...headers } });
export const ok = json(200, { data: null }, { "x-fc-request-id": "r-ok" });
export const refusal = (status: number, code: string, headers: Record<string, string> = {}): Response =>
  json(status, { Code: code, Message: "said so", RequestId: `r-${status}` }, headers);
/** No answer, ever. */
export const silence: Answer = () => new Promise(() => undefined);
export const reset = (): Error =>
  new TypeError("fetch failed", { cause: Object.assign(new Error("read ECONNRESET"), { code: "ECONNRESET" }) });
