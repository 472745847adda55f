import { percentEncode } from "../encoding/percent-encode.ts";
import { readTarget } from "./received-target.ts";
import type { ReceivedRequest } from "./received-request.ts";

/** The six parts of a canonical request as a verifier makes them, before they are joined. */
export interface Acs3Canonical {
  readonly method: string;
  readonly path: string;
  readonly query: string;
  /** `name:value`, in the order of SignedHeaders. */
  readonly headers: readonly string[];
  /** The value of SignedHeaders. */
  readonly signedNames: string;
  readonly bodySha256Hex: string;
}

/** The parts from what was received; `undefined` when an escape in the target is malformed or not UTF-8. */
export function acs3Canonical(
  request: ReceivedRequest,
  signedNames: string,
  bodySha256Hex: string,
): Acs3Canonical | undefined {
  const target = readTarget(request.target);
  if (target === undefined) return undefined;
  const query = target.parameters
    .toSorted(
      ([leftName, leftValue], [rightName, rightValue]) =>
        compare(leftName, rightName) || compare(leftValue, rightValue),
    )
    .map(([name, value]) => `${percentEncode(name)}=${percentEncode(value)}`)
    .join("&");
  const headers = signedNames.split(";").map((name) => `${name}:${(request.headers.get(name) ?? "").trim()}`);
  return { method: request.method, path: target.rawPath, query, headers, signedNames, bodySha256Hex };
}

/** Joins the parts. Each header line ends with a line break, so an empty line stands behind the last. */
export function acs3CanonicalText(parts: Acs3Canonical): string {
  const { method, path, query, headers, signedNames, bodySha256Hex } = parts;
  return [method, path, query, ...headers, "", signedNames, bodySha256Hex].join("\n");
}

function compare(left: string, right: string): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}
