import { createEmulator, type Emulator, type FunctionRow } from "@fc-async/emulator";
import { describe, expect, test } from "vitest";
import { signedGet, type SignedGet } from "./signed-get.ts";
import { ACCOUNT_ID, numberedRows, optionsWith, OTHER_ACCOUNT_ID, OTHER_KEY, REGION, STS_KEY } from "./world.ts";

interface Body {
  readonly data: readonly FunctionRow[] | null;
  readonly nextToken: string;
}

async function page(
  emulator: Emulator,
  query: Readonly<Record<string, string>> = {},
  more: SignedGet = {},
): Promise<Body> {
  const { status, text } = await signedGet(emulator, { query: Object.entries(query), ...more });
  expect({ status, text }).toMatchObject({ status: 200 });
  return JSON.parse(text);
}

async function code(emulator: Emulator, query: readonly (readonly [string, string])[]): Promise<unknown> {
  const { status, text } = await signedGet(emulator, { query });
  return { status, code: JSON.parse(text)["Code"] };
}

function row(serviceName: string, functionName = "f", qualifier = "LATEST"): FunctionRow {
  return { serviceName, functionName, qualifier };
}

async function requestIds(randomSeed: number): Promise<readonly string[]> {
  const emulator = createEmulator(optionsWith([], { randomSeed }));
  for (let turn = 0; turn < 5; turn++) await signedGet(emulator);
  return emulator.requests.map(({ requestId }) => requestId);
}

const REFUSED = { status: 400, code: "InvalidArgument" };

describe("limit", () => {
  const emulator = createEmulator(optionsWith(numberedRows(130)));

  test("is 20 when it is not given", async () => {
    expect((await page(emulator)).data).toEqual(numberedRows(130).slice(0, 20));
  });

  test.each([1, 20, 99, 100])("of %i gives that many rows", async (limit) => {
    expect((await page(emulator, { limit: String(limit) })).data).toHaveLength(limit);
  });

  test.each(["0", "-1", "101", "1.5", "1e2", "ten", "", " 5", "0x10", "NaN", "99999999999999999999"])(
    "of %j is an invalid argument",
    async (limit) => {
      expect(await code(emulator, [["limit", limit]])).toEqual(REFUSED);
    },
  );

  test("counts the first time it is given", async () => {
    const { text } = await signedGet(emulator, {
      query: [
        ["limit", "3"],
        ["limit", "5"],
      ],
    });
    expect(JSON.parse(text).data).toHaveLength(3);
  });
});

describe("a parameter nobody knows", () => {
  test("is ignored, prototype keys included", async () => {
    const emulator = createEmulator(optionsWith(numberedRows(2)));
    expect((await page(emulator, { marker: "x", constructor: "y", toString: "z" })).data).toEqual(numberedRows(2));
  });
});

describe("nextToken", () => {
  test("leads through every row once, and is empty on the last page", async () => {
    const emulator = createEmulator(optionsWith(numberedRows(25)));
    const first = await page(emulator, { limit: "10" });
    const second = await page(emulator, { limit: "10", nextToken: first.nextToken });
    const third = await page(emulator, { limit: "10", nextToken: second.nextToken });
    expect([first, second, third].flatMap(({ data }) => data)).toEqual(numberedRows(25));
    expect(third.nextToken).toBe("");
  });

  test("is empty when the last page is exactly full", async () => {
    const emulator = createEmulator(optionsWith(numberedRows(20)));
    expect((await page(emulator, { limit: "20" })).nextToken).toBe("");
  });

  test("may come with another limit than the one it was issued for", async () => {
    const emulator = createEmulator(optionsWith(numberedRows(25)));
    const { nextToken } = await page(emulator, { limit: "3" });
    expect((await page(emulator, { limit: "7", nextToken })).data).toEqual(numberedRows(25).slice(3, 10));
  });

  test("is good for both versions of the API", async () => {
    const emulator = createEmulator(optionsWith(numberedRows(25)));
    const { nextToken } = await page(emulator, { limit: "3" });
    expect((await page(emulator, { nextToken }, { api: "2016-08-15" })).data).toEqual(numberedRows(25).slice(3, 23));
  });

  test("that is empty means from the start", async () => {
    const emulator = createEmulator(optionsWith(numberedRows(2)));
    expect((await page(emulator, { nextToken: "" })).data).toEqual(numberedRows(2));
  });

  test.each(["x", '""', "fn-009", "AAAA", "+/8B", "not base64!"])(
    "that it never issued, %j, is an invalid argument",
    async (token) => {
      expect(await code(createEmulator(optionsWith(numberedRows(25))), [["nextToken", token]])).toEqual(REFUSED);
    },
  );

  test("of another region or account is an invalid argument", async () => {
    const emulator = createEmulator(optionsWith(numberedRows(25)));
    const { nextToken } = await page(emulator, { limit: "3" });
    const elsewhere: readonly SignedGet[] = [
      { host: `${ACCOUNT_ID}.cn-shanghai.fc.aliyuncs.com` },
      { host: `${OTHER_ACCOUNT_ID}.${REGION}.fc.aliyuncs.com`, key: OTHER_KEY },
    ];
    for (const request of elsewhere) {
      const { status, text } = await signedGet(emulator, { ...request, query: [["nextToken", nextToken]] });
      expect({ status, code: JSON.parse(text)["Code"] }).toEqual(REFUSED);
    }
  });

  test("survives a restart with the same seed, and not one with another", async () => {
    const { nextToken } = await page(createEmulator(optionsWith(numberedRows(25))), { limit: "3" });
    const restarted = createEmulator(optionsWith(numberedRows(25)));
    expect((await page(restarted, { nextToken })).data).toEqual(numberedRows(25).slice(3, 23));
    const another = createEmulator(optionsWith(numberedRows(25), { randomSeed: 2 }));
    expect(await code(another, [["nextToken", nextToken]])).toEqual(REFUSED);
  });
});

describe("an empty list", () => {
  test("is data: null with an empty token, case 7", async () => {
    const emulator = createEmulator(optionsWith([]));
    const { text } = await signedGet(emulator);
    expect(text).toBe('{"data":null,"nextToken":""}');
  });

  test("is what a region answers that the account has nothing in", async () => {
    const emulator = createEmulator(optionsWith(numberedRows(3)));
    const { text } = await signedGet(emulator, { host: `${ACCOUNT_ID}.eu-central-1.fc.aliyuncs.com` });
    expect(text).toBe('{"data":null,"nextToken":""}');
  });

  test("is also what is left when every row behind the token was deleted", async () => {
    const emulator = createEmulator(optionsWith(numberedRows(5)));
    const { nextToken } = await page(emulator, { limit: "3" });
    emulator.rows(ACCOUNT_ID, REGION).remove(...numberedRows(5));
    expect(await page(emulator, { nextToken })).toEqual({ data: null, nextToken: "" });
  });
});

describe("rows", () => {
  test("stand in byte order of service, function and qualifier, however they were given", async () => {
    const sorted = [
      row("B"),
      row("a", "a"),
      row("a", "b", "1"),
      row("a", "b", "10"),
      row("a", "b", "LATEST"),
      row("a-b"),
      row("é"),
      row("\uFF5E"),
      row("🚀"),
    ];
    const emulator = createEmulator(optionsWith(sorted.toReversed()));
    expect((await page(emulator)).data).toEqual(sorted);
    expect(sorted.map(({ serviceName }) => Buffer.from(serviceName))).toEqual(
      sorted.map(({ serviceName }) => Buffer.from(serviceName)).toSorted((left, right) => Buffer.compare(left, right)),
    );
  });

  test("keep hostile names exact over page borders, cases 29 and 30", async () => {
    const names = [
      "__proto__",
      "constructor",
      "hasOwnProperty",
      'quo"te',
      "back\\slash",
      "new\nline",
      "nul\0",
      "cr\r",
      "🚀",
      "\u202Ertl",
      "a,b:c",
      "a b",
      "%2B+/=",
    ];
    const hostile = names.map((name) => row(name, name, name));
    const emulator = createEmulator(optionsWith(hostile));
    const seen: FunctionRow[] = [];
    let nextToken = "";
    do {
      const answer = await page(emulator, { limit: "1", nextToken });
      seen.push(...(answer.data ?? []));
      ({ nextToken } = answer);
    } while (nextToken !== "");
    expect(new Set(seen.map(({ serviceName }) => serviceName))).toEqual(new Set(names));
    expect(seen).toHaveLength(names.length);
  });

  test("can hold a lone surrogate, escaped as JSON asks, case 30", async () => {
    const emulator = createEmulator(optionsWith([row("\uD800"), row("🚀")]));
    const { text } = await signedGet(emulator, { query: [["limit", "1"]] });
    expect(text).toContain('"serviceName":"\\ud800"');
    const { nextToken } = JSON.parse(text);
    expect((await page(emulator, { nextToken })).data).toEqual([row("🚀")]);
  });

  test("that are given twice stand once", async () => {
    expect((await page(createEmulator(optionsWith([row("a"), row("a")])))).data).toEqual([row("a")]);
  });

  test("follow what is added and removed", async () => {
    const emulator = createEmulator(optionsWith([row("b")]));
    const rows = emulator.rows(ACCOUNT_ID, REGION);
    rows.add(row("c"), row("a"), row("b"));
    rows.remove(row("b"), row("never-there"));
    expect((await page(emulator)).data).toEqual([row("a"), row("c")]);
    expect(rows.all()).toEqual([row("a"), row("c")]);
  });

  test("can be added to a region that had none", async () => {
    const emulator = createEmulator(optionsWith([]));
    emulator.rows(ACCOUNT_ID, "ap-southeast-1").add(row("new"));
    expect((await page(emulator, {}, { host: `${ACCOUNT_ID}.ap-southeast-1.localhost:10407` })).data).toEqual([
      row("new"),
    ]);
  });

  test("of an account that does not exist are a RangeError", () => {
    expect(() => createEmulator(optionsWith([])).rows("1", REGION)).toThrow(RangeError);
  });
});

describe("the answer", () => {
  test("carries the documented common headers", async () => {
    const emulator = createEmulator(optionsWith(numberedRows(2)));
    const { headers, text } = await signedGet(emulator);
    expect(headers.get("x-fc-request-id")).toMatch(
      /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
    );
    expect(headers.get("date")).toBe("Mon, 23 Nov 2026 08:56:27 GMT");
    expect(headers.get("content-type")).toBe("application/json");
    expect(headers.get("content-length")).toBe(String(Buffer.byteLength(text)));
  });

  test("is the same for a temporary key with its token, under both schemes", async () => {
    const emulator = createEmulator(optionsWith(numberedRows(2)));
    expect((await page(emulator, {}, { key: STS_KEY })).data).toEqual(numberedRows(2));
    expect((await page(emulator, {}, { key: STS_KEY, api: "2016-08-15" })).data).toEqual(numberedRows(2));
  });

  test("is the same for an X-Fc-Account-Id that agrees", async () => {
    const emulator = createEmulator(optionsWith(numberedRows(2)));
    expect((await page(emulator, {}, { headers: [["x-fc-account-id", ACCOUNT_ID]] })).data).toEqual(numberedRows(2));
  });

  test("has a request id of its own each time, in the same sequence for the same seed", async () => {
    expect(new Set(await requestIds(7)).size).toBe(5);
    expect(await requestIds(7)).toEqual(await requestIds(7));
    expect(await requestIds(7)).not.toEqual(await requestIds(8));
  });
});
