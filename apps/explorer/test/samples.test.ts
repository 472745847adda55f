import fc from "fast-check";
import { parse as parseJava } from "java-parser";
import { describe, expect, test } from "vitest";
import type { FormValues } from "../src/request/explorer-request.ts";
import { shellWords } from "../src/pasted/shell-words.ts";
import { goLiteral, javaLiteral, pythonLiteral, shellLiteral, typescriptLiteral } from "../src/samples/literals.ts";
import type { Sample } from "../src/samples/sample.ts";
import { samplesFor } from "../src/samples/samples-for.ts";
import { readOrThrow } from "./form-values.ts";

/** Everything at once that can stand in a form and break a program. */
const HOSTILE: Partial<FormValues> = {
  limit: "7",
  nextToken: `it's "quoted" $(touch x) \`touch x\` \${x} \\ %s 🦖 \u202E\uFEFF */ # // <!-- </script> ! -x =`,
  "X-Fc-Account-Id": "42",
  "X-Fc-Date": "Wed, 11 May 2022 09:00:00 GMT",
  "X-Fc-Trace-Id": `it's "$(touch x)" \`touch x\` \\ # !`,
};

const REQUESTS: readonly (readonly [name: string, changes: Partial<FormValues>])[] = [
  ["emulator", {}],
  ["vendor", { endpoint: "https://{account_id}.{region}.fc.aliyuncs.com", limit: "", nextToken: "a/b+c==" }],
  ["gateway", { endpoint: "https://fc.{region}.aliyuncs.com", limit: "100", "X-Fc-Account-Id": "42" }],
  ["hostile", HOSTILE],
];

function samplesOf(changes: Partial<FormValues>): readonly Sample[] {
  return samplesFor(readOrThrow(changes).request);
}

function codeOf(id: Sample["id"], changes: Partial<FormValues>): string {
  const sample = samplesOf(changes).find((candidate) => candidate.id === id);
  if (sample === undefined) throw new Error(`there is no sample ${id}`);
  return sample.code;
}

describe("the samples", () => {
  test.each(REQUESTS)("of a request to the %s are written so", async (name, changes) => {
    for (const { id, title, proof, install, code } of samplesOf(changes)) {
      const text = `${title} (${proof})\n${install}\n\n${code}`;
      await expect(text).toMatchFileSnapshot(`golden/samples/${name}-${id}.txt`);
    }
  });

  test("hold no key, whatever stands in the form", () => {
    const keys = { accessKeyId: "LTAI5tCanary", accessKeySecret: "CanarySecret", securityToken: "CanaryToken" };
    expect(JSON.stringify(samplesOf(keys))).not.toContain("Canary");
  });

  test("say how it is known that they are right", () => {
    expect(Object.fromEntries(samplesOf({}).map(({ id, proof }) => [id, proof]))).toEqual({
      curl: "executed",
      "typescript-core": "executed",
      "typescript-sdk": "executed",
      python: "parsed",
      go: "parsed",
      java: "parsed",
      "aliyun-cli": "parsed",
    });
  });

  test("are one line of words for the aliyun CLI", () => {
    expect(shellWords(codeOf("aliyun-cli", { ...HOSTILE, endpoint: "https://fc.example.com" }))).toEqual({
      ok: true,
      words: [
        "aliyun",
        "fc-open",
        "GET",
        "/2021-04-06/stateful-async-invocation-functions",
        "--region=cn-hangzhou",
        "--endpoint=fc.example.com",
        "--secure",
        "--limit=7",
        `--nextToken=${HOSTILE.nextToken}`,
        "--header=X-Fc-Account-Id=42",
        "--header=X-Fc-Date=Wed, 11 May 2022 09:00:00 GMT",
        `--header=X-Fc-Trace-Id=${HOSTILE["X-Fc-Trace-Id"]}`,
      ],
    });
  });

  test.each(REQUESTS)("are Java that a parser of Java takes: %s", (_name, changes) => {
    expect(() => parseJava(codeOf("java", changes))).not.toThrow();
  });
});

test("a parser of Java takes no text with a literal that is not closed", () => {
  expect(() => parseJava(codeOf("java", {}).replace('"HTTP"', '"HTTP'))).toThrow("lexing errors");
});

describe("a literal", () => {
  const anyText = fc.string({ unit: "binary" }).filter((text) => text.isWellFormed());

  test("of a shell stands for its text", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(shellWords(`word ${shellLiteral(text)}`)).toEqual({ ok: true, words: ["word", text] });
      }),
    );
  });

  test("of TypeScript stands for its text, and shows nothing invisible", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const literal = typescriptLiteral(text);
        // oxlint-disable-next-line typescript/no-implied-eval -- only the language itself can say what its literal stands for
        expect(new Function(`return ${literal}`)()).toBe(text);
        expect(literal).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
      }),
    );
  });

  test.each([
    ["\n\t\0", String.raw`"\u000a\u0009\u0000"`, String.raw`"\u000a\u0009\u0000"`, String.raw`"\012\011\000"`],
    ["\u202E\uFEFF", String.raw`"\u202e\ufeff"`, String.raw`"\u202e\ufeff"`, String.raw`"\u202e\ufeff"`],
    ["\u{E0001}", String.raw`"\U000e0001"`, String.raw`"\U000e0001"`, String.raw`"\udb40\udc01"`],
    [String.raw`"\u0022`, String.raw`"\"\\u0022"`, String.raw`"\"\\u0022"`, String.raw`"\"\\u0022"`],
    ["🦖 é 函", '"🦖 é 函"', '"🦖 é 函"', '"🦖 é 函"'],
  ])("of Python, Go and Java escapes what its language asks for: %j", (text, python, go, java) => {
    expect([pythonLiteral(text), goLiteral(text), javaLiteral(text)]).toEqual([python, go, java]);
  });
});
