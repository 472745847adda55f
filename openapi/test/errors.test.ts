import { readFileSync } from "node:fs";
import { apiErrorFrom, FAILURE_REASONS } from "@fc-async/protocol";
import { ERROR_CATALOGUE } from "@fc-async/protocol/error-catalogue";
import { describe, expect, test } from "vitest";
import { parseErrorTable } from "../scripts/parse-error-table.ts";
import { FOLDER } from "./description.ts";

const text = readFileSync(new URL("errors.yaml", FOLDER), "utf8");

const ENTRY = `  - code: AccessDenied
    statuses: [403]
    family: fc
    reason: denied
    meaning: No.
    cause: A policy.
    nextStep: Ask.
    retryable: false
    source: [page]
`;
const HEAD = "sources:\n  page: https://example.com\nerrors:\n";

function problemsOf(yaml: string): string {
  try {
    parseErrorTable(yaml, "errors.yaml");
    return "nothing";
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

describe("the parser of the table", () => {
  test("reads an entry", () => {
    expect(parseErrorTable(HEAD + ENTRY, "errors.yaml").errors).toEqual([
      expect.objectContaining({ code: "AccessDenied", statuses: [403], source: ["page"] }),
    ]);
  });

  test("names file and line of everything it refuses", async () => {
    const variants: readonly (readonly [what: string, yaml: string])[] = [
      ["not YAML", `${HEAD}  - [`],
      ["a member twice", HEAD + ENTRY.replace("family: fc", "family: fc\n    family: gateway")],
      ["a member that is unknown", HEAD + ENTRY.replace("retryable", "retriable")],
      ["a status that is no error", HEAD + ENTRY.replace("403", "200")],
      ["a reason nobody knows", HEAD + ENTRY.replace("denied", "refused")],
      ["no sentence", HEAD + ENTRY.replace("Ask.", "Ask")],
      ["a pattern that is none", HEAD + ENTRY.replace("family", 'messagePattern: "("\n    family')],
      ["a code with * inside", HEAD + ENTRY.replace("AccessDenied", "Access*Denied")],
      ["a clockSkew of false", `${HEAD}${ENTRY}    clockSkew: false\n`],
      ["a source that is not there", HEAD + ENTRY.replace("[page]", "[page, book]")],
      ["a source nobody cites", HEAD.replace("errors:", "  book: ISBN\nerrors:") + ENTRY],
      ["an entry twice", HEAD + ENTRY + ENTRY],
      ["an entry behind a wider one", HEAD + ENTRY.replace("AccessDenied", "Access*") + ENTRY],
      ["a sentence behind its plain code", HEAD + ENTRY + ENTRY.replace("family", "messagePattern: you\n    family")],
      ["an empty file", ""],
    ];
    const golden = variants.map(([what, yaml]) => `${what}:\n${problemsOf(yaml)}\n`).join("\n");
    await expect(golden).toMatchFileSnapshot("golden/table-problems.txt");
  });

  test("takes a source named like a member of every object for a name", () => {
    expect(problemsOf(HEAD + ENTRY.replace("[page]", "[page, constructor]"))).toContain(
      "the source constructor is not",
    );
  });
});

describe("the table", () => {
  const { errors } = parseErrorTable(text, "errors.yaml");

  test("knows the failure reasons of the protocol and no others", () => {
    const schema: unknown = JSON.parse(readFileSync(new URL("errors.schema.json", FOLDER), "utf8"));
    expect(schema).toMatchObject({
      properties: { errors: { items: { properties: { reason: { enum: FAILURE_REASONS } } } } },
    });
  });

  test("is what the protocol's catalogue holds, in the same order", () => {
    expect(ERROR_CATALOGUE.map(({ code, messagePattern }) => [code, messagePattern])).toEqual(
      errors.map(({ code, messagePattern }) => [code, messagePattern]),
    );
  });

  const answers = errors.flatMap((entry) =>
    entry.statuses.map((status) => ({ ...entry, status, example: entry.code.replaceAll("*", "Some") })),
  );

  test.each(answers)("$status $code $messagePattern: the client retries, or does not, as written here", (answer) => {
    const { status, example, messagePattern = "", retryable, reason, nextStep } = answer;
    const body = { Code: example, Message: messagePattern };
    const error = apiErrorFrom({ status, headers: new Headers(), url: "https://fc.example/x" }, body);
    expect({ retryable: error.retryable, reason: error.reason, nextStep: error.nextStep }).toEqual({
      retryable,
      reason,
      nextStep,
    });
  });

  test.each([
    [
      "the caller is not authorized to perform 'fc:CreateService' on resource 'acs:fc:cn-shanghai:1:services/*'",
      "Allow",
    ],
    ["The service or function doesn't belong to you.", "Check account_id"],
    ["FC service is not enabled for current user.", "Activate"],
    [
      "the difference between the request time 'Thu, 30 Jul 2020 16:25:45 GMT' and the current time '…' is too large",
      "Set",
    ],
    ["Something nobody has seen.", "Allow"],
  ])("AccessDenied with %j says: %s …", (message, nextStep) => {
    const body = { Code: "AccessDenied", Message: message };
    const error = apiErrorFrom({ status: 403, headers: new Headers(), url: "https://fc.example/x" }, body);
    expect(error.nextStep.startsWith(nextStep)).toBe(true);
  });
});
