import { createEmulator, type Emulator } from "@fc-async/emulator";
import { ERROR_CATALOGUE } from "@fc-async/protocol/error-catalogue";
import { beforeEach, describe, expect, test } from "vitest";
import { signedGet, type SignedGet } from "./signed-get.ts";
import {
  ACCOUNT_ID,
  DIRECT_HOST,
  GATEWAY_HOST,
  KEY,
  NOW_MS,
  numberedRows,
  optionsWith,
  OTHER_ACCOUNT_ID,
  OTHER_KEY,
  REGION,
  STS_KEY,
} from "./world.ts";

const MINUTE_MS = 60_000;
let emulator: Emulator;

beforeEach(() => {
  emulator = createEmulator(optionsWith(numberedRows(3)));
});

const without =
  (name: string) =>
  (headers: Map<string, string>): void => {
    headers.delete(name);
  };
const withHeader =
  (name: string, value: string) =>
  (headers: Map<string, string>): void => {
    headers.set(name, value);
  };

function sendBody(bytes: number): Promise<unknown> {
  const target = "/2021-04-06/stateful-async-invocation-functions";
  return emulator.answer({
    method: "GET",
    target,
    headers: new Map([["host", DIRECT_HOST]]),
    body: new Uint8Array(bytes),
  });
}

interface Refusal {
  readonly why: string;
  readonly request: SignedGet;
  readonly status: number;
  readonly code: string;
  readonly verdict: string;
}

const refusals: readonly Refusal[] = [
  {
    why: "no signature",
    request: { tamper: without("authorization") },
    status: 400,
    code: "MissingRequiredHeader",
    verdict: "missing_authorization",
  },
  {
    why: "a scheme nobody knows",
    request: { tamper: withHeader("authorization", "Bearer x") },
    status: 400,
    code: "InvalidArgument",
    verdict: "malformed_authorization",
  },
  {
    why: "the HMAC-SHA1 form of acs",
    request: { tamper: withHeader("authorization", "acs LTAI5tExampleKeyId0000:AAAAAAAAAAAAAAAAAAAAAAAAAAA=") },
    status: 400,
    code: "InvalidArgument",
    verdict: "malformed_authorization",
  },
  {
    why: "an ACS3 request without a date",
    request: { tamper: without("x-acs-date") },
    status: 400,
    code: "MissingRequiredHeader",
    verdict: "missing_header",
  },
  {
    why: "an ACS3 request without a nonce",
    request: { tamper: without("x-acs-signature-nonce") },
    status: 400,
    code: "MissingRequiredHeader",
    verdict: "missing_header",
  },
  {
    why: "an x-acs header that is not signed",
    request: { tamper: withHeader("x-acs-extra", "1") },
    status: 403,
    code: "SignatureNotMatch",
    verdict: "unsigned_header",
  },
  {
    why: "an unknown key",
    request: { key: { ...KEY, accessKeyId: "LTAI5tNobodyKeyId0000" } },
    status: 403,
    code: "InvalidAccessKeyID",
    verdict: "unknown_key",
  },
  {
    why: "a wrong secret",
    request: { key: { ...KEY, accessKeySecret: "WrongSecret0000000000000000" } },
    status: 403,
    code: "SignatureNotMatch",
    verdict: "signature_mismatch",
  },
  {
    why: "a wrong security token",
    request: { key: { ...STS_KEY, securityToken: "CAISAnotherToken" } },
    status: 403,
    code: "SignatureNotMatch",
    verdict: "token_mismatch",
  },
  {
    why: "a temporary key without its token",
    request: { key: { ...STS_KEY, securityToken: undefined } },
    status: 403,
    code: "SignatureNotMatch",
    verdict: "token_mismatch",
  },
  {
    why: "a token with a long-lived key",
    request: { key: { ...KEY, securityToken: STS_KEY.securityToken } },
    status: 403,
    code: "SignatureNotMatch",
    verdict: "token_mismatch",
  },
  {
    why: "a body hash that is not the body's",
    request: { tamper: withHeader("x-acs-content-sha256", "0".repeat(64)) },
    status: 403,
    code: "SignatureNotMatch",
    verdict: "content_hash_mismatch",
  },
  {
    why: "a date over 15 minutes old",
    request: { dateMs: NOW_MS - 15 * MINUTE_MS - 1000 },
    status: 400,
    code: "InvalidTimeStamp.Expired",
    verdict: "skewed_date",
  },
  {
    why: "a date over 15 minutes ahead",
    request: { dateMs: NOW_MS + 15 * MINUTE_MS + 1000 },
    status: 400,
    code: "InvalidTimeStamp.Expired",
    verdict: "skewed_date",
  },
  {
    why: "a date that is none",
    request: { tamper: withHeader("x-acs-date", "yesterday") },
    status: 400,
    code: "InvalidTimeStamp.Format",
    verdict: "malformed_date",
  },
  {
    why: "a key of another account",
    request: { key: OTHER_KEY },
    status: 403,
    code: "AccessDenied",
    verdict: "foreign_account",
  },
  {
    why: "a host of another account",
    request: { host: `${OTHER_ACCOUNT_ID}.${REGION}.fc.aliyuncs.com` },
    status: 403,
    code: "AccessDenied",
    verdict: "foreign_account",
  },
  {
    why: "the vendor SDK's placeholder host",
    request: { host: `account-id.${REGION}.fc.aliyuncs.com` },
    status: 403,
    code: "AccessDenied",
    verdict: "foreign_account",
  },
  {
    why: "an X-Fc-Account-Id of another account",
    request: { headers: [["x-fc-account-id", OTHER_ACCOUNT_ID]] },
    status: 403,
    code: "AccessDenied",
    verdict: "foreign_account",
  },
  {
    why: "ACS3 on the 2016 path",
    request: { api: "2016-08-15", scheme: "acs3" },
    status: 403,
    code: "SignatureNotMatch",
    verdict: "crossed_scheme",
  },
  {
    why: "FC on the 2021 path",
    request: { scheme: "fc" },
    status: 403,
    code: "SignatureNotMatch",
    verdict: "crossed_scheme",
  },

  {
    why: "an FC request without a signature",
    request: { api: "2016-08-15", tamper: without("authorization") },
    status: 400,
    code: "MissingRequiredHeader",
    verdict: "missing_authorization",
  },
  {
    why: "an FC request of an unknown key",
    request: { api: "2016-08-15", key: { ...KEY, accessKeyId: "LTAI5tNobodyKeyId0000" } },
    status: 403,
    code: "InvalidAccessKeyID",
    verdict: "unknown_key",
  },
  {
    why: "an FC request with a wrong secret",
    request: { api: "2016-08-15", key: { ...KEY, accessKeySecret: "WrongSecret0000000000000000" } },
    status: 403,
    code: "SignatureNotMatch",
    verdict: "signature_mismatch",
  },
  {
    why: "an FC request with a stale date",
    request: { api: "2016-08-15", dateMs: NOW_MS - 16 * MINUTE_MS },
    status: 403,
    code: "AccessDenied",
    verdict: "skewed_date",
  },
  {
    why: "an FC request with a date that is none",
    request: { api: "2016-08-15", tamper: withHeader("x-fc-date", "yesterday") },
    status: 400,
    code: "InvalidArgument",
    verdict: "malformed_date",
  },
  {
    why: "an FC request of another account's key",
    request: { api: "2016-08-15", key: OTHER_KEY },
    status: 403,
    code: "AccessDenied",
    verdict: "foreign_account",
  },

  {
    why: "a gateway request without a signature",
    request: { host: GATEWAY_HOST, tamper: without("authorization") },
    status: 400,
    code: "IncompleteSignature",
    verdict: "missing_authorization",
  },
  {
    why: "a gateway request with half a signature",
    request: { host: GATEWAY_HOST, tamper: withHeader("authorization", "ACS3-HMAC-SHA256 Credential=x") },
    status: 400,
    code: "IncompleteSignature",
    verdict: "malformed_authorization",
  },
  {
    why: "a gateway request without a nonce",
    request: { host: GATEWAY_HOST, tamper: without("x-acs-signature-nonce") },
    status: 400,
    code: "IncompleteSignature",
    verdict: "missing_header",
  },
  {
    why: "a gateway request of an unknown key",
    request: { host: GATEWAY_HOST, key: { ...KEY, accessKeyId: "LTAI5tNobodyKeyId0000" } },
    status: 404,
    code: "InvalidAccessKeyId.NotFound",
    verdict: "unknown_key",
  },
  {
    why: "a gateway request with a wrong secret",
    request: { host: GATEWAY_HOST, key: { ...KEY, accessKeySecret: "WrongSecret0000000000000000" } },
    status: 400,
    code: "SignatureDoesNotMatch",
    verdict: "signature_mismatch",
  },
];

describe("a request that is not right", () => {
  test.each(refusals)("is refused: $why", async ({ request, status, code, verdict }) => {
    const got = await signedGet(emulator, request);
    const record = emulator.requests[0];
    expect({ status: got.status, code: codeOf(got.text), verdict: record?.verdict }).toEqual({ status, code, verdict });
    expect(record).toMatchObject({ status, code, requestId: got.headers.get("x-fc-request-id") });
  });

  test("is refused with words that end in what exactly was wrong", async () => {
    const said: string[] = [];
    for (const { why, request } of refusals)
      said.push(`${why}\n  ${messageOf((await signedGet(emulator, request)).text)}`);
    await expect(`${said.join("\n")}\n`).toMatchFileSnapshot("golden/refusals.txt");
  });

  test("never repeats a secret or a security token in what it answers", async () => {
    const secrets = [KEY.accessKeySecret, STS_KEY.securityToken, OTHER_KEY.accessKeySecret, "WrongSecret", "CAIS"];
    for (const { request } of refusals) {
      const { text } = await signedGet(emulator, request);
      for (const secret of secrets) expect(text).not.toContain(secret);
    }
    expect(JSON.stringify(emulator.requests)).not.toMatch(/ExampleSecret|OtherSecret|CAIS/);
  });

  test("has a code that the error catalogue knows with this status", () => {
    const unknown = refusals.filter(
      ({ code, status }) => !ERROR_CATALOGUE.some((entry) => entry.code === code && entry.statuses.includes(status)),
    );
    expect(unknown.map(({ code, status }) => `${status} ${code}`)).toEqual([]);
  });
});

describe("the clock", () => {
  test.each([-15 * MINUTE_MS, 15 * MINUTE_MS])("allows a date that is off by %i ms, the very edge", async (offMs) => {
    expect((await signedGet(emulator, { dateMs: NOW_MS + offMs })).status).toBe(200);
    expect((await signedGet(emulator, { api: "2016-08-15", dateMs: NOW_MS + offMs })).status).toBe(200);
  });

  test("under FC is the one of X-Fc-Date where that is given, also in the words of the refusal", async () => {
    const stale = new Date(NOW_MS - 16 * MINUTE_MS).toUTCString();
    const { text } = await signedGet(emulator, { api: "2016-08-15", tamper: withHeader("x-fc-date", stale) });
    expect(messageOf(text)).toBe(
      `the difference between the request time '${stale}' and the current time 'Mon, 23 Nov 2026 08:56:27 GMT' is too large`,
    );
  });
});

describe("a nonce", () => {
  test("is refused the second time, case 18", async () => {
    expect((await signedGet(emulator, { nonce: "once" })).status).toBe(200);
    const again = await signedGet(emulator, { nonce: "once" });
    expect({ status: again.status, code: codeOf(again.text) }).toEqual({ status: 400, code: "SignatureNonceUsed" });
    expect(emulator.requests[1]?.verdict).toBe("nonce_reused");
  });

  test("belongs to its key: another key may use the same", async () => {
    await signedGet(emulator, { nonce: "once" });
    expect((await signedGet(emulator, { nonce: "once", key: STS_KEY })).status).toBe(200);
  });

  test("is not used up by a request whose signature is wrong", async () => {
    await signedGet(emulator, { nonce: "once", key: { ...KEY, accessKeySecret: "WrongSecret0000000000000000" } });
    expect((await signedGet(emulator, { nonce: "once" })).status).toBe(200);
  });

  test("is forgotten once a request that carries it could only be stale", async () => {
    let nowMs = NOW_MS;
    emulator = createEmulator(optionsWith([], { now: () => nowMs }));
    await signedGet(emulator, { nonce: "once" });
    nowMs += 30 * MINUTE_MS;
    expect((await signedGet(emulator, { nonce: "once", dateMs: nowMs })).status).toBe(400);
    nowMs += 1;
    expect((await signedGet(emulator, { nonce: "once", dateMs: nowMs })).status).toBe(200);
  });
});

describe("a path or method that is not the operation", () => {
  const path = "/2021-04-06/services";

  test("is PathNotSupported on the direct host", async () => {
    const { status, text } = await signedGet(emulator, { path });
    expect({ status, ...parsed(text) }).toMatchObject({
      status: 400,
      Code: "PathNotSupported",
      Message: `'GET' against '${path}' is not supported`,
    });
  });

  test("is InvalidApi.NotFound on the gateway host", async () => {
    const { status, text } = await signedGet(emulator, { path, host: GATEWAY_HOST });
    expect({ status, code: codeOf(text) }).toEqual({ status: 404, code: "InvalidApi.NotFound" });
  });

  test.each(["POST", "PUT", "DELETE"])("refuses %s", async (method) => {
    const { status, text } = await signedGet(emulator, { method });
    expect({ status, code: codeOf(text) }).toEqual({ status: 400, code: "PathNotSupported" });
  });

  test("refuses HEAD without a body", async () => {
    const { status, text, headers } = await signedGet(emulator, { method: "HEAD" });
    expect({ status, text }).toEqual({ status: 400, text: "" });
    expect(Number(headers.get("content-length"))).toBeGreaterThan(0);
  });

  test("does not mistake the operation's path for another spelling of it", async () => {
    const { text } = await signedGet(emulator, { path: "/2021-04-06/stateful-async-invocation-functions/" });
    expect(codeOf(text)).toBe("PathNotSupported");
  });
});

describe("a body", () => {
  test("over the limit is refused before it is hashed", async () => {
    await sendBody(1024 * 1024 + 1);
    expect(emulator.requests[0]).toMatchObject({ status: 400, code: "EntityTooLarge", verdict: undefined });
  });

  test("at the limit is looked at", async () => {
    await sendBody(1024 * 1024);
    expect(emulator.requests[0]?.verdict).toBe("missing_authorization");
  });
});

describe("the shape of an error", () => {
  test("under ACS3 is RequestId, HostId, Code and Message", async () => {
    const { text, headers } = await signedGet(emulator, { key: OTHER_KEY });
    expect(parsed(text)).toEqual({
      RequestId: headers.get("x-fc-request-id"),
      HostId: DIRECT_HOST,
      Code: "AccessDenied",
      Message: `The service or function doesn't belong to you. The host names account ${ACCOUNT_ID}, the key belongs to another account.`,
    });
  });

  test("under FC is ErrorCode and ErrorMessage, the request id only in its header", async () => {
    const { text, headers } = await signedGet(emulator, { api: "2016-08-15", key: OTHER_KEY });
    expect(Object.keys(parsed(text))).toEqual(["ErrorCode", "ErrorMessage"]);
    expect(headers.get("x-fc-request-id")).toMatch(/^[0-9a-f-]{36}$/);
  });
});

function parsed(text: string): Record<string, unknown> {
  return JSON.parse(text);
}

function codeOf(text: string): unknown {
  const body = parsed(text);
  return body["Code"] ?? body["ErrorCode"];
}

function messageOf(text: string): string {
  const body = parsed(text);
  return String(body["Message"] ?? body["ErrorMessage"]);
}
