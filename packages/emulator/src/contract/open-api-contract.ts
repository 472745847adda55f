import type { WireAnswer } from "../exchange/wire-answer.ts";
import type { ContractCheck } from "./contract-check.ts";
import {
  validateAcsRefusal,
  validateContentLength,
  validateDate,
  validateFcRefusal,
  validatePage,
  validateRequestId,
  type ValidationError,
  type Validator,
} from "./generated/validators.js";

/** A version 4 UUID is what the service's tests show; the description asks for its length only. */
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const FC_ERROR_START = '{"ErrorCode"';

/**
 * Holds answers against the OpenAPI description: the headers of every answer, and the body of a page or of a refusal, with
 * nothing in it that the description does not name.
 *
 * @param onViolation - see `ContractCheck`
 * @see openapi/fc-2021-04-06.yaml
 */
export function openApiContract(onViolation: ContractCheck["onViolation"]): ContractCheck {
  return { onViolation, violations: (answer) => [...headerViolations(answer), ...bodyViolations(answer)] };
}

function headerViolations(answer: WireAnswer): readonly string[] {
  const requestId = headerOf(answer, "x-fc-request-id");
  const date = headerOf(answer, "date");
  const length = headerOf(answer, "content-length");
  return [
    ...violationsOf(validateRequestId, requestId, "X-Fc-Request-Id"),
    ...(requestId !== undefined && !UUID.test(requestId) ? ["X-Fc-Request-Id is no UUID"] : []),
    ...violationsOf(validateDate, date, "Date"),
    ...(date !== undefined && new Date(date).toUTCString() !== date ? ["Date is no date of RFC 9110"] : []),
    ...violationsOf(validateContentLength, length === undefined ? undefined : Number(length), "Content-Length"),
    ...(length !== undefined && Number(length) !== answer.body.length
      ? ["Content-Length is not that of the body"]
      : []),
  ];
}

function bodyViolations(answer: WireAnswer): readonly string[] {
  const text = new TextDecoder().decode(answer.body);
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    return ["the body is no JSON"];
  }
  if (answer.status === 200) return pageViolations(body);
  return text.startsWith(FC_ERROR_START)
    ? violationsOf(validateFcRefusal, body, "the body")
    : acsRefusalViolations(body, headerOf(answer, "x-fc-request-id"));
}

function pageViolations(body: unknown): readonly string[] {
  const isEmptyList = isRecord(body) && Array.isArray(body["data"]) && body["data"].length === 0;
  return [
    ...violationsOf(validatePage, body, "the body"),
    // As the vendor's tests have it for the sibling lists.
    ...(isEmptyList ? ["data is an empty list, where nothing found is null"] : []),
  ];
}

function acsRefusalViolations(body: unknown, requestId: string | undefined): readonly string[] {
  const violations = violationsOf(validateAcsRefusal, body, "the body");
  if (violations.length > 0 || !isRecord(body)) return violations;
  return [
    ...(body["RequestId"] === requestId ? [] : ["RequestId is not the one of the header"]),
    ...(typeof body["HostId"] === "string" ? [] : ["HostId is missing"]),
  ];
}

function violationsOf(validate: Validator, value: unknown, what: string): readonly string[] {
  return validate(value) ? [] : (validate.errors ?? []).map((error) => sentence(error, what));
}

function sentence({ instancePath, message = "is not as described", params }: ValidationError, what: string): string {
  const additional = params["additionalProperty"];
  const place = instancePath === "" ? what : instancePath.slice(1);
  return `${place} ${message}${typeof additional === "string" ? `: ${JSON.stringify(additional)}` : ""}`;
}

function headerOf({ headers }: WireAnswer, wanted: string): string | undefined {
  return headers.find(([name]) => name.toLowerCase() === wanted)?.[1];
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
