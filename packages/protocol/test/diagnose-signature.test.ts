import { createHash, createHmac } from "node:crypto";
import { diagnoseSignature, verifyRequest, type ReceivedRequest } from "@fc-async/protocol/verify";
import { describe, expect, test } from "vitest";

const SECRET = "ExampleSecret0000000000000000";
const KEY = { accessKeySecret: SECRET, securityToken: "CAISExampleSecurityToken+/0000==" };
const PATH = "/2021-04-06/stateful-async-invocation-functions";
const NOW_MS = Date.UTC(2026, 10, 23, 8, 56, 27);

const HEADERS: readonly (readonly [string, string])[] = [
  ["host", "127.0.0.1:10407"],
  ["x-acs-accesskey-id", "STS.NUExampleKeyId0000"],
  ["x-acs-action", "ListStatefulAsyncInvocationFunctions"],
  ["x-acs-content-sha256", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"],
  ["x-acs-date", "2026-11-23T08:56:27Z"],
  ["x-acs-security-token", KEY.securityToken],
  ["x-acs-signature-nonce", "nonce-1"],
  ["x-acs-version", "2021-04-06"],
];
const NAMES = HEADERS.map(([name]) => name).join(";");
const WIRE_QUERY = "nextToken=a%2Fb(1)+c&limit=5&empty=";
const SIGNED_QUERY = "empty=&limit=5&nextToken=a%2Fb%281%29%20c";
const CANONICAL = [
  "GET",
  PATH,
  SIGNED_QUERY,
  ...HEADERS.map(([name, value]) => `${name}:${value}`),
  "",
  NAMES,
  "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
].join("\n");

const hex = (text: string): string => createHash("sha256").update(text).digest("hex");
const toSign = (canonical: string): string => `ACS3-HMAC-SHA256\n${hex(canonical)}`;

/** What arrives when somebody signed this text with this secret. */
function acs3Request(stringToSign: string, secret = SECRET): ReceivedRequest {
  const signature = createHmac("sha256", secret).update(stringToSign).digest("hex");
  const authorization = `ACS3-HMAC-SHA256 Credential=STS.NUExampleKeyId0000,SignedHeaders=${NAMES},Signature=${signature}`;
  return {
    method: "GET",
    target: `${PATH}?${WIRE_QUERY}`,
    headers: new Map([...HEADERS, ["authorization", authorization]]),
  };
}

function replaced(from: string, to: string): string {
  expect(CANONICAL).toContain(from);
  return toSign(CANONICAL.replace(from, to));
}

test("the text these tests change is the right one", async () => {
  const verdict = await verifyRequest(acs3Request(toSign(CANONICAL)), { findKey: () => KEY, nowMs: NOW_MS });
  expect(verdict).toMatchObject({ ok: true });
});

describe("a wrong ACS3 signature is explained when it comes from", () => {
  test.each([
    ["the raw query", replaced(SIGNED_QUERY, WIRE_QUERY), 3, "The query was signed as it stands on the wire"],
    ["no query", replaced(SIGNED_QUERY, ""), 3, "The query was left out"],
    [
      "a query in the order of the request",
      replaced(SIGNED_QUERY, "nextToken=a%2Fb(1)%20c&limit=5&empty="),
      3,
      "order of the request",
    ],
    ["encodeURIComponent", replaced(SIGNED_QUERY, "empty=&limit=5&nextToken=a%2Fb(1)%20c"), 3, "encodeURIComponent"],
    ["decoded values", replaced(SIGNED_QUERY, "empty=&limit=5&nextToken=a/b(1) c"), 3, "decoded values"],
    ["a bare empty parameter", replaced("empty=&", "empty&"), 3, 'without "="'],
    ["a question mark", replaced(SIGNED_QUERY, `?${SIGNED_QUERY}`), 3, "question mark"],
    ["a host without its port", replaced(":10407", ""), 4, "without its port"],
    ["another name of the host", replaced("host:127.0.0.1", "host:localhost"), 4, 'as "localhost"'],
    ["a lower-case method", replaced("GET", "get"), 1, "lower case"],
    ["another path", replaced(PATH, "/"), 2, 'signed as "/"'],
    ["no empty line behind the headers", replaced("\n\n", "\n"), 12, "The empty line behind the headers"],
    ["no nonce line", replaced("x-acs-signature-nonce:nonce-1\n", ""), 10, "x-acs-signature-nonce was left out"],
    ["spaces behind colons", replaced("x-acs-date:", "x-acs-date: "), 8, "space behind the colon"],
    ["CRLF", toSign(CANONICAL.replaceAll("\n", "\r\n")), undefined, "CRLF"],
    ["a line break at the end", toSign(`${CANONICAL}\n`), undefined, "behind the canonical request"],
    ["no hash of the body", toSign(CANONICAL.slice(0, -64)), 14, "SHA-256 of the body"],
    ["the canonical request unhashed", `ACS3-HMAC-SHA256\n${CANONICAL}`, undefined, "canonical request itself"],
    ["the hash alone", hex(CANONICAL), undefined, "without its first line"],
    ["a line break behind the string to sign", `${toSign(CANONICAL)}\n`, undefined, "behind the string to sign"],
  ])("%s", async (_what, stringToSign, line, words) => {
    const diagnosis = await diagnoseSignature(acs3Request(stringToSign), KEY);
    expect(diagnosis?.finding).toEqual({ line, sentence: expect.stringContaining(words) });
  });

  test.each([
    ['"&" behind the secret', `${SECRET}&`, '"&" behind it'],
    ["a file's line break in the secret", `${SECRET}\n`, "line break behind it"],
    ["an empty secret", "", "The secret was empty"],
    ["a secret in quotation marks", `"${SECRET}"`, "quotation marks"],
  ])("%s", async (_what, secret, words) => {
    const diagnosis = await diagnoseSignature(acs3Request(toSign(CANONICAL), secret), KEY);
    expect(diagnosis?.finding).toEqual({ line: undefined, sentence: expect.stringContaining(words) });
  });

  test("points at the line it names", async () => {
    const { lines = [], finding } =
      (await diagnoseSignature(acs3Request(replaced("host:127.0.0.1", "host:localhost")), KEY)) ?? {};
    expect(lines[(finding?.line ?? 0) - 1]).toBe("host:127.0.0.1:10407");
  });
});

describe("a wrong FC signature is explained when it comes from", () => {
  const path = "/2016-08-15/stateful-async-invocation-functions";
  const date = "Mon, 23 Nov 2026 08:56:27 GMT";
  const right = ["GET", "", "", date, `x-fc-account-id:1`, `x-fc-security-token:${KEY.securityToken}`, path];
  const request = (text: string, secret = SECRET): ReceivedRequest => {
    const signature = createHmac("sha256", secret).update(text).digest("base64");
    return {
      method: "GET",
      target: `${path}?limit=5`,
      headers: new Map([
        ["host", "h"],
        ["date", date],
        ["x-fc-account-id", "1"],
        ["x-fc-security-token", KEY.securityToken],
        ["authorization", `FC id:${signature}`],
      ]),
    };
  };

  test("nothing, when it is right", async () => {
    const verdict = await verifyRequest(request(right.join("\n")), { findKey: () => KEY, nowMs: NOW_MS });
    expect(verdict).toMatchObject({ ok: true });
  });

  test.each([
    ["a signed query", right.with(6, `${path}?limit=5`).join("\n"), 7, "The query was signed"],
    ["a line break at the end", `${right.join("\n")}\n`, 7, "behind the path"],
    ["a content type that was not sent", right.with(2, "application/json").join("\n"), 3, "content type"],
    ["no X-Fc-* headers", right.toSpliced(4, 2).join("\n"), 5, "The X-Fc-* headers were left out"],
    ["one header less", right.toSpliced(4, 1).join("\n"), 5, "x-fc-account-id was left out"],
    ["an empty date", right.with(3, "").join("\n"), 4, "other date header"],
  ])("%s", async (_what, text, line, words) => {
    const diagnosis = await diagnoseSignature(request(text), KEY);
    expect(diagnosis?.finding).toEqual({ line, sentence: expect.stringContaining(words) });
  });

  test("shows the string to sign, with the token redacted", async () => {
    const diagnosis = await diagnoseSignature(request("x"), KEY);
    expect(diagnosis?.lines).toEqual(right.with(5, "x-fc-security-token:[redacted]"));
  });
});

test("a signature that no usual mistake yields has no finding, but its lines, with the token redacted", async () => {
  const diagnosis = await diagnoseSignature(acs3Request(toSign(CANONICAL), "another secret"), KEY);
  expect(diagnosis?.finding).toBeUndefined();
  expect(diagnosis?.lines).toEqual(CANONICAL.replace(KEY.securityToken, "[redacted]").split("\n"));
});

test("what holds no signature is not explained", async () => {
  const request = acs3Request(toSign(CANONICAL));
  expect(await diagnoseSignature({ ...request, headers: new Map() }, KEY)).toBeUndefined();
  expect(await diagnoseSignature({ ...request, target: "/%ff" }, KEY)).toBeUndefined();
});
