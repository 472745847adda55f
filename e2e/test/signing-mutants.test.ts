import { signAcs3, signFc, canonicalQuery, type HeaderPair, type QueryPair } from "@fc-async/protocol";
import { nodeHash } from "@fc-async/protocol/node";
import { demoAccounts, type AccessKey } from "@fc-async/emulator";
import { beforeAll, describe, expect, test } from "vitest";
import { ACS3_MUTANTS } from "../signing/acs3-mutants.ts";
import { ACS3_STAGES, acs3Request, type Acs3Call } from "../signing/acs3-stages.ts";
import { exchange, type Verdict } from "../signing/exchange.ts";
import { FC_MUTANTS } from "../signing/fc-mutants.ts";
import { FC_STAGES, fcRequest, type FcCall } from "../signing/fc-stages.ts";
import { startEmulator, type RunningEmulator } from "../start-emulator.ts";

const ACCEPTED: Verdict = { status: 200, code: undefined };
const MINUTE_MS = 60_000;

/** Neither sorted nor plain; the service ignores what it does not know. */
const QUERY: readonly QueryPair[] = [
  ["order", "b a+c/d!'(*)~=é"],
  ["limit", "7"],
  ["empty", ""],
];

const ACCOUNT_ID = "1000000000000002";
const HOST = `${ACCOUNT_ID}.cn-hangzhou.fc.aliyuncs.com`;
const HEADERS: readonly HeaderPair[] = [
  ["content-type", "application/json"],
  ["x-fc-account-id", ACCOUNT_ID],
];
const [LASTING_KEY, TEMPORARY_KEY] = keysOf(ACCOUNT_ID);

let emulator: RunningEmulator;
let nonces = 0;
beforeAll(async () => {
  emulator = await startEmulator();
  return () => emulator.stop();
});

function acs3Call(more: Partial<Acs3Call> = {}): Acs3Call {
  nonces += 1;
  const moment = { dateMs: Date.now(), nonce: `nonce-${nonces}` };
  return { host: HOST, query: QUERY, headers: HEADERS, credentials: TEMPORARY_KEY, ...moment, ...more };
}

function fcCall(more: Partial<FcCall> = {}): FcCall {
  return { host: HOST, query: QUERY, headers: HEADERS, credentials: TEMPORARY_KEY, dateMs: Date.now(), ...more };
}

async function askWithAcs3(call: Acs3Call, mutated: Partial<typeof ACS3_STAGES> = {}): Promise<Verdict> {
  return exchange(emulator.url, await acs3Request(call, { ...ACS3_STAGES, ...mutated }));
}

async function askWithFc(call: FcCall, mutated: Partial<typeof FC_STAGES> = {}): Promise<Verdict> {
  return exchange(emulator.url, await fcRequest(call, { ...FC_STAGES, ...mutated }));
}

describe("ACS3-HMAC-SHA256", () => {
  test("its stages, joined as here, are the signing of the package", async () => {
    const call = acs3Call({ query: [["limit", "7"]] });
    const { headers } = await acs3Request(call, ACS3_STAGES);
    const { credentials, dateMs, nonce, host } = call;
    const path = "/2021-04-06/stateful-async-invocation-functions";
    const request = { method: "GET", host, path, query: "limit=7", headers: HEADERS };
    const action = "ListStatefulAsyncInvocationFunctions";
    const moment = { credentials, dateMs, nonce, action, version: "2021-04-06", hash: nodeHash };
    expect(headers).toEqual(await signAcs3(request, moment));
  });

  test.each([
    ["a temporary key", TEMPORARY_KEY],
    ["a lasting key", LASTING_KEY],
  ])("is accepted with %s", async (_name, credentials) => {
    expect(await askWithAcs3(acs3Call({ credentials }))).toEqual(ACCEPTED);
  });

  describe.each(ACS3_MUTANTS)("is refused where $stage has", ({ mutants }) => {
    test.each(mutants)("$name: $refusal.code", async ({ stages, refusal }) => {
      expect(await askWithAcs3(acs3Call(), stages)).toEqual(refusal);
    });
  });

  test("case 18: is refused the second time with one nonce", async () => {
    const call = acs3Call();
    expect(await askWithAcs3(call)).toEqual(ACCEPTED);
    expect(await askWithAcs3(call)).toEqual({ status: 400, code: "SignatureNonceUsed" });
  });

  test.each([-16, 16])("is refused %i minutes off", async (minutes) => {
    const dateMs = Date.now() + minutes * MINUTE_MS;
    expect(await askWithAcs3(acs3Call({ dateMs }))).toEqual({ status: 400, code: "InvalidTimeStamp.Expired" });
  });

  test("is refused with milliseconds in its date", async () => {
    const headers = (all: readonly HeaderPair[]): readonly HeaderPair[] =>
      all.map(([name, value]) => [name, name === "x-acs-date" ? value.replace("Z", ".000Z") : value]);
    expect(await askWithAcs3(acs3Call(), { headers })).toEqual({ status: 400, code: "InvalidTimeStamp.Format" });
  });

  test("is refused on the host of another account", async () => {
    const host = HOST.replace(ACCOUNT_ID, "1000000000000001");
    expect(await askWithAcs3(acs3Call({ host }))).toEqual({ status: 403, code: "AccessDenied" });
  });
});

describe("the FC scheme", () => {
  test("its stages, joined as here, are the signing of the package", async () => {
    const call = fcCall();
    const { headers } = await fcRequest(call, FC_STAGES);
    const path = "/2016-08-15/stateful-async-invocation-functions";
    const request = { method: "GET", host: HOST, path, query: canonicalQuery(QUERY), headers: HEADERS };
    const moment = { credentials: call.credentials, dateMs: call.dateMs, hash: nodeHash };
    expect(headers).toEqual(await signFc(request, moment));
  });

  test.each([
    ["a temporary key", TEMPORARY_KEY],
    ["a lasting key", LASTING_KEY],
  ])("is accepted with %s", async (_name, credentials) => {
    expect(await askWithFc(fcCall({ credentials }))).toEqual(ACCEPTED);
  });

  describe.each(FC_MUTANTS)("is refused where $stage has", ({ mutants }) => {
    test.each(mutants)("$name: $refusal.code", async ({ stages, refusal }) => {
      expect(await askWithFc(fcCall(), stages)).toEqual(refusal);
    });
  });

  test("does not sign the query: another limit is accepted", async () => {
    const sent: (typeof FC_STAGES)["sent"] = (request) => ({
      ...request,
      target: request.target.replace("limit=7", "limit=8"),
    });
    expect(await askWithFc(fcCall(), { sent })).toEqual(ACCEPTED);
  });

  test.each([-16, 16])("is refused %i minutes off", async (minutes) => {
    const dateMs = Date.now() + minutes * MINUTE_MS;
    expect(await askWithFc(fcCall({ dateMs }))).toEqual({ status: 403, code: "AccessDenied" });
  });

  test("is refused on the host of another account", async () => {
    const host = HOST.replace(ACCOUNT_ID, "1000000000000001");
    expect(await askWithFc(fcCall({ host }))).toEqual({ status: 403, code: "AccessDenied" });
  });
});

/** The lasting and the temporary key of an account of the demo. */
function keysOf(wanted: string): [AccessKey, AccessKey] {
  const { accessKeys = [] } = demoAccounts().find(({ accountId }) => accountId === wanted) ?? {};
  const lasting = accessKeys.find(({ securityToken }) => securityToken === undefined);
  const temporary = accessKeys.find(({ securityToken }) => securityToken !== undefined);
  if (lasting === undefined || temporary === undefined) throw new Error(`the demo gives ${wanted} no key of each kind`);
  return [lasting, temporary];
}
