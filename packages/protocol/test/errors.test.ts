import {
  apiErrorFrom,
  bodyExcerpt,
  explainApiError,
  FcApiError,
  FcError,
  FcTimeoutError,
  formatRfc1123,
  isFcError,
  LightHeaders,
  parseErrorBody,
  type Origin,
} from "@fc-async/protocol";
import { ERROR_CATALOGUE } from "@fc-async/protocol/error-catalogue";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";

const origin: Origin = { protocol: "https:", host: "a.example", hostname: "a.example", port: 443 };

function answer(status: number, headers: Record<string, string> = {}): Parameters<typeof apiErrorFrom>[0] {
  return {
    status,
    headers: new LightHeaders(headers),
    url: `${origin.protocol}//${origin.host}/2021-04-06/functions?nextToken=secret-name`,
  };
}

describe("an error body", () => {
  test.each([
    ["2021-04-06", { Code: "AccessDenied", Message: "no", RequestId: "r-1" }, "r-1"],
    ["2016-08-15", { ErrorCode: "AccessDenied", ErrorMessage: "no" }, undefined],
    ["the documentation", { errorCode: "AccessDenied", errorMessage: "no" }, undefined],
  ])("is read in the spelling of %s, as text or parsed", (_where, body, requestId) => {
    const expected = { code: "AccessDenied", message: "no", requestId, excerpt: undefined };
    expect(parseErrorBody(body)).toEqual(expected);
    expect(parseErrorBody(JSON.stringify(body))).toEqual(expected);
  });

  test.each(["", "null", "[]", "{}", "5", '{"Code":5}', "<html>502</html>", undefined, null, 7, []])(
    "%j is no error of the service",
    (body) => {
      expect(parseErrorBody(body)).toMatchObject({ code: undefined, message: undefined });
    },
  );

  test("of any JSON never throws", () => {
    fc.assert(
      fc.property(fc.oneof(fc.json(), fc.string(), fc.anything()), (body) => {
        expect(parseErrorBody(body)).toHaveProperty("code");
      }),
    );
  });

  test("that is a page keeps its first 200 characters on one line, nothing able to act on a terminal", () => {
    const page = `<html>\r\n\u001b[31m\u202e${"x".repeat(500)}`;
    const excerpt = parseErrorBody(page).excerpt ?? "";
    expect(excerpt).toContain("<html>\\u{d}\\u{a}\\u{1b}[31m\\u{202e}xxx");
    expect(excerpt).not.toMatch(/[\p{Cc}\p{Cf}]/u);
    expect(bodyExcerpt("y".repeat(500))).toHaveLength(200);
  });
});

describe("the error of an answer", () => {
  test("says who, what, why and what to do, and leaves the query out", () => {
    const error = apiErrorFrom(
      answer(403),
      { Code: "AccessDenied", Message: "not authorized.", RequestId: "r-1" },
      { traceId: "t-1" },
    );
    expect(error).toBeInstanceOf(FcApiError);
    expect(error.message).toBe(
      `GET /2021-04-06/functions: 403 AccessDenied: not authorized (request r-1, trace t-1). ${error.nextStep}`,
    );
    expect(error.nextStep).not.toBe("");
    expect(error).toMatchObject({
      code: "FC_API",
      status: 403,
      serverCode: "AccessDenied",
      requestId: "r-1",
      traceId: "t-1",
      retryable: false,
    });
  });

  test("takes the request id from the header when the body has none", () => {
    const error = apiErrorFrom(answer(500, { "X-Fc-Request-Id": "r-2" }), {
      ErrorCode: "InternalServerError",
      ErrorMessage: "oops",
    });
    expect(error).toMatchObject({ requestId: "r-2", traceId: undefined, reason: "server", retryable: true });
    expect(error.message).toContain("(request r-2). ");
  });

  test("case 25: of a proxy's page is judged by its status, and shows its beginning", () => {
    const error = apiErrorFrom(answer(502), "<html>\nBad Gateway</html>");
    expect(error).toMatchObject({ reason: "server", status: 502, serverCode: undefined, retryable: true });
    expect(error.message).toMatch(/^GET \/2021-04-06\/functions: 502: <html>\\u\{a\}Bad Gateway<\/html>\. /);
  });

  test("of an empty body still has its status", () => {
    expect(apiErrorFrom(answer(503), "").message).toMatch(/^GET \/2021-04-06\/functions: 503\. /);
  });

  test("case 21: of a denial names the action and the resource to allow", () => {
    const message = "the caller is not authorized to perform 'fc:ListStatefulAsyncInvocationFunctions' on resource '*'";
    const error = apiErrorFrom(answer(403), { Code: "AccessDenied", Message: message });
    expect(error).toMatchObject({ reason: "denied", retryable: false });
    expect(error.message).toContain("fc:ListStatefulAsyncInvocationFunctions");
  });

  test("is told in bounds, however much the answer says", () => {
    const body = { Code: "C".repeat(1_000_000), Message: "M".repeat(3_000_000), RequestId: "r".repeat(1000) };
    const error = apiErrorFrom(answer(403), body);
    expect(error.message.length).toBeLessThan(2000);
    expect(error.serverCode).toBe(`${"C".repeat(200)}…`);
    expect(error.serverMessage).toBe(`${"M".repeat(1000)}…`);
  });

  test("case 14: tells when to come back", () => {
    const nowMs = Date.UTC(2026, 0);
    expect(apiErrorFrom(answer(429, { "Retry-After": "3600" }), "", { nowMs }).retryAtMs).toBe(nowMs + 3_600_000);
    expect(apiErrorFrom(answer(429, { "Retry-After": "soon" }), "", { nowMs }).retryAtMs).toBeUndefined();
    const date = formatRfc1123(nowMs + 5000);
    expect(apiErrorFrom(answer(429, { "Retry-After": date }), "", { nowMs, clockSkewMs: 3000 }).retryAtMs).toBe(
      nowMs + 2000,
    );
    const past = formatRfc1123(nowMs - 1000);
    expect(apiErrorFrom(answer(429, { "Retry-After": past }), "", { nowMs }).retryAtMs).toBeUndefined();
  });
});

describe("the meaning of an error", () => {
  test.each([
    [403, "AccessDenied", "The service or function doesn't belong to you.", "denied"],
    [403, "AccessDenied", "FC service is not enabled for current user.", "denied"],
    [403, "SignatureNotMatch", "", "auth"],
    [403, "InvalidAccessKeyID", "", "auth"],
    [404, "InvalidAccessKeyId.NotFound", "", "auth"],
    [400, "SignatureDoesNotMatch", "", "auth"],
    [429, "ResourceExhausted", "", "throttled"],
    [400, "Throttling.User", "", "throttled"],
    [400, "Throttling", "", "throttled"],
    [500, "InternalServerError", "", "server"],
    [418, "NobodyKnows", "", "other"],
    [401, undefined, undefined, "auth"],
    [403, undefined, undefined, "denied"],
    [429, undefined, undefined, "throttled"],
    [504, undefined, undefined, "server"],
  ])("%i %s %j is %s", (status, code, message, reason) => {
    expect(explainApiError(status, { code, message }).reason).toBe(reason);
  });

  test.each([
    [429, undefined, true],
    [499, "ClientClosedRequest", true],
    [500, undefined, true],
    [599, undefined, true],
    [400, "Throttling.Api", true],
    [400, "SignatureNonceUsed", true],
    [400, "InvalidArgument", false],
    [403, "AccessDenied", false],
    [404, undefined, false],
    [409, "ConcurrentUpdateError", false],
    [412, "PreconditionFailed", false],
  ])("%i %s is retried: %s", (status, code, retryable) => {
    expect(explainApiError(status, { code, message: "" }).retryable).toBe(retryable);
  });

  test("a refused date is told apart from other denials", () => {
    const skewed =
      "the difference between the request time 'Thu, 30 Jul 2020 16:25:45 GMT' and the current time '…' is too large";
    expect(explainApiError(403, { code: "AccessDenied", message: skewed }).clockSkew).toBe(true);
    expect(explainApiError(403, { code: "AccessDenied", message: "no" }).clockSkew).toBe(false);
    expect(explainApiError(400, { code: "InvalidTimeStamp.Expired", message: "" }).clockSkew).toBe(true);
  });

  test("every sentence of the catalogue stands before the plain entry of its code, or it would never be found", () => {
    const misplaced = ERROR_CATALOGUE.filter(({ code, messagePattern }, index) => {
      const plain = ERROR_CATALOGUE.findIndex((entry) => entry.code === code && entry.messagePattern === undefined);
      return messagePattern !== undefined && plain >= 0 && plain < index;
    });
    expect(misplaced).toEqual([]);
  });
});

test("isFcError knows the family, also from another copy of this package", () => {
  const error = new FcTimeoutError("late", { phase: "body", timeoutMs: 5 });
  expect(isFcError(error) && error instanceof FcError).toBe(true);
  expect(isFcError(Object.assign(new Error("copy"), { code: "FC_API", reason: "denied" }))).toBe(true);
  expect(isFcError(Object.assign(new Error("socket"), { code: "ECONNRESET" }))).toBe(false);
  expect(isFcError({ code: "FC_API", reason: "denied" })).toBe(false);
});
