import {
  fcAuthorization,
  fcSignature,
  fcStringToSign,
  formatRfc1123,
  signAcs3,
  signFc,
  type HeaderPair,
} from "@fc-async/protocol";
import { nodeHash } from "@fc-async/protocol/node";
import { verifyRequest, type ReceivedRequest, type VerifyOptions } from "@fc-async/protocol/verify";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";

const nowMs = Date.UTC(2026, 10, 23, 8, 56, 27);
const credentials = { accessKeyId: "LTAI5tExampleKeyId0000", accessKeySecret: "ExampleSecret0000000000000000" };
const sts = { ...credentials, securityToken: "CAISExampleSecurityToken+/0000==" };
const options: VerifyOptions = {
  findKey: (id) => (id === credentials.accessKeyId ? credentials : undefined),
  nowMs,
  hash: nodeHash,
};
const path = "/2021-04-06/stateful-async-invocation-functions";

async function acs3(extra: readonly HeaderPair[] = [], key = credentials, dateMs = nowMs): Promise<ReceivedRequest> {
  const moment = { credentials: key, hash: nodeHash, dateMs, action: "List", version: "2021-04-06", nonce: "n1" };
  const headers = await signAcs3({ method: "GET", host: "h:1", path, query: "limit=1", headers: extra }, moment);
  return { method: "GET", target: `${path}?limit=1`, headers: new Map(headers) };
}

async function fcScheme(dateMs = nowMs, key = credentials): Promise<ReceivedRequest> {
  const request = { method: "GET", host: "h", path: "/2016-08-15/services", query: "limit=1", headers: [] };
  const headers = await signFc(request, { credentials: key, hash: nodeHash, dateMs });
  return { method: "GET", target: "/2016-08-15/services?limit=1", headers: new Map(headers) };
}

function changed(request: ReceivedRequest, name: string, value: string | undefined): ReceivedRequest {
  const headers = new Map(request.headers);
  if (value === undefined) headers.delete(name);
  else headers.set(name, value);
  return { ...request, headers };
}

test("an accepted ACS3 request tells its nonce and date, an FC one has no nonce", async () => {
  const { accessKeyId } = credentials;
  expect(await verifyRequest(await acs3(), options)).toEqual({
    ok: true,
    scheme: "acs3",
    accessKeyId,
    nonce: "n1",
    dateMs: nowMs,
  });
  expect(await verifyRequest(await fcScheme(), options)).toEqual({
    ok: true,
    scheme: "fc",
    accessKeyId,
    nonce: undefined,
    dateMs: nowMs,
  });
});

describe("what is wrong is named", () => {
  const acs3Cases: readonly [problem: string, why: string, header: string, value: string | undefined][] = [
    ["missing_authorization", "no header", "authorization", undefined],
    ["missing_authorization", "an empty header", "authorization", ""],
    ["malformed_authorization", "a scheme nobody knows", "authorization", "Bearer abc"],
    ["malformed_authorization", "a scheme without its parts", "authorization", "ACS3-HMAC-SHA256 Credential=x"],
    ["missing_header", "no x-acs-date", "x-acs-date", undefined],
    ["missing_header", "no host", "host", undefined],
    ["missing_header", "no nonce", "x-acs-signature-nonce", undefined],
    ["missing_header", "no content hash", "x-acs-content-sha256", undefined],
    ["unsigned_header", "an x-acs header nobody signed", "x-acs-extra", "1"],
    ["unsigned_header", "a content type nobody signed", "content-type", "application/json"],
    ["malformed_date", "a date with milliseconds", "x-acs-date", "2026-11-23T08:56:27.000Z"],
    ["malformed_date", "a day that does not exist", "x-acs-date", "2026-02-30T08:56:27Z"],
    ["skewed_date", "a date a day ago", "x-acs-date", "2026-11-22T08:56:27Z"],
    ["content_hash_mismatch", "another body hash", "x-acs-content-sha256", "0".repeat(64)],
    ["signature_mismatch", "another host", "host", "evil"],
    ["signature_mismatch", "another action", "x-acs-action", "Delete"],
  ];
  test.each(acs3Cases)("%s for %s", async (problem, _why, header, value) => {
    const verdict = await verifyRequest(changed(await acs3(), header, value), options);
    expect(verdict).toMatchObject({ ok: false, problem, detail: expect.stringMatching(/\.$/) });
  });

  test("malformed_authorization for a list of headers that is not sorted", async () => {
    const request = await acs3();
    const authorization = request.headers.get("authorization")?.replace("host;x-acs-action", "x-acs-action;host");
    expect(await verifyRequest(changed(request, "authorization", authorization), options)).toMatchObject({
      problem: "malformed_authorization",
    });
  });

  test.each(["host", "x-acs-date", "x-acs-signature-nonce"])("unsigned_header for a list without %s", async (name) => {
    const request = await acs3();
    const authorization = request.headers.get("authorization")?.replace(new RegExp(`(;${name}|${name};)`), "");
    expect(await verifyRequest(changed(request, "authorization", authorization), options)).toMatchObject({
      problem: "unsigned_header",
      detail: expect.stringContaining(name),
    });
  });

  test("missing_header for a signed header that did not arrive", async () => {
    const request = await acs3([["x-acs-extra", "1"]]);
    expect(await verifyRequest(changed(request, "x-acs-extra", undefined), options)).toMatchObject({
      problem: "missing_header",
    });
  });

  test("unknown_key for a key that does not exist", async () => {
    const request = await acs3([], { ...credentials, accessKeyId: "LTAI5tOther" });
    expect(await verifyRequest(request, options)).toMatchObject({ problem: "unknown_key", accessKeyId: "LTAI5tOther" });
  });

  test("token_mismatch for a token that is missing, wrong or not expected, under both schemes", async () => {
    const withToken = { ...options, findKey: () => sts };
    expect(await verifyRequest(await acs3([], sts), withToken)).toMatchObject({ ok: true });
    expect(await verifyRequest(await acs3(), withToken)).toMatchObject({ problem: "token_mismatch" });
    expect(await verifyRequest(await acs3([], sts), options)).toMatchObject({ problem: "token_mismatch" });
    expect(await verifyRequest(await fcScheme(nowMs, sts), withToken)).toMatchObject({ ok: true });
    expect(await verifyRequest(await fcScheme(), withToken)).toMatchObject({ problem: "token_mismatch" });
    expect(await verifyRequest(await fcScheme(nowMs, sts), options)).toMatchObject({ problem: "token_mismatch" });
  });

  test("token_mismatch for a key id beside the token that is not the credential's", async () => {
    const request = changed(await acs3([], sts), "x-acs-accesskey-id", "LTAI5tOther");
    expect(await verifyRequest(request, { ...options, findKey: () => sts })).toMatchObject({
      problem: "token_mismatch",
    });
  });

  test("a mismatch shows what was signed here, and no secret", async () => {
    const verdict = await verifyRequest(changed(await acs3(), "host", "evil"), options);
    expect(verdict).toMatchObject({
      expected: {
        canonicalRequest: expect.stringContaining("host:evil"),
        stringToSign: expect.stringMatching(/^ACS3-HMAC-SHA256\n[0-9a-f]{64}$/),
      },
    });
    expect(JSON.stringify(verdict)).not.toContain(credentials.accessKeySecret);
  });

  test("an FC request without any date misses a header, and x-fc-date alone is enough", async () => {
    const request = await fcScheme();
    const withoutDate = changed(request, "date", undefined);
    expect(await verifyRequest(withoutDate, options)).toMatchObject({ ok: true });
    expect(await verifyRequest(changed(withoutDate, "x-fc-date", undefined), options)).toMatchObject({
      problem: "missing_header",
    });
  });
});

test("x-fc-date stands for Date when both are there: its value is signed and held against the clock", async () => {
  const date = formatRfc1123(nowMs);
  const stringToSign = `GET\n\n\n${date}\nx-fc-date:${date}\n/2016-08-15/services`;
  const signature = nodeHash.hmacSha256(credentials.accessKeySecret, stringToSign, "base64");
  const headers = new Map([
    ["date", formatRfc1123(nowMs - 86_400_000)],
    ["x-fc-date", date],
    ["authorization", `FC ${credentials.accessKeyId}:${await signature}`],
  ]);
  const request = { method: "GET", target: "/2016-08-15/services", headers };
  expect(await verifyRequest(request, options)).toMatchObject({ ok: true, dateMs: nowMs });
});

test.each(["Mon,23 Nov 2026 08:56:27 GMT", "Tue,3 Nov 2026 08:56:27 GMT"])(
  "X-Fc-Date may have the form that the operation's page names: %s",
  async (date) => {
    const headers: HeaderPair[] = [
      ["date", date],
      ["x-fc-date", date],
    ];
    const resource = "/2016-08-15/stateful-async-invocation-functions";
    const signature = await fcSignature(
      fcStringToSign({ method: "GET", headers, resource }),
      credentials.accessKeySecret,
      nodeHash,
    );
    const authorization = fcAuthorization(credentials.accessKeyId, signature);
    const request = {
      method: "GET",
      target: resource,
      headers: new Map([...headers, ["authorization", authorization]]),
    };
    const nowMs = Date.parse(date.replace(",", ", "));
    expect(await verifyRequest(request, { ...options, nowMs })).toMatchObject({ ok: true, dateMs: nowMs });
    expect(await verifyRequest(request, { ...options, nowMs: nowMs + 901_000 })).toMatchObject({
      problem: "skewed_date",
    });
  },
);

describe("the window is 15 minutes to either side", () => {
  const minute = 60_000;
  test.each([
    [-15 * minute, true],
    [15 * minute, true],
    [-15 * minute - 1000, false],
    [15 * minute + 1000, false],
  ])("a date off by %i ms: %s", async (offMs, ok) => {
    for (const request of [await acs3([], credentials, nowMs + offMs), await fcScheme(nowMs + offMs)]) {
      expect(await verifyRequest(request, options)).toMatchObject(ok ? { ok } : { ok, problem: "skewed_date" });
    }
  });

  test("and can be set", async () => {
    const request = await acs3([], credentials, nowMs - 2 * minute);
    expect(await verifyRequest(request, { ...options, maxSkewMs: minute })).toMatchObject({ problem: "skewed_date" });
  });
});

test.each(["%", "%zz", "%C3", "%ED%A0%80", "\ud800"])("a target with %j is a verdict, not a crash", async (bad) => {
  for (const request of [await acs3(), await fcScheme()]) {
    const target = `${request.target.split("?")[0]}?nextToken=${bad}`;
    expect(await verifyRequest({ ...request, target }, options)).toMatchObject({ problem: "signature_mismatch" });
  }
});

test("nothing that can stand in a request makes it throw", async () => {
  const text = fc.string({ unit: "binary", maxLength: 60 });
  const names = fc.constantFrom(
    "host",
    "authorization",
    "date",
    "x-fc-date",
    "x-acs-date",
    "x-acs-content-sha256",
    "x-acs-x",
  );
  await fc.assert(
    fc.asyncProperty(text, text, fc.array(fc.tuple(names, text)), fc.boolean(), async (method, target, pairs, isFc) => {
      const base = isFc ? await fcScheme() : await acs3();
      const headers = new Map([...base.headers, ...pairs]);
      const verdict = await verifyRequest({ method, target, headers }, options);
      expect(verdict.ok).toBe(false);
    }),
    { numRuns: 300 },
  );
});
