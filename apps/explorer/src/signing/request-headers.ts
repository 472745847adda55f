import { formatIso8601Seconds, type Credentials } from "@fc-async/protocol";
import { OPERATION } from "../generated/operation.ts";
import type { ExplorerRequest } from "../request/explorer-request.ts";
import { HEADER_NAMES } from "../request/parameter-of.ts";
import { hostParts } from "./host-parts.ts";
import { fixed } from "./parts.ts";
import type { Part } from "./signing-stages.ts";

/** One header in pieces; the name in lower case, as on the wire. */
export interface HeaderParts {
  readonly name: Part;
  readonly value: readonly Part[];
}

/** What is made anew for each request. */
export interface SigningInstant {
  /** Milliseconds since the epoch. */
  readonly dateMs: number;
  /** Never used before with this key. */
  readonly nonce: string;
}

/** Every header of a request but `Authorization`, in wire order. */
export function requestHeaders(
  request: ExplorerRequest,
  { accessKeyId, securityToken }: Credentials,
  { dateMs, nonce }: SigningInstant,
  { host, bodySha256Hex }: { readonly host: string; readonly bodySha256Hex: string },
): readonly HeaderParts[] {
  const headers: HeaderParts[] = [
    named("host", hostParts(request, host)),
    named("x-acs-version", [fixed(OPERATION.version, "API version")]),
    named("x-acs-action", [fixed(OPERATION.id, "operation")]),
    named("x-acs-date", [{ text: formatIso8601Seconds(dateMs), origin: "clock", label: "now, in UTC" }]),
    named("x-acs-signature-nonce", [{ text: nonce, origin: "nonce", label: "random, used once" }]),
    named("x-acs-content-sha256", [fixed(bodySha256Hex, "SHA-256 of the empty body")]),
    named("accept", [fixed("application/json", "accepted type")]),
  ];
  if (securityToken !== undefined) {
    headers.push(
      named("x-acs-accesskey-id", [{ text: accessKeyId, origin: "accessKeyId", label: "AccessKey id" }]),
      named("x-acs-security-token", [{ text: securityToken, origin: "securityToken", label: "security token" }]),
    );
  }
  for (const [given, value] of request.headers) {
    const field = HEADER_NAMES.find((candidate) => candidate === given);
    if (field === undefined) throw new Error(`the form has no field ${given}`);
    headers.push({
      name: { text: given.toLowerCase(), origin: field, label: "name of the header" },
      value: [{ text: value, origin: field, label: given }],
    });
  }
  return headers;
}

function named(name: string, value: readonly Part[]): HeaderParts {
  return { name: fixed(name, "name of the header"), value };
}
