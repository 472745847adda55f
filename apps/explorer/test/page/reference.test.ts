import { ERROR_CATALOGUE } from "@fc-async/protocol/error-catalogue";
import { describe, expect, test } from "vitest";
import { errorRow, readRefusal } from "../../src/page/answer/refusal.ts";
import { filterErrors } from "../../src/page/reference/filter-errors.ts";
import { ramPolicy } from "../../src/page/reference/ram-policy.ts";
import { readRoute, routeHash, VIEWS } from "../../src/page/route/route.ts";
import { applyTheme, storedTheme } from "../../src/page/theme/theme.ts";

describe("the errors", () => {
  test("have a row each, whose name an address can hold", () => {
    const rows = ERROR_CATALOGUE.map(errorRow);
    expect(new Set(rows).size).toBe(ERROR_CATALOGUE.length);
    for (const detail of rows) {
      const hash = routeHash({ view: "errors", detail });
      expect(new URL(hash, "http://localhost/").hash).toBe(hash);
      expect(readRoute(hash)).toEqual({ view: "errors", detail });
    }
  });

  test("are found by code, status and word", () => {
    expect(filterErrors(ERROR_CATALOGUE, "")).toEqual(ERROR_CATALOGUE);
    expect(filterErrors(ERROR_CATALOGUE, "signaturenotmatch").map(({ code }) => code)).toEqual(["SignatureNotMatch"]);
    const found = filterErrors(ERROR_CATALOGUE, "429");
    expect(found.length).toBeGreaterThan(0);
    expect(found.every(({ statuses }) => statuses.includes(429))).toBe(true);
    expect(filterErrors(ERROR_CATALOGUE, "no such thing")).toEqual([]);
  });

  test("are linked from a refusal, by its sentence where one code has several", () => {
    const body = (message: string): string => JSON.stringify({ Code: "AccessDenied", Message: message });
    const foreign = readRefusal({ status: 403, body: body("The service or function doesn't belong to you.") });
    const denied = readRefusal({ status: 403, body: body("the caller is not authorized to perform 'fc:x'") });
    expect(foreign.row).toMatch(/^AccessDenied\.\d$/);
    expect(denied.row).toMatch(/^AccessDenied\.\d$/);
    expect(foreign.row).not.toBe(denied.row);
    expect(denied.nextStep).toContain("fc:ListStatefulAsyncInvocationFunctions");
  });

  test("are not claimed for what is no error of the service", () => {
    expect(readRefusal({ status: 502, body: "<html>Bad gateway</html>" })).toMatchObject({
      code: undefined,
      entry: undefined,
      row: undefined,
      retryable: true,
      message: expect.stringContaining("Bad gateway"),
    });
  });
});

test("the policy allows the one action on all resources, as the vendor's page asks", () => {
  expect(ramPolicy()).toEqual({
    Version: "1",
    Statement: [{ Effect: "Allow", Action: "fc:ListStatefulAsyncInvocationFunctions", Resource: "*" }],
  });
});

describe("the address", () => {
  test("selects a view, and something in it", () => {
    for (const view of VIEWS)
      expect(readRoute(routeHash({ view, detail: undefined }))).toEqual({ view, detail: undefined });
    expect(readRoute("#samples/python")).toEqual({ view: "samples", detail: "python" });
  });

  test.each(["", "#", "#nothing", "#__proto__", "#result%20"])("%j is the result", (hash) => {
    expect(readRoute(hash)).toEqual({ view: "result", detail: undefined });
  });
});

test("the theme is kept, and one that nobody knows is the system's", () => {
  const kept = new Map<string, string>();
  const storage = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  };
  expect(storedTheme(storage)).toBe("auto");
  for (const key of ["fc-async-explorer.theme"]) kept.set(key, "pink");
  expect(storedTheme(storage)).toBe("auto");
  // Only what is written to is needed of an element.
  const root: Pick<HTMLElement, "dataset"> = { dataset: {} };
  applyTheme("dark", root, storage);
  expect([storedTheme(storage), root.dataset["theme"]]).toEqual(["dark", "dark"]);
  applyTheme("auto", root, storage);
  expect(root.dataset).toEqual({});
});
