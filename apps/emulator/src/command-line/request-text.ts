import { escapeLine } from "@fc-async/daemon";
import type { RequestRecord } from "@fc-async/emulator";
import type { RequestLevel } from "./serve-flags.ts";

/** Whether a request is worth a line at this level. */
export function isLogged({ status, fault, violations }: RequestRecord, level: RequestLevel): boolean {
  if (level === "silent") return false;
  const isPlain = fault === undefined && violations.length === 0 && status !== undefined && status < 400;
  return level === "debug" || !isPlain;
}

/**
 * One request as one line; below that of a wrong signature what was signed here, numbered, with a mark where the mistake shows.
 * Whatever a client chose is printed as JSON, so that nothing in it can break a line.
 */
export function requestText(record: RequestRecord): string {
  return [requestLine(record), ...diagnosisLines(record)].join("\n");
}

function requestLine(record: RequestRecord): string {
  const { unread, violations } = record;
  const fields: readonly (readonly [string, string | number | undefined])[] = [
    ["method", record.method],
    ["target", record.target],
    ["status", record.status],
    ["code", record.code],
    ["account", record.account],
    ["region", record.region],
    ["page", record.page],
    ["key", record.accessKeyId],
    ["verdict", record.verdict],
    ["fault", record.fault],
    ["request", record.requestId],
    ["unread", unread.length > 0 ? unread.join(",") : undefined],
    ["violations", violations.length > 0 ? violations.join("; ") : undefined],
    ["detail", record.detail],
  ];
  const known = fields.flatMap(([name, value]) => (value === undefined ? [] : [`${name}=${printed(value)}`]));
  return [new Date(record.atMs).toISOString(), ...known].join(" ");
}

function diagnosisLines({ diagnosis, scheme }: RequestRecord): readonly string[] {
  if (diagnosis === undefined) return [];
  const { lines, finding } = diagnosis;
  const signed = scheme === "fc" ? "string to sign" : "canonical request";
  const digits = String(lines.length).length;
  return [
    `  ${finding?.sentence ?? "No usual mistake yields this signature: compare what you signed with this, line by line, and check the secret."}`,
    `  The ${signed} as it stands here:`,
    ...lines.map((line, index) => {
      const mark = finding?.line === index + 1 ? ">" : " ";
      return `  ${mark} ${String(index + 1).padStart(digits)} | ${escapeLine(line)}`;
    }),
  ];
}

function printed(value: string | number): string {
  return typeof value === "string" && !/^[\w.\-/]+$/.test(value) ? escapeLine(JSON.stringify(value)) : String(value);
}
