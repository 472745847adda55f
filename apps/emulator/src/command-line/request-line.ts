import type { RequestRecord } from "@fc-async/emulator";
import type { RequestLevel } from "./program.ts";

/** Whether a request is worth a line at this level. */
export function isLogged({ status, fault }: RequestRecord, level: RequestLevel): boolean {
  if (level === "silent") return false;
  return level === "debug" || fault !== undefined || status === undefined || status >= 400;
}

/** One request as one line. Whatever a client chose is printed as JSON, so that nothing in it can break the line. */
export function requestLine(record: RequestRecord): string {
  const { atMs, method, target, status, code, account, region, page, accessKeyId, verdict, fault, requestId, detail } =
    record;
  const fields: readonly (readonly [string, string | number | undefined])[] = [
    ["method", method],
    ["target", target],
    ["status", status],
    ["code", code],
    ["account", account],
    ["region", region],
    ["page", page],
    ["key", accessKeyId],
    ["verdict", verdict],
    ["fault", fault],
    ["request", requestId],
    ["detail", detail],
  ];
  const known = fields.flatMap(([name, value]) => (value === undefined ? [] : [`${name}=${printed(value)}`]));
  return [new Date(atMs).toISOString(), ...known].join(" ");
}

function printed(value: string | number): string {
  return typeof value === "string" && !/^[\w.\-/]+$/.test(value) ? JSON.stringify(value) : String(value);
}
