import {
  fcAuthorization,
  fcCanonicalResource,
  fcSignature,
  fcStringToSign,
  signFc,
  webCryptoHash,
} from "@fc-async/protocol";
import { nodeHash } from "@fc-async/protocol/node";
import { describe, expect, test } from "vitest";
import { fcRecordings, headerOf, headersOf } from "./recordings.ts";

describe.each([
  ["nodeHash", nodeHash],
  ["webCryptoHash", webCryptoHash],
])("FC with %s", (_name, hash) => {
  test.each(fcRecordings)("signs what the vendor's SDK sent, like the SDK: $name", async (recording) => {
    const [path = "", query = ""] = recording.recorded.requestTarget.split("?");
    const stringToSign = fcStringToSign({
      method: recording.recorded.method,
      headers: headersOf(recording),
      resource: fcCanonicalResource(path, query),
    });
    const { accessKeyId, accessKeySecret } = recording.credential;
    const signature = await fcSignature(stringToSign, accessKeySecret, hash);
    expect(fcAuthorization(accessKeyId, signature)).toBe(headerOf(recording, "authorization"));
  });
});

test("has recordings of API calls, with a token, and of an HTTP trigger", () => {
  expect(fcRecordings.map(({ name }) => name)).toEqual([
    "control-2016-list-services",
    "http-trigger-signed-query",
    "v2016/no-params",
    "v2016/limit-and-token",
    "v2016/token-base64-reserved",
    "v2016/sts",
  ]);
});

test("the string to sign keeps empty lines for what is absent, and sorts x-fc headers by name", () => {
  const stringToSign = fcStringToSign({
    method: "GET",
    headers: [
      ["x-fc-trace-id", "t"],
      ["date", "Mon, 23 Nov 2026 08:56:27 GMT"],
      ["x-fc-account-id-2", "2"],
      ["x-fc-account-id", " 1 "],
      ["accept", "application/json"],
      ["x-fcustom", "not of the scheme"],
    ],
    resource: "/2016-08-15/services",
  });
  expect(stringToSign).toBe(
    "GET\n\n\nMon, 23 Nov 2026 08:56:27 GMT\nx-fc-account-id:1\nx-fc-account-id-2:2\nx-fc-trace-id:t\n/2016-08-15/services",
  );
});

test("the resource of an API call is the decoded path without the query", () => {
  expect(fcCanonicalResource("/2016-08-15/services/a%20b", "limit=1")).toBe("/2016-08-15/services/a b");
});

test("the resource of an HTTP trigger holds its decoded parameters, and a newline without any", () => {
  expect(fcCanonicalResource("/2016-08-15/proxy/s/f/", "")).toBe("/2016-08-15/proxy/s/f/\n");
  expect(fcCanonicalResource("/2016-08-15/proxy/s/f/", "b=2&a=%2F&b=1")).toBe("/2016-08-15/proxy/s/f/\na=/\nb=1\nb=2");
});

test("date and x-fc-date carry the same value, and a security token is signed", async () => {
  const headers = new Map(
    await signFc(
      { method: "GET", host: "h", path: "/2016-08-15/services", query: "", headers: [["x-fc-account-id", "1"]] },
      {
        credentials: { accessKeyId: "STS.NUExample", accessKeySecret: "ExampleSecret", securityToken: "token" },
        hash: nodeHash,
        dateMs: Date.UTC(2026, 10, 23, 8, 56, 27),
      },
    ),
  );
  expect(headers.get("date")).toBe("Mon, 23 Nov 2026 08:56:27 GMT");
  expect(headers.get("x-fc-date")).toBe(headers.get("date"));
  expect(headers.get("x-fc-security-token")).toBe("token");
  const stringToSign =
    "GET\n\n\nMon, 23 Nov 2026 08:56:27 GMT\nx-fc-account-id:1\nx-fc-date:Mon, 23 Nov 2026 08:56:27 GMT\n" +
    "x-fc-security-token:token\n/2016-08-15/services";
  expect(headers.get("authorization")).toBe(
    `FC STS.NUExample:${await nodeHash.hmacSha256("ExampleSecret", stringToSign, "base64")}`,
  );
});
