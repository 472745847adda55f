import { FcApiError, FcLimitError, FcPaginationError, FcResponseError } from "@fc-async/protocol";
import { describe, expect, test } from "vitest";
import { failed, list, paged, pageOf, pagesOf, rows, scene, type Answer } from "./scene.ts";

describe("a list of several pages", () => {
  test("is read to its end, a hundred rows at a time, without ever sending an empty token", async () => {
    const { client, sent } = scene(list(3));
    const pages = await pagesOf(client);
    expect(pages.map((page) => page.rows)).toEqual([rows(1), rows(2), rows(3)]);
    expect(pages.map((page) => page.requestId)).toEqual(["req-0", "req-t2", "req-t3"]);
    expect(sent.map(({ url }) => url.search)).toEqual([
      "?limit=100",
      "?limit=100&nextToken=t2",
      "?limit=100&nextToken=t3",
    ]);
  });

  test("comes row by row from listFunctions", async () => {
    const { client } = scene(list(2));
    expect(await Array.fromAsync(client.listFunctions())).toEqual([...rows(1), ...rows(2)]);
  });

  test("is read no further than it is asked for", async () => {
    const { client, sent } = scene(list(3));
    for await (const fn of client.listFunctions()) if (fn.functionName === "function-2") break;
    expect(sent).toHaveLength(1);
  });

  test("sends any token unharmed", async () => {
    const token = "a/b+c=d&e f%20é!*'()";
    const { client, sent } = scene([{ data: rows(1), nextToken: token }, { data: rows(2) }]);
    await pagesOf(client);
    expect(sent[1]?.url.searchParams.get("nextToken")).toBe(token);
  });

  test("may begin at a token", async () => {
    const { client, sent } = scene([paged(4)]);
    expect((await pagesOf(client, { startingToken: "t3" })).map((page) => page.rows)).toEqual([rows(3), rows(4)]);
    expect(sent).toHaveLength(2);
  });

  test("may be read in smaller pages", async () => {
    const { client, sent } = scene(list(1));
    await pagesOf(client, { limit: 7 });
    expect(sent[0]?.url.search).toBe("?limit=7");
  });
});

describe("a page that cannot be had", () => {
  const refusal = (status: number, code: string, message: string, headers = {}): Response =>
    Response.json({ Code: code, Message: message, RequestId: "req-1" }, { status, headers });

  test("case 1: fails the list after 4 attempts, and nothing after it is asked for", async () => {
    const pages = paged(9);
    const { client, sent } = scene([
      (request) => (pageOf(request.url) === 7 ? refusal(500, "InternalError", "boom") : pages(request)),
    ]);
    const { error, pages: seen } = await failed(client.listPages());
    expect(error).toBeInstanceOf(FcApiError);
    expect(error).toMatchObject({ reason: "server", status: 500, requestId: "req-1" });
    expect(seen).toBe(6);
    expect(sent.map(({ url }) => pageOf(url))).toEqual([1, 2, 3, 4, 5, 6, 7, 7, 7, 7]);
  });

  test("case 2: is asked for again, and two failures on the way lose nothing", async () => {
    let failures = 0;
    const pages = paged(9);
    const { client, events, observe } = scene([
      (request) =>
        pageOf(request.url) === 7 && ++failures <= 2 ? refusal(500, "InternalError", "boom") : pages(request),
    ]);
    expect(await pagesOf(client, { observe })).toHaveLength(9);
    expect(events.filter(({ type }) => type === "retry")).toHaveLength(2);
  });

  test("case 13: is asked for again after Retry-After, signed anew", async () => {
    const throttled = refusal(429, "Throttling.Api", "slow down", { "Retry-After": "2" });
    const { client, sent, slept } = scene([{ data: rows(1), nextToken: "t2" }, throttled, { data: rows(2) }]);
    await pagesOf(client);
    expect(slept).toHaveLength(1);
    expect(slept[0]).toBeGreaterThanOrEqual(2000);
    expect(sent.map(({ url }) => pageOf(url))).toEqual([1, 2, 2]);
    const [, first, second] = sent.map(({ headers }) => headers);
    for (const header of ["x-acs-signature-nonce", "x-acs-date", "authorization"]) {
      expect(second?.get(header), header).not.toBe(first?.get(header));
    }
  });

  test("case 15: is throttled by its code, although the status is 400", async () => {
    const { client, sent } = scene([refusal(400, "Throttling.User", "slow down")]);
    const { error } = await failed(client.listPages());
    expect(error).toMatchObject({ code: "FC_API", reason: "throttled", serverCode: "Throttling.User" });
    expect(sent).toHaveLength(4);
  });

  test("case 21: is not asked for again when a policy denies it, and the error names action and resource", async () => {
    const { client, sent } = scene([
      refusal(
        403,
        "AccessDenied",
        "the caller is not authorized to perform 'fc:ListStatefulAsyncInvocationFunctions' on resource '*'",
      ),
    ]);
    const { error } = await failed(client.listPages());
    expect(error).toMatchObject({ reason: "denied", retryable: false });
    expect(error).toHaveProperty("message", expect.stringMatching(/fc:ListStatefulAsyncInvocationFunctions.*\*/));
    expect(sent).toHaveLength(1);
  });

  test("case 25: is invalid when it is HTML with 200, and the server's fault when it is HTML with 502", async () => {
    const html = (status: number): Response =>
      new Response("<html>\u0007Bad gateway</html>", {
        status,
        headers: { "content-type": "text/html", "x-fc-request-id": "req-9" },
      });
    const ok = await failed(scene([html(200)]).client.listPages());
    expect(ok.error).toBeInstanceOf(FcResponseError);
    expect(ok.error).toMatchObject({ reason: "invalid_response", status: 200, requestId: "req-9" });
    expect(ok.error).toHaveProperty("bodyExcerpt", "<html>\\u{7}Bad gateway</html>");
    const bad = await failed(scene([html(502)]).client.listPages());
    expect(bad.error).toMatchObject({ code: "FC_API", reason: "server", status: 502, serverCode: undefined });
  });

  test("is named by its trace id", async () => {
    const { client, sent } = scene([refusal(400, "InvalidArgument", "bad")]);
    const { error } = await failed(client.listPages({ traceId: "trace-7" }));
    expect(error).toHaveProperty("message", expect.stringContaining("trace trace-7"));
    expect(sent[0]?.headers.get("x-fc-trace-id")).toBe("trace-7");
  });
});

describe("the end of the list", () => {
  test.each([
    ["absent", {}, []],
    ["null", { nextToken: null }, []],
    ["empty", { nextToken: "" }, []],
    ["the documentation's two quotes", { nextToken: '""' }, ["two_quote_token"]],
  ])("case 6: is a token that is %s", async (_, end, quirks) => {
    const { client, sent } = scene([
      { data: rows(1), nextToken: "t2" },
      { data: rows(2), ...end },
    ]);
    const pages = await pagesOf(client);
    expect(pages.map((page) => page.rows.length)).toEqual([3, 3]);
    expect(pages[1]?.quirks).toEqual(quirks);
    expect(sent).toHaveLength(2);
  });

  test.each<Answer>([{ data: null }, {}, { data: [] }, { data: null, nextToken: "" }])(
    "case 7: is there at once in an account without such functions: %j",
    async (answer) => {
      expect(await pagesOf(scene([answer]).client)).toEqual([
        { rows: [], nextToken: undefined, quirks: [], requestId: "req-0" },
      ]);
    },
  );

  test("case 8: is not an empty page with a token", async () => {
    const { client } = scene([{ data: [], nextToken: "t2" }, { data: rows(2) }]);
    const pages = await pagesOf(client);
    expect(pages.map((page) => page.rows.length)).toEqual([0, 3]);
    expect(pages[0]?.quirks).toEqual(["empty_page"]);
  });

  test("case 8: never comes after 51 empty pages in a row", async () => {
    const { client, sent } = scene([({ url }) => ({ data: null, nextToken: `t${pageOf(url) + 1}` })]);
    const { error } = await failed(client.listPages());
    expect(error).toBeInstanceOf(FcPaginationError);
    expect(sent).toHaveLength(51);
  });
});

describe("a token that comes again", () => {
  test("case 3: ends the walk with the page that names it", async () => {
    const { client, sent } = scene([
      { data: rows(1), nextToken: "t2" },
      { data: rows(2), nextToken: "t2" },
    ]);
    const { error } = await failed(client.listPages());
    expect(error).toMatchObject({ code: "FC_PAGINATION", reason: "pagination", cycleLength: 1 });
    expect(sent).toHaveLength(2);
  });

  test("case 4: ends the walk within four pages of a cycle of three, and is told with its length", async () => {
    const { client, sent } = scene([({ url }) => ({ data: rows(1), nextToken: `t${((pageOf(url) - 1) % 3) + 2}` })]);
    const { error } = await failed(client.listPages());
    expect(error).toHaveProperty("message", expect.stringContaining("cycle of length 3"));
    expect(sent.length).toBeLessThanOrEqual(4);
  });

  test("case 5: is neither an endless loop nor a success when the service echoes it", async () => {
    const { client, sent } = scene([
      ({ url }) => ({ data: rows(1), nextToken: url.searchParams.get("nextToken") ?? "t2" }),
    ]);
    expect((await failed(client.listPages())).error).toBeInstanceOf(FcPaginationError);
    expect(sent).toHaveLength(2);
  });
});

describe("a token that is refused, case 12,", () => {
  const refused = (): Response =>
    Response.json(
      { Code: "InvalidArgument", Message: "nextToken has expired", RequestId: "req-9" },
      { status: 400, headers: { "x-fc-request-id": "req-9" } },
    );

  test("although the service gave it, is an error of the list, with the refusal as its cause", async () => {
    const { client, sent } = scene([{ data: rows(1), nextToken: "t2" }, refused()]);
    const { error, pages } = await failed(client.listPages());
    expect(error).toBeInstanceOf(FcPaginationError);
    expect(error).toMatchObject({ reason: "pagination", problem: "refused_token" });
    expect(error).toHaveProperty("message", expect.stringMatching(/refused the token it gave for page 2 .*expired/u));
    expect(error).toHaveProperty("cause", expect.objectContaining({ code: "FC_API", requestId: "req-9" }));
    expect(pages).toBe(1);
    expect(sent).toHaveLength(2);
  });

  test("where the caller brought it, is the service's own refusal", async () => {
    const { client } = scene([refused()]);
    const { error } = await failed(client.listPages({ startingToken: "old" }));
    expect(error).toMatchObject({ code: "FC_API", serverCode: "InvalidArgument" });
  });
});

describe("a page that is not what the contract says", () => {
  const ofPage2 = async (second: Answer, options = {}): Promise<unknown> =>
    (await failed(scene([{ data: rows(1), nextToken: "t2" }, second], options).client.listPages())).error;

  test("is none at all on the first page either, but for an account without such functions", async () => {
    expect((await failed(scene([{ message: "please log in" }]).client.listPages())).error).toBeInstanceOf(
      FcResponseError,
    );
    expect((await failed(scene([{ Code: "AccessDenied" }]).client.listPages())).error).toBeInstanceOf(FcResponseError);
    expect((await pagesOf(scene([{}]).client)).map((page) => page.rows)).toEqual([[]]);
  });

  test("case 9: has more rows than a smaller limit allows", async () => {
    const { client } = scene([{ data: rows(2, 8) }]);
    expect((await failed(client.listPages({ limit: 7 }))).error).toBeInstanceOf(FcResponseError);
  });

  test("case 9: has more rows than asked for", async () => {
    const error = await ofPage2({ data: rows(2, 101) });
    expect(error).toBeInstanceOf(FcResponseError);
    expect(error).toHaveProperty(
      "message",
      expect.stringMatching(/^Page 2 .*101 rows came for a limit of 100 \(request req-t2\)/),
    );
  });

  test.each([
    ["a number", 5, "a number"],
    ["null", null, "null"],
    ["missing", undefined, "nothing"],
    ["an object", { canary: "canary" }, "an object"],
    ["a list", ["canary"], "a list"],
  ])(
    "case 28: has a function name that is %s; the error names page and row, not the value",
    async (_, functionName, kind) => {
      const error = await ofPage2({ data: [...rows(2), { serviceName: "canary", functionName, qualifier: "LATEST" }] });
      expect(error).toBeInstanceOf(FcResponseError);
      expect(error).toHaveProperty(
        "message",
        expect.stringContaining(`Page 2 is not what the contract says: row 3 has ${kind} as functionName`),
      );
      expect(String(error)).not.toContain("canary");
    },
  );

  test.each<[string, Answer]>([
    ["row 0 is null, not an object", { data: [null] }],
    ["row 1 is a string, not an object", { data: [...rows(1, 1), "canary"] }],
    ["row 0 is a list, not an object", { data: [["canary"]] }],
    ["row 0 has an empty serviceName", { data: [{ serviceName: "", functionName: "f", qualifier: "" }] }],
    ["row 0 has an empty functionName", { data: [{ serviceName: "s", functionName: "", qualifier: "" }] }],
    ["row 0 has a number as qualifier", { data: [{ serviceName: "s", functionName: "f", qualifier: 1 }] }],
    ["data is an object, not a list", { data: { serviceName: "canary" } }],
    ["data is a string, not a list", { data: "canary" }],
    ["the body is a list, not an object", Response.json([])],
    ["the body is null, not an object", Response.json(null)],
    ["the body is not JSON", new Response("", { headers: { "content-length": "0" } })],
    ["nextToken is a number", { data: [], nextToken: 5 }],
    ["its status is 206, not 200", Response.json({ data: rows(2) }, { status: 206 })],
    ["its status is 202, not 200", Response.json({ data: rows(2) }, { status: 202 })],
    ["an error with status 200", { Code: "Throttling.User", Message: "canary" }],
    ["an error with status 200", { ErrorCode: "AccessDenied", ErrorMessage: "canary" }],
    ["an error with status 200", { errorCode: "AccessDenied", data: [] }],
    ["neither data nor nextToken", { message: "please log in, canary" }],
    ["neither data nor nextToken", {}],
  ])("is refused: %s", async (problem, answer) => {
    const error = await ofPage2(answer);
    expect(error).toBeInstanceOf(FcResponseError);
    expect(String(error)).toContain(problem);
    expect(String(error)).not.toContain("canary");
  });

  test("case 30: has a name with a lone surrogate", async () => {
    const error = await ofPage2(
      new Response(String.raw`{"data":[{"serviceName":"s","functionName":"\ud800","qualifier":""}]}`),
    );
    expect(error).toBeInstanceOf(FcResponseError);
    expect(error).toHaveProperty(
      "message",
      expect.stringContaining("row 0 has a functionName that is not well-formed Unicode"),
    );
  });

  test("case 31: has a name of 10,000 characters, unless that is allowed", async () => {
    const long = { data: [{ serviceName: "s", functionName: "f".repeat(10_000), qualifier: "LATEST" }] };
    const error = await ofPage2(long);
    expect(error).toBeInstanceOf(FcLimitError);
    expect(error).toMatchObject({ reason: "limit", limit: "maxNameLength", maximum: 512 });
    const { client } = scene([long], { limits: { maxNameLength: 10_000 } });
    expect((await pagesOf(client))[0]?.rows).toEqual(long.data);
  });

  test("is not one with names of exactly 512 characters", async () => {
    const data = [{ serviceName: "s".repeat(512), functionName: "f".repeat(512), qualifier: "q".repeat(512) }];
    expect((await pagesOf(scene([{ data }]).client))[0]?.rows).toEqual(data);
  });
});

describe("what a row may be", () => {
  test("case 29: services named like object members are ordinary names", async () => {
    const names = ["__proto__", "constructor", "hasOwnProperty"];
    const body = `{"data":[${names.map((name) => `{"serviceName":"${name}","functionName":"${name}","qualifier":"${name}"}`).join(",")}]}`;
    const [page] = await pagesOf(scene([new Response(body)]).client);
    expect(page?.rows.map(({ serviceName }) => serviceName)).toEqual(names);
  });

  test("case 30: any well-formed text, exactly as it came", async () => {
    const names = ["a\nb", 'q"\\', "nul\u0000", "\r", "😀", "\u202Ertl", "a,b:c", " ", "../.."];
    const data = names.map((name) => ({ serviceName: name, functionName: name, qualifier: name }));
    expect((await pagesOf(scene([{ data }]).client))[0]?.rows).toEqual(data);
  });

  test.each([undefined, null])("a qualifier that is %s is empty", async (qualifier) => {
    const { client } = scene([{ data: [{ serviceName: "s", functionName: "f", qualifier }] }]);
    expect((await pagesOf(client))[0]?.rows).toEqual([{ serviceName: "s", functionName: "f", qualifier: "" }]);
  });

  test("members the contract does not name are dropped", async () => {
    const { client } = scene([{ data: [{ ...rows(1, 1)[0], extra: { a: 1 } }], more: true }]);
    expect((await pagesOf(client))[0]?.rows).toEqual(rows(1, 1));
  });
});

describe("caps", () => {
  test("end a list that is larger", async () => {
    const small = { maxPages: 2, maxRows: 5, maxBodyBytes: 40 };
    for (const [name, maximum] of Object.entries(small)) {
      const { error } = await failed(scene([paged(9)], { limits: { [name]: maximum } }).client.listPages());
      expect(error).toMatchObject({ code: "FC_LIMIT", limit: name, maximum });
    }
  });

  test("leave a list alone that is exactly as large", async () => {
    const { client } = scene([paged(3)], { limits: { maxPages: 3, maxRows: 9 } });
    expect(await pagesOf(client)).toHaveLength(3);
  });
});
