import {
  createEmulator,
  DEMO_ACCOUNT,
  demoAccounts,
  type Emulator,
  type EmulatorOptions,
  openApiContract,
} from "@fc-async/emulator";
import { describe, expect, test } from "vitest";
import { readPage } from "../../src/page/answer/read-page.ts";
import type { CallPorts } from "../../src/page/calls/call-ports.ts";
import type { Progress } from "../../src/page/calls/call.ts";
import { describeCall } from "../../src/page/calls/describe-call.ts";
import { createRelay, type Relay } from "../../src/page/calls/post-to-relay.ts";
import { readList } from "../../src/page/calls/read-list.ts";
import { sendPage, type Filled } from "../../src/page/calls/send-page.ts";
import type { RelayRequest } from "../../src/relay/relay-message.ts";
import type { FormValues } from "../../src/request/explorer-request.ts";
import { formValues, readOrThrow } from "../form-values.ts";

const START_MS = Date.UTC(2026, 10, 24, 12);

interface Bench {
  readonly ports: CallPorts;
  readonly emulator: Emulator;
  readonly sent: RelayRequest[];
}

/** A page before an emulator, with a relay that is a function. */
function bench(options: Partial<EmulatorOptions> = {}): Bench {
  const emulator = createEmulator({
    accounts: demoAccounts(),
    now: () => START_MS,
    contract: openApiContract("fail"),
    ...options,
  });
  const sent: RelayRequest[] = [];
  const relay: Relay = async (request) => {
    sent.push(request);
    const headers = request.headers.map(([name, value]): [string, string] => [name, value]);
    const response = await emulator.fetch(new Request(request.url, { headers }));
    return {
      ok: true,
      answer: {
        status: response.status,
        statusText: response.statusText,
        headers: [...response.headers],
        body: await response.text(),
        durationMs: 7,
      },
    };
  };
  let nonce = 0;
  return { ports: { relay, now: () => START_MS, nonce: () => `nonce-${++nonce}` }, emulator, sent };
}

function filled(changes: Partial<FormValues> = {}): Filled {
  const { request, credentials } = readOrThrow(changes);
  return { values: formValues(changes), request, credentials };
}

const never = new AbortController().signal;

describe("a page", () => {
  test("is sent as its stages show it, and read", async () => {
    const { ports, sent } = bench();
    const call = await sendPage(filled(), ports);
    expect(call.end).toEqual({ kind: "complete" });
    expect(call.rows).toHaveLength(20);
    expect(call.nextToken).toEqual(expect.any(String));
    expect(sent).toEqual([call.stages?.finalRequest]);
    expect(describeCall(call)).toBe("20 rows. More pages follow.");
  });

  test("leads to the next by its token, until the list ends", async () => {
    const { ports } = bench();
    const first = await sendPage(filled(), ports);
    const second = await sendPage(filled({ nextToken: first.nextToken ?? "" }), ports);
    const third = await sendPage(filled({ nextToken: second.nextToken ?? "" }), ports);
    expect([first, second, third].map(({ rows }) => rows.length)).toEqual([20, 20, 10]);
    expect(third.nextToken).toBeUndefined();
  });

  test("is kept without secret and security token", async () => {
    const { ports } = bench();
    const secrets = { accessKeySecret: "the-secret", securityToken: "the-token" };
    const call = await sendPage(filled(secrets), ports);
    expect(call.values).toMatchObject({ accessKeySecret: "", securityToken: "" });
    expect(JSON.stringify(call)).not.toContain("the-secret");
  });

  test("that is refused says the code, its meaning and the row in Errors", async () => {
    const { ports } = bench();
    const call = await sendPage(filled({ accessKeySecret: "wrong" }), ports);
    expect(call.end).toMatchObject({
      kind: "refused",
      refusal: { status: 403, code: "SignatureNotMatch", row: "SignatureNotMatch", retryable: false },
    });
    expect(call.rows).toEqual([]);
  });

  test("of an account without functions is complete and empty", async () => {
    const { ports } = bench();
    const empty = {
      accountId: "1000000000000003",
      accessKeyId: "LTAI5tFakeDemoKeyThree03",
      accessKeySecret: "FakeDemoSecretThree000000000003",
    };
    expect(await sendPage(filled(empty), ports)).toMatchObject({
      end: { kind: "complete" },
      rows: [],
      nextToken: undefined,
    });
  });

  test("is not retried: what the service says is what is to be seen", async () => {
    const { ports, sent } = bench({
      faults: [{ match: {}, times: 1, action: { type: "status", status: 503, code: "ResourceThrottled" } }],
    });
    const call = await sendPage(filled(), ports);
    expect(call.end).toMatchObject({ kind: "refused", refusal: { status: 503, retryable: true } });
    expect(sent).toHaveLength(1);
  });

  test("that does not come says on which side it failed", async () => {
    const failure = { side: "upstream", code: "FC_NETWORK", message: "Nobody answers." } as const;
    const { ports } = bench();
    const call = await sendPage(filled(), { ...ports, relay: async () => ({ ok: false, failure }) });
    expect(call).toMatchObject({ end: { kind: "no_answer", failure }, answer: undefined, rows: [] });
  });
});

describe("the body of a success", () => {
  const read = (body: string): ReturnType<typeof readPage> => readPage({ status: 200, body });

  test.each(['{"data":null}', '{"data":null,"nextToken":""}', '{"data":[],"nextToken":null}', "{}"])(
    "%s is an empty last page",
    (body) => expect(read(body)).toEqual({ ok: true, rows: [], nextToken: undefined }),
  );

  test("may lack names, which no SDK requires", () => {
    expect(read('{"data":[{"serviceName":"s","extra":1},{"qualifier":null}]}')).toMatchObject({
      rows: [
        { serviceName: "s", functionName: "", qualifier: "" },
        { serviceName: "", functionName: "", qualifier: "" },
      ],
    });
  });

  test.each([
    "",
    "<html>",
    "[]",
    "null",
    '{"data":1}',
    '{"data":[1]}',
    '{"data":[],"nextToken":5}',
    '{"data":[{"serviceName":5}]}',
  ])("%j is none", (body) => expect(read(body)).toMatchObject({ ok: false, message: expect.any(String) }));
});

describe("all pages", () => {
  test("are the whole list, with progress page by page", async () => {
    const { ports, sent } = bench();
    const seen: Progress[] = [];
    const call = await readList(filled(), ports, never, (progress) => seen.push(progress));
    expect(call).toMatchObject({ kind: "list", pages: 3, retries: 0, end: { kind: "complete" } });
    expect(call.rows).toHaveLength(50);
    expect(seen.map(({ pages, rows }) => [pages, rows])).toEqual([
      [0, 0],
      [1, 20],
      [2, 40],
      [3, 50],
    ]);
    expect(sent).toHaveLength(3);
    expect(describeCall(call)).toBe("The whole list: 50 rows on 3 pages.");
  });

  test("begin at the beginning, whatever token the form holds", async () => {
    const { ports } = bench();
    const { nextToken = "" } = await sendPage(filled(), ports);
    expect((await readList(filled({ nextToken }), ports, never, () => {})).rows).toHaveLength(50);
  });

  test("show the signature of the request that went out last", async () => {
    const { ports, sent } = bench();
    const call = await readList(filled({ "X-Fc-Trace-Id": "trace-1" }), ports, never, () => {});
    const last = sent.at(-1);
    const authorization = last?.headers.find(([name]) => name.toLowerCase() === "authorization")?.[1];
    expect(authorization).toContain(`Signature=${call.stages?.signature}`);
    expect(call.stages?.finalRequest.url).toBe(last?.url);
    expect(call.stages?.finalRequest.headers).toContainEqual(["x-fc-trace-id", "trace-1"]);
  });

  test("count their retries", async () => {
    const error = { type: "status", status: 503, code: "ResourceThrottled" } as const;
    const { ports } = bench({ faults: [{ match: { page: 2 }, times: 1, action: error }] });
    const call = await readList(filled(), ports, never, () => {});
    expect(call).toMatchObject({ pages: 3, retries: 1, end: { kind: "complete" } });
  });

  test("end with what the service refused, and with what was read until then", async () => {
    const error = { type: "status", status: 403, code: "AccessDenied" } as const;
    const { ports } = bench({ faults: [{ match: { page: 2 }, times: "forever", action: error }] });
    const call = await readList(filled(), ports, never, () => {});
    expect(call).toMatchObject({ pages: 1, end: { kind: "refused", refusal: { status: 403, code: "AccessDenied" } } });
    expect(call.rows).toHaveLength(20);
  });

  test("end where they are cancelled", async () => {
    const { ports } = bench();
    const stop = new AbortController();
    const call = await readList(filled(), ports, stop.signal, ({ pages }) => {
      if (pages === 1) stop.abort();
    });
    expect(call).toMatchObject({ pages: 1, end: { kind: "cancelled" } });
    expect(call.rows).toHaveLength(20);
    expect(describeCall(call)).toBe("Cancelled after 1 page.");
  });

  test.each(["page", "relay"] as const)("are not retried when the %s side failed", async (side) => {
    const { ports } = bench();
    let asked = 0;
    const relay: Relay = async () => {
      asked += 1;
      return { ok: false, failure: { side, code: "target_refused", message: "No." } };
    };
    const call = await readList(filled(), { ...ports, relay }, never, () => {});
    expect(call.end).toEqual({ kind: "no_answer", failure: { side, code: "target_refused", message: "No." } });
    expect(asked).toBe(1);
  });

  test("end with an answer that is not what the contract says", async () => {
    const { ports } = bench({
      faults: [{ match: { page: 2 }, times: "forever", action: { type: "body", body: "<html>" } }],
    });
    const call = await readList(filled(), ports, never, () => {});
    expect(call.end).toMatchObject({ kind: "unreadable", message: expect.stringContaining("200") });
  });

  test("hold the names that break what handles them carelessly", async () => {
    const { ports } = bench();
    const [, second] = demoAccounts();
    const [key] = second?.accessKeys ?? [];
    const { accessKeyId = "", accessKeySecret = "" } = key ?? {};
    const form = filled({ accessKeyId, accessKeySecret, accountId: second?.accountId ?? "", region: "eu-central-1" });
    expect((await readList(form, ports, never, () => {})).rows.map(({ serviceName }) => serviceName)).toContain(
      "__proto__",
    );
  });
});

describe("the relay", () => {
  const { accountId } = DEMO_ACCOUNT;
  const request: RelayRequest = { method: "GET", url: `http://${accountId}.localhost/`, headers: [] };
  const answering = (body: string, status = 200): Relay => createRelay(async () => new Response(body, { status }));
  const answer = { status: 403, statusText: "Forbidden", headers: [["a", "b"]], body: "x", durationMs: 1.5 };

  test("answers with the upstream's answer", async () => {
    expect(await answering(JSON.stringify(answer))(request)).toEqual({ ok: true, answer });
  });

  test("tells its own refusal and the upstream's failure apart", async () => {
    for (const [side, status] of [
      ["relay", 400],
      ["upstream", 502],
    ] as const) {
      const failure = { side, code: "c", message: "m" };
      expect(await answering(JSON.stringify(failure), status)(request)).toEqual({ ok: false, failure });
    }
  });

  test("that is not reached is the page's failure", async () => {
    const relay = createRelay(async () => {
      throw new TypeError("Failed to fetch");
    });
    expect(await relay(request)).toMatchObject({ ok: false, failure: { side: "page", code: "relay_unreachable" } });
  });

  test.each(["", "<html>", "{}", '{"status":"200"}'])("that answers %j is not believed", async (body) => {
    expect(await answering(body)(request)).toMatchObject({
      ok: false,
      failure: { side: "relay", code: "relay_answer" },
    });
  });

  test("hands an abort on untouched", async () => {
    const stop = new AbortController();
    const relay = createRelay(async (_url, init) => {
      init?.signal?.throwIfAborted();
      return new Response();
    });
    stop.abort(new Error("stopped"));
    await expect(relay(request, stop.signal)).rejects.toThrow("stopped");
  });
});
