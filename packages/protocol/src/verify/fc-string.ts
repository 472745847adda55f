import type { ReceivedRequest } from "./received-request.ts";
import { readTarget } from "./received-target.ts";

/** The lines of a string to sign of the `FC` scheme as a verifier makes them, before they are joined. */
export interface FcString {
  readonly method: string;
  readonly contentMd5: string;
  readonly contentType: string;
  readonly date: string;
  /** `x-fc-…:value`, sorted. */
  readonly headers: readonly string[];
  /** The decoded path; for an HTTP trigger with its parameters behind it, which may be several lines. */
  readonly resource: string;
}

const HTTP_TRIGGER = /^\/[^/]+\/proxy\//;

/** The lines from what was received; `undefined` when an escape in the target is malformed or not UTF-8. */
export function fcString({ method, target, headers }: ReceivedRequest, date: string): FcString | undefined {
  const resource = resourceOf(target);
  if (resource === undefined) return undefined;
  const names = [...headers.keys()].filter((name) => name.startsWith("x-fc-")).toSorted();
  return {
    method,
    contentMd5: headers.get("content-md5")?.trim() ?? "",
    contentType: headers.get("content-type")?.trim() ?? "",
    date,
    headers: names.map((name) => `${name}:${(headers.get(name) ?? "").trim()}`),
    resource,
  };
}

export function fcStringText({ method, contentMd5, contentType, date, headers, resource }: FcString): string {
  return [method, contentMd5, contentType, date, ...headers, resource].join("\n");
}

function resourceOf(rawTarget: string): string | undefined {
  const target = readTarget(rawTarget);
  if (target === undefined || !HTTP_TRIGGER.test(target.rawPath)) return target?.decodedPath;
  const lines = target.parameters.map(([name, value]) => `${name}=${value}`);
  return `${target.decodedPath}\n${lines.toSorted().join("\n")}`;
}
