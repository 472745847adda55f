import { expect } from "vitest";

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/iu;

/**
 * Holds an answer against what the vendor documents: the success body of the operation, or the error shape of one of the two
 * signature schemes, and a request id of 36 characters (vendor page of the operation; common parameters page).
 */
export function expectContract(response: Response, text: string): void {
  expect(response.headers.get("x-fc-request-id")).toMatch(uuid);
  // An answer to HEAD has no body to hold against anything.
  if (text === "") return;
  const body: unknown = JSON.parse(text);
  if (response.ok) expectPage(body);
  else if (text.startsWith('{"ErrorCode"')) {
    expect(body).toEqual({ ErrorCode: expect.any(String), ErrorMessage: expect.any(String) });
  } else {
    const acs = { RequestId: expect.stringMatching(uuid), Code: expect.any(String), Message: expect.any(String) };
    expect(body).toEqual({ ...acs, HostId: expect.any(String) });
  }
}

function expectPage(body: unknown): void {
  expect(body).toEqual({ nextToken: expect.any(String), data: expect.toSatisfy(isRowList) });
}

function isRowList(data: unknown): boolean {
  const isRow = (row: unknown): boolean =>
    typeof row === "object" &&
    row !== null &&
    Object.keys(row).toSorted().join() === "functionName,qualifier,serviceName";
  return data === null || (Array.isArray(data) && data.length > 0 && data.every(isRow));
}
