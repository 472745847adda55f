import { renderVerifyReport } from "fc-async-exporter";
import { FcCredentialsError } from "@fc-async/protocol";
import { describe, expect, test } from "vitest";
import { account, CANARY, verdictOn, verification, type Posture } from "./verify-scene.ts";

const KEY_OF_DEMO = { policy: { Version: "1", Statement: [] } } as const;

const refusal = (status: number, code: string, message: string): Response =>
  Response.json({ Code: code, Message: message, RequestId: "r" }, { status });

const POSTURES: Readonly<Record<string, Posture>> = {
  demo: {},
  "several-pages": { emulator: { accounts: account() } },
  "denied-key": { emulator: { accounts: account(KEY_OF_DEMO) } },
  "wrong-key": { credentials: { accessKeySecret: CANARY } },
  "skewed-clock": { emulator: { skewMs: 20 * 60_000 } },
  "fc-only": {
    between: async (url, pass) =>
      url.pathname.startsWith("/2021")
        ? refusal(400, "PathNotSupported", `'GET' against '${url.pathname}' is not supported`)
        : pass(),
  },
  "empty-account": { emulator: { accounts: account({}, 0) } },
  "two-quote-token": { emulator: { pagination: "two-quote-token" } },
  "null-data": { emulator: { accounts: account(), pagination: "null-data" } },
  throttled: {
    emulator: {
      faults: [
        { match: { nth: 4 }, times: "forever", action: { type: "status", status: 429, code: "ResourceExhausted" } },
      ],
    },
  },
  unreachable: { between: () => Promise.reject(new TypeError("fetch failed")) },
};

describe.each(Object.entries(POSTURES))("a report on %s", (name, posture) => {
  test("says what was asked, what came back and what that settles", async () => {
    const { report } = await verification(posture);
    await expect(renderVerifyReport(report, "markdown")).toMatchFileSnapshot(`golden/verify/${name}.golden.md`);
  });

  test("takes at most 25 requests, two a second after the first two, and no other method than GET", async () => {
    const { report, emulator, sentAtMs } = await verification(posture);
    expect(sentAtMs).toHaveLength(report.requests);
    expect(report.requests).toBeLessThanOrEqual(25);
    sentAtMs.slice(2).forEach((atMs, index) => expect(atMs - (sentAtMs[index] ?? 0)).toBeGreaterThanOrEqual(500));
    expect(new Set(emulator.requests.map(({ method }) => method)).difference(new Set(["GET"]))).toEqual(new Set());
  });

  test("case 43: holds no key, no whole account id, no name and no signature", async () => {
    const secret = CANARY;
    const securityToken = `${CANARY}Token`;
    const accessKeyId = "LTAI5tCanaryKeyId00000";
    const isGood = name !== "wrong-key";
    const [listed] = posture.emulator?.accounts ?? account();
    const [key] = listed?.accessKeys ?? [];
    if (listed === undefined || key === undefined) throw new Error("no account");
    const known = { ...key, accessKeyId, accessKeySecret: isGood ? secret : "another", securityToken };
    const accounts = [{ ...listed, accessKeys: [known] }];
    const { report, progress } = await verification({
      ...posture,
      emulator: { ...posture.emulator, accounts },
      credentials: { accessKeyId, accessKeySecret: secret, securityToken },
    });
    for (const text of [renderVerifyReport(report, "markdown"), renderVerifyReport(report, "json")]) {
      for (const hidden of [CANARY, accessKeyId, listed.accountId, "canary-service", "canary-function"]) {
        expect(text).not.toContain(hidden);
      }
    }
    expect(progress.join("\n")).not.toContain(CANARY);
  });
});

test.each([
  ["demo", true],
  ["skewed-clock", true],
  ["fc-only", true],
  ["empty-account", true],
  ["two-quote-token", true],
  ["null-data", true],
  ["throttled", true],
  ["denied-key", false],
  ["wrong-key", false],
  ["unreachable", false],
])("%s: whether the list could be read is %s", async (name, readable) => {
  expect((await verification(POSTURES[name])).report.readable).toBe(readable);
});

test("the report is the same as JSON", async () => {
  const { report } = await verification();
  expect(JSON.parse(renderVerifyReport(report, "json"))).toEqual(JSON.parse(JSON.stringify(report)));
  await expect(renderVerifyReport(report, "json")).toMatchFileSnapshot("golden/verify/demo.golden.json");
});

describe("what differs from the contract is found", () => {
  const answer = (posture: Posture["between"], title: string): Promise<string> =>
    verification({ emulator: { accounts: account() }, between: posture }).then(({ report }) =>
      verdictOn(report, title),
    );
  const page = (body: unknown, headers: Record<string, string> = {}): Response => Response.json(body, { headers });

  test("a limit of 101 that is cut to 100", async () => {
    const between: Posture["between"] = async (url, pass) =>
      url.searchParams.get("limit") === "101" ? page({ data: [{}], nextToken: "" }) : pass();
    expect(await answer(between, "A limit of 101")).toBe("differs: answered with 1 row, not 400 InvalidArgument");
    expect(await answer(between, "A limit of 0")).toBe("as assumed");
  });

  test("a signature that is accepted crosswise", async () => {
    const between: Posture["between"] = async (url, pass) => {
      const response = await pass();
      return url.pathname.startsWith("/2016") && response.status === 403 ? page({ data: null }) : response;
    };
    expect(await answer(between, "The ACS3 signature on 2016-08-15")).toBe(
      "differs: answered with 0 rows, not 403 SignatureNotMatch",
    );
  });

  test("another code for a wrong signature", async () => {
    const between: Posture["between"] = async (_, pass) => {
      const response = await pass();
      return response.status === 403 ? refusal(400, "SignatureDoesNotMatch", "no") : response;
    };
    expect(await answer(between, "A wrong signature under ACS3")).toBe(
      "differs: 400 SignatureDoesNotMatch, not 403 SignatureNotMatch",
    );
  });

  const listed =
    (rows: readonly unknown[], more: object = { nextToken: "" }): Posture["between"] =>
    async () =>
      page({ data: rows, ...more });
  const row = (functionName: string, qualifier?: string): object => ({ serviceName: "s", functionName, qualifier });

  test.each<readonly [title: string, between: Posture["between"], verdict: string]>([
    [
      "Order of the rows",
      listed([row("b", "1"), row("a", "1")]),
      "differs: not in byte order from row 2 on, though services are",
    ],
    [
      "Order of the rows",
      listed([row("\u{ff5e}", "1"), row("\u{1f600}", "1")]),
      "as assumed: byte order of service, function, qualifier",
    ],
    ["Order of the rows", listed([row("a")]), "unknown: it takes two rows"],
    ["Qualifiers", listed([row("a", ""), row("b"), row("c", "1")]), "differs: 2 of 3 are empty or absent"],
    ["Rows that come twice", listed([row("a", "1"), row("a", "1")]), "differs: a row stands in the list twice"],
    [
      "Rows on a page",
      listed(Array.from({ length: 101 }, (_, index) => row(`${index}`))),
      "differs: more rows than the limit of 100",
    ],
    ["End of the list", listed([], {}), "differs: absent, not the empty text of the vendor's tests"],
    ["End of the list", listed([], { nextToken: null }), "differs: null, not the empty text of the vendor's tests"],
    ["End of the list", listed([], { nextToken: "again" }), "differs: a page announced one that was read before"],
    ["Pages without rows", listed([]), "differs: not null as in the vendor's tests"],
    ["Members of the answer", listed([{ ...row("a"), region: "x" }]), "differs: members that nothing describes"],
    [
      "Members of the answer",
      listed([{ functionName: 5 }]),
      "differs: 1 rows without the name of a service or a function",
    ],
    ["Request id", listed([]), "differs: no request id"],
    ["Headers", async () => new Response(new TextEncoder().encode("{}")), "differs: without date and content-type"],
    [
      "Headers about a rate",
      async () => page({ data: null }, { "x-ratelimit-remaining": "9" }),
      "differs: a rate is told that nothing describes",
    ],
  ])("%s", async (title, between, verdict) => {
    expect(await answer(between, title)).toBe(verdict);
  });

  test("a clock that is two minutes off is told, and one that is right is not", async () => {
    const { report } = await verification({ emulator: { skewMs: -120_000 } });
    expect(verdictOn(report, "The service's clock")).toBe(
      "differs: the clock of this machine is wrong, or the service's is",
    );
    expect(verdictOn((await verification()).report, "The service's clock")).toBe("as assumed");
  });

  test("a success that is no JSON is no list", async () => {
    const { report } = await verification({ between: async () => new Response("<html>") });
    expect(report).toMatchObject({ readable: false, list: "not read: no answer (invalid_response)" });
  });
});

test("a list that breaks off in the middle is not readable", async () => {
  const { report } = await verification({
    emulator: {
      accounts: account(),
      faults: [{ match: { page: 2 }, times: "forever", action: { type: "status", status: 500 } }],
    },
  });
  expect(report).toMatchObject({ readable: false, list: expect.stringContaining("not read: 500 InternalServerError") });
});

test("a list that is longer than the run reads is readable, and its end unknown", async () => {
  const { report } = await verification({ emulator: { accounts: account({}, 5000) } });
  expect(report).toMatchObject({
    readable: true,
    requests: 25,
    list: expect.stringContaining("and more that was not read"),
  });
  expect(verdictOn(report, "End of the list")).toBe("unknown: the list is longer than this run reads");
});

test("one throttled answer is asked again after the pause the service wants", async () => {
  const fault = { type: "status", status: 429, headers: { "retry-after": "7" } } as const;
  const { report, sentAtMs } = await verification({
    emulator: { faults: [{ match: { nth: 2 }, times: 1, action: fault }] },
  });
  expect(report.findings.filter(({ answered }) => answered === "not asked")).toEqual([]);
  expect(Math.max(...sentAtMs.slice(1).map((atMs, index) => atMs - (sentAtMs[index] ?? 0)))).toBe(7000);
  expect(verdictOn(report, "Throttling")).toBe("as assumed");
});

test("a key of another account is not taken for one without the permission", async () => {
  const { report } = await verification({ options: { accountId: "1000000000000002" } });
  expect(report).toMatchObject({ readable: false, list: expect.stringContaining("403 AccessDenied") });
  expect(verdictOn(report, "A key that may not read the list")).toBe(
    "unknown: the key was denied, but not by its permissions",
  );
});

test("keys that cannot be had are told to the person, and not in the report", async () => {
  const { report, progress } = await verification({
    options: {
      credentials: () => {
        throw new FcCredentialsError("The credentials file /run/secrets/fc is empty.");
      },
    },
  });
  expect(report).toMatchObject({ readable: false, requests: 0, list: "not read: no keys" });
  expect(JSON.stringify(report)).not.toContain("/run/secrets");
  expect(progress).toEqual([
    "the list through 2021-04-06 with ACS3: no keys: The credentials file /run/secrets/fc is empty.",
  ]);
});

test("words of the service that hold the account's own are masked, whatever they are", async () => {
  const message =
    "the caller 'acs:ram::1234567890123456:user/alice' is not authorized to perform 'fc:ListStatefulAsyncInvocationFunctions' " +
    "on resource 'acs:fc:cn-hangzhou:1234567890123456:services/payroll/functions/*' from 203.0.113.7, alice@example.com, " +
    "string to sign ACS3-HMAC-SHA256 06563a9e1d0a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d5e6f7081923283 `<b>` \u202E\n# end";
  const { report } = await verification({ between: async () => refusal(403, "AccessDenied", message) });
  const finding = report.findings.find(({ title }) => title === "A key that may not read the list");
  expect(finding?.answered).toBe(
    "403 AccessDenied: the caller 'acs:ram::****3456:user/…' is not authorized to perform 'fc:ListStatefulAsyncInvocationFunctions' " +
      "on resource 'acs:fc:cn-hangzhou:****3456:services/…/functions/*' from [address], [mail], " +
      "string to sign ACS3-HMAC-SHA256 […] `<b>` \\u{202e}\\u{a}# end",
  );
  expect(finding?.verdict).toEqual({ kind: "differs", note: "the resource is not *" });
  // In the table and in the sections, always inside a code span of one line.
  const said = renderVerifyReport(report, "markdown").match(/^.*# end.*$/gmu) ?? [];
  expect(said.length).toBeGreaterThan(2);
  for (const line of said) expect(line).toMatch(/^(?:\| List \| |- Answered: )`[^`]*# end`(?: \|)?$/u);
});
