import { readdirSync, readFileSync } from "node:fs";
import { createEmulator, openApiContract, type ContractCheck, type WireAnswer } from "@fc-async/emulator";
import { describe, expect, test } from "vitest";
import { signedGet } from "./signed-get.ts";
import { NOW_MS, numberedRows, optionsWith } from "./world.ts";

const { violations } = openApiContract("fail");
const ID = "52a6a3e4-9b5a-4d9c-8c1a-0d4b2e8a7f10";
const ROW = { serviceName: "s", functionName: "f", qualifier: "LATEST" };

/** An answer as it should be, but for what is given. */
function answer(status: number, body: unknown, headers: Readonly<Record<string, string | undefined>> = {}): WireAnswer {
  const bytes = new TextEncoder().encode(typeof body === "string" ? body : JSON.stringify(body));
  const all = {
    "X-Fc-Request-Id": ID,
    Date: new Date(NOW_MS).toUTCString(),
    "Content-Length": String(bytes.length),
    ...headers,
  };
  return {
    type: "answer",
    status,
    headers: Object.entries(all).flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const])),
    body: bytes,
  };
}

describe("an answer as the description says", () => {
  test.each<[string, WireAnswer]>([
    ["a page", answer(200, { data: [ROW], nextToken: "t" })],
    // eslint-disable-next-line unicorn/no-null -- the contract's own word for nothing
    ["an empty account", answer(200, { data: null, nextToken: "" })],
    ["a refusal of ACS3", answer(403, { RequestId: ID, HostId: "h", Code: "AccessDenied", Message: "m" })],
    ["a refusal of FC", answer(403, { ErrorCode: "AccessDenied", ErrorMessage: "m" })],
  ])("has nothing against it: %s", (_name, right) => {
    expect(violations(right)).toEqual([]);
  });
});

describe("what is wrong with an answer is said in a sentence", () => {
  test.each<[readonly string[], WireAnswer]>([
    [["the body must have required property 'nextToken'"], answer(200, { data: [ROW] })],
    [["data must be array,null"], answer(200, { data: "x", nextToken: "" })],
    [["data/0/qualifier must be string"], answer(200, { data: [{ ...ROW, qualifier: 5 }], nextToken: "" })],
    [
      ['data/0 must NOT have additional properties: "arn"'],
      answer(200, { data: [{ ...ROW, arn: "" }], nextToken: "" }),
    ],
    [
      ["data must NOT have more than 100 items"],
      answer(200, { data: Array.from({ length: 101 }, () => ROW), nextToken: "" }),
    ],
    [["data is an empty list, where nothing found is null"], answer(200, { data: [], nextToken: "" })],
    [["the body must be object"], answer(200, [])],
    [["the body is no JSON"], answer(200, "<html>")],
    [["the body must have required property 'Message'"], answer(400, { Code: "X" })],
    [["HostId is missing"], answer(400, { Code: "X", Message: "m", RequestId: ID })],
    [
      ["RequestId is not the one of the header"],
      answer(400, { Code: "X", Message: "m", RequestId: "other", HostId: "h" }),
    ],
    [["the body must have required property 'ErrorMessage'"], answer(400, '{"ErrorCode":"X"}')],
    [["X-Fc-Request-Id must be string"], answer(200, { data: [ROW], nextToken: "" }, { "X-Fc-Request-Id": undefined })],
    [
      ["X-Fc-Request-Id must NOT have fewer than 36 characters", "X-Fc-Request-Id is no UUID"],
      answer(200, { data: [ROW], nextToken: "" }, { "X-Fc-Request-Id": "1" }),
    ],
    [["Date must be string"], answer(200, { data: [ROW], nextToken: "" }, { Date: undefined })],
    [["Date is no date of RFC 9110"], answer(200, { data: [ROW], nextToken: "" }, { Date: "2026-11-23" })],
    [["Content-Length must be integer"], answer(200, { data: [ROW], nextToken: "" }, { "Content-Length": undefined })],
    [
      ["Content-Length is not that of the body"],
      answer(200, { data: [ROW], nextToken: "" }, { "Content-Length": "1" }),
    ],
  ])("%j", (sentences, wrong) => {
    const found = violations(wrong);
    for (const sentence of sentences) expect(found).toContain(sentence);
  });

  test("documented refusals are the ones the emulator may give", () => {
    const folder = new URL("../../../openapi/examples/", import.meta.url);
    const refusals = readdirSync(folder)
      .filter((name) => /^(acs|fc)-/.test(name))
      .map((name) => JSON.parse(readFileSync(new URL(name, folder), "utf8")));
    expect(refusals.length).toBeGreaterThan(4);
    for (const body of refusals) {
      const whole = "Code" in body ? { HostId: "h", ...body, RequestId: ID } : body;
      expect(violations(answer(403, whole))).toEqual([]);
    }
  });
});

describe("an emulator that finds its own answer wrong", () => {
  const broken = (onViolation: ContractCheck["onViolation"]): ContractCheck => ({
    onViolation,
    violations: ({ status }) => (status === 200 ? ["data is upside down"] : []),
  });

  test("notes it and gives the answer with warn", async () => {
    const emulator = createEmulator(optionsWith(numberedRows(1), { contract: broken("warn") }));
    await expect(signedGet(emulator)).rejects.toThrow("data is upside down");
    expect(emulator.requests[0]).toMatchObject({ status: 200, violations: ["data is upside down"] });
  });

  test("gives 500 in its place with fail, and says why", async () => {
    const emulator = createEmulator(optionsWith(numberedRows(1), { contract: broken("fail") }));
    await expect(signedGet(emulator)).rejects.toThrow("data is upside down");
    expect(emulator.requests[0]).toMatchObject({
      status: 500,
      code: "InternalServerError",
      violations: ["data is upside down"],
    });
  });

  test("lets what a fault made of it pass", async () => {
    const faults = [{ match: {}, times: 1, action: { type: "junk", kind: "html" } }] as const;
    const emulator = createEmulator(optionsWith(numberedRows(1), { contract: openApiContract("fail"), faults }));
    expect((await signedGet(emulator)).text).toContain("<html>");
  });
});
