import { readFileSync } from "node:fs";
import {
  acs3Authorization,
  acs3CanonicalRequest,
  acs3HeaderNames,
  acs3Signature,
  acs3SignedHeaders,
  acs3StringToSign,
  canonicalQuery,
  parseQuery,
  signAcs3,
  webCryptoHash,
  type HeaderPair,
} from "@fc-async/protocol";
import { nodeHash } from "@fc-async/protocol/node";
import { describe, expect, test } from "vitest";
import { acs3Recordings, headerOf, headersOf } from "./recordings.ts";

const EMPTY_SHA256 = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

describe.each([
  ["nodeHash", nodeHash],
  ["webCryptoHash", webCryptoHash],
])("ACS3 with %s", (_name, hash) => {
  test.each(acs3Recordings)("signs what the vendor's SDK sent, like the SDK: $name", async (recording) => {
    const [path = "", query = ""] = recording.recorded.requestTarget.split("?");
    const signedHeaders = acs3SignedHeaders(headersOf(recording));
    const canonicalRequest = acs3CanonicalRequest({
      method: recording.recorded.method,
      path,
      query: canonicalQuery(parseQuery(query)),
      signedHeaders,
      bodySha256Hex: headerOf(recording, "x-acs-content-sha256"),
    });
    const { accessKeyId, accessKeySecret } = recording.credential;
    const signature = await acs3Signature(await acs3StringToSign(canonicalRequest, hash), accessKeySecret, hash);
    expect(acs3Authorization(accessKeyId, acs3HeaderNames(signedHeaders), signature)).toBe(
      headerOf(recording, "authorization"),
    );
  });

  test("reproduces the worked example the vendor publishes", async () => {
    const example = JSON.parse(
      readFileSync(new URL("vectors/official.acs3-published-example.json", import.meta.url), "utf8"),
    );
    const signedHeaders = acs3SignedHeaders(Object.entries<string>(example.request.headers));
    const canonicalRequest = acs3CanonicalRequest({
      method: example.request.method,
      path: example.request.path,
      query: canonicalQuery(Object.entries<string>(example.request.query)),
      signedHeaders,
      bodySha256Hex: example.request.headers["x-acs-content-sha256"],
    });
    expect(await hash.sha256Hex(canonicalRequest)).toBe(example.expected.hashedCanonicalRequest);
    const stringToSign = await acs3StringToSign(canonicalRequest, hash);
    expect(await acs3Signature(stringToSign, example.credential.accessKeySecret, hash)).toBe(
      example.expected.signature,
    );
  });
});

const request = {
  method: "GET",
  host: "1234567890123456.cn-hangzhou.fc.aliyuncs.com",
  path: "/2021-04-06/stateful-async-invocation-functions",
  query: "limit=100",
  headers: [["x-fc-account-id", "1234567890123456"]] as HeaderPair[],
};
const moment = {
  credentials: { accessKeyId: "LTAI5tExampleKeyId0000", accessKeySecret: "ExampleSecret0000000000000000" },
  hash: nodeHash,
  dateMs: Date.UTC(2026, 10, 23, 8, 56, 27, 999),
  action: "ListStatefulAsyncInvocationFunctions",
  version: "2021-04-06",
  nonce: "bf5063e32b810f0eb4292b72cd11685d",
};

test("the canonical request is six lines, and an empty one after the headers", () => {
  const canonicalRequest = acs3CanonicalRequest({
    ...request,
    signedHeaders: [
      ["host", " example.com "],
      ["x-acs-date", "2026-11-23T08:56:27Z"],
    ],
    bodySha256Hex: EMPTY_SHA256,
  });
  expect(canonicalRequest).toBe(
    `GET\n${request.path}\nlimit=100\nhost:example.com\nx-acs-date:2026-11-23T08:56:27Z\n\nhost;x-acs-date\n${EMPTY_SHA256}`,
  );
});

test("signs at once when the hash answers at once", () => {
  expect(signAcs3(request, moment)).toBeInstanceOf(Array);
  expect(signAcs3(request, { ...moment, hash: webCryptoHash })).toBeInstanceOf(Promise);
});

test("sends both dates from one clock, and leaves X-Fc headers unsigned", async () => {
  const headers = new Map(await signAcs3(request, moment));
  expect(headers.get("x-acs-date")).toBe("2026-11-23T08:56:27Z");
  expect(headers.get("x-fc-date")).toBe("Mon, 23 Nov 2026 08:56:27 GMT");
  expect(headers.get("authorization")).toContain(
    "SignedHeaders=host;x-acs-action;x-acs-content-sha256;x-acs-date;x-acs-signature-nonce;x-acs-version,",
  );
});

test("a security token travels with its key id, and both are signed", async () => {
  const credentials = { ...moment.credentials, securityToken: "CAISExampleSecurityToken+/0000==" };
  const headers = new Map(await signAcs3(request, { ...moment, credentials }));
  expect(headers.get("x-acs-security-token")).toBe(credentials.securityToken);
  expect(headers.get("x-acs-accesskey-id")).toBe(credentials.accessKeyId);
  expect(headers.get("authorization")).toContain("SignedHeaders=host;x-acs-accesskey-id;");
  expect(headers.get("authorization")).toContain("x-acs-security-token;");
});

test("a content type is signed, and the hash of the body declared", async () => {
  const bodySha256Hex = await nodeHash.sha256Hex("{}");
  const headers = new Map(
    await signAcs3({ ...request, headers: [["content-type", "application/json"]], bodySha256Hex }, moment),
  );
  expect(headers.get("x-acs-content-sha256")).toBe(bodySha256Hex);
  expect(headers.get("authorization")).toContain("SignedHeaders=content-type;host;");
});
