import { ERROR_CATALOGUE } from "@fc-async/protocol/error-catalogue";
import type { WireError } from "../errors/wire-error.ts";
import type { FaultAction } from "./fault-rule.ts";

/** The code a status goes with when the rule names none. */
const CODE_BY_STATUS: ReadonlyMap<number, string> = new Map([
  [400, "InvalidArgument"],
  [403, "AccessDenied"],
  [404, "FunctionNotFound"],
  [409, "ConcurrentUpdateError"],
  [412, "PreconditionFailed"],
  [429, "ResourceExhausted"],
  [499, "ClientClosedRequest"],
  [503, "ServiceUnavailable"],
]);

const FALLBACK_CODE = "InternalServerError";
const FALLBACK_MESSAGE = "Injected by a fault rule of the emulator.";

/** The error a `status` action asks for: code and message as given, else the usual code and its meaning in the catalogue. */
export function injectedError(action: Extract<FaultAction, { readonly type: "status" }>): WireError {
  const code = action.code ?? CODE_BY_STATUS.get(action.status) ?? FALLBACK_CODE;
  return { status: action.status, code, message: action.message ?? meaningOf(code) };
}

function meaningOf(code: string): string {
  const entry = ERROR_CATALOGUE.find(
    (candidate) => candidate.messagePattern === undefined && covers(candidate.code, code),
  );
  return entry?.meaning ?? FALLBACK_MESSAGE;
}

/** Codes are letters, digits and dots; in the catalogue `*` stands for any of them. */
function covers(pattern: string, code: string): boolean {
  return new RegExp(`^${pattern.replaceAll(".", "\\.").replaceAll("*", ".*")}$`).test(code);
}
