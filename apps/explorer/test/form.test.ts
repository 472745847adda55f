import { DEMO_ACCOUNT } from "@fc-async/emulator";
import { describe, expect, test } from "vitest";
import { OPERATION } from "../src/generated/operation.ts";
import type { FieldName, FormValues } from "../src/request/explorer-request.ts";
import { FIELDS } from "../src/request/fields.ts";
import { presetsFor } from "../src/request/presets.ts";
import { readForm } from "../src/request/read-form.ts";
import { EMULATOR_ENDPOINT, formValues, readOrThrow } from "./form-values.ts";

function problemsOf(changes: Partial<FormValues>): Record<string, string> {
  const reading = readForm(formValues(changes));
  return reading.ok ? {} : Object.fromEntries(reading.problems);
}

describe("a form", () => {
  test("as the page opens it is a request to the emulator's demo", () => {
    const { accountId, region, accessKeyId, accessKeySecret } = DEMO_ACCOUNT;
    expect(readForm(formValues())).toEqual({
      ok: true,
      request: { accountId, region, endpoint: EMULATOR_ENDPOINT, limit: 20, nextToken: undefined, headers: [] },
      credentials: { accessKeyId, accessKeySecret },
    });
  });

  test("leaves out what is empty, and sends headers in the order of the description", () => {
    const { request, credentials } = readOrThrow({
      limit: " ",
      nextToken: " a+b ",
      "X-Fc-Trace-Id": " t-1 ",
      "X-Fc-Account-Id": "42",
      securityToken: "token+/==",
    });
    expect(request.limit).toBeUndefined();
    expect(request.nextToken).toBe(" a+b ");
    expect(request.headers).toEqual([
      ["X-Fc-Account-Id", "42"],
      ["X-Fc-Trace-Id", "t-1"],
    ]);
    expect(credentials.securityToken).toBe("token+/==");
  });

  test("says all that is wrong with it at once, and never a key", () => {
    const wrong = problemsOf({
      accountId: "12a",
      region: "CN_hangzhou",
      endpoint: "http://fc.example.com",
      accessKeyId: "LTAI,Canary",
      accessKeySecret: "Canary secret",
      securityToken: "Canary\u00E9",
      limit: "101",
      nextToken: "a\nb",
      "X-Fc-Account-Id": "é",
      "X-Fc-Date": "2022-05-11",
      "X-Fc-Trace-Id": "🦖",
    });
    expect(Object.keys(wrong).toSorted()).toEqual(FIELDS.map(({ name }) => name).toSorted());
    expect(Object.values(wrong).join()).not.toContain("Canary");
    expect(wrong["limit"]).toBe('The limit must be an integer from 1 to 100, not "101".');
    expect(wrong["X-Fc-Date"]).toContain("Wed, 11 May 2022 09:00:00 GMT");
    expect(wrong["endpoint"]).toContain("Use https:");
  });

  test.each(["1", "100", "", " 20 "])("takes the limit %j", (limit) => {
    expect(problemsOf({ limit })).toEqual({});
  });

  test.each(["0", "101", "-1", "1.5", "1e2", "0x10", "abc", "٣", "99999999999999999999"])(
    "refuses the limit %j",
    (limit) => {
      expect(Object.keys(problemsOf({ limit }))).toEqual(["limit"]);
    },
  );

  test.each(["Wed, 11 May 2022 09:00:00 GMT", "Wed,11 May 2022 09:00:00 GMT", "Mon,2 May 2022 09:00:00 GMT"])(
    "takes the date %j",
    (date) => {
      expect(problemsOf({ "X-Fc-Date": date })).toEqual({});
    },
  );

  test.each([
    ["endpoint", "https://user:canary@fc.example.com", "user name or password"],
    ["endpoint", "https://fc.example.com/path", "path or query"],
    ["endpoint", "https://{account}.fc.example.com", "{account}"],
    ["endpoint", "http://100.100.100.200", "metadata address"],
    ["endpoint", "", "not a URL"],
    ["accountId", "", "must be digits"],
    ["region", "", "cn-hangzhou"],
    ["region", "a.b", "cn-hangzhou"],
    ["accessKeyId", "", "needed"],
    ["accessKeySecret", "", "needed"],
    ["nextToken", "\uD800", "half a character"],
    ["X-Fc-Trace-Id", "a\r\nx-acs-evil: 1", "visible ASCII"],
  ] as const)("says why %s %j is wrong", (name, value, words) => {
    const wrong = problemsOf({ [name]: value });
    expect(Object.keys(wrong)).toEqual([name]);
    expect(wrong[name]).toContain(words);
    expect(wrong[name]).not.toContain("canary");
  });
});

describe("the fields", () => {
  test("are those of the form, each once and with words", () => {
    const names: readonly FieldName[] = FIELDS.map(({ name }) => name);
    expect(names.toSorted()).toEqual(Object.keys(formValues()).toSorted());
    for (const { name, documentation, label } of FIELDS) {
      expect(documentation, name).toMatch(/^.{20,}\.$/su);
      expect(label, name).not.toBe("");
    }
  });

  test("have words, limits and examples of the description", () => {
    for (const parameter of OPERATION.parameters) {
      expect(FIELDS.find(({ name }) => name === parameter.name)).toMatchObject({
        documentation: parameter.description,
        example: String(parameter.example),
      });
    }
    expect(FIELDS.find(({ name }) => name === "limit")).toMatchObject({
      default: "20",
      input: { kind: "integer", minimum: 1, maximum: 100 },
    });
  });
});

test("the preset for the vendor has its public endpoint and no key", () => {
  const preset = presetsFor(EMULATOR_ENDPOINT, DEMO_ACCOUNT).find(({ id }) => id === "real");
  expect(preset?.values).toMatchObject({
    endpoint: "https://{account_id}.{region}.fc.aliyuncs.com",
    region: "cn-hangzhou",
    accountId: "",
    accessKeyId: "",
    accessKeySecret: "",
    securityToken: "",
  });
});
