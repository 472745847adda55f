import { explainApiError, isFcError, parseErrorBody, type FailureReason } from "@fc-async/protocol";

/** A row as it came; any member may be missing or something else. */
export interface ListedRow {
  readonly serviceName: unknown;
  readonly functionName: unknown;
  readonly qualifier: unknown;
}

/** How a member of an answer stood there. */
export type DataForm = "list" | "null" | "absent" | "something else";
export type TokenForm = "text" | "empty" | "null" | "absent" | "two quotes" | "something else";

/** A page, read without any leniency. */
export interface ListedPage {
  readonly type: "page";
  readonly status: number;
  readonly rows: readonly ListedRow[];
  readonly data: DataForm;
  readonly token: TokenForm;
  /** The token itself, when there is another page. */
  readonly nextToken: string | undefined;
  /** Members beside `data` and `nextToken`, and beside the three of a row. */
  readonly otherMembers: readonly string[];
}

/** What became of one request. */
export type Outcome =
  | ListedPage
  | {
      readonly type: "refused";
      readonly status: number;
      readonly code: string | undefined;
      /** As the service said it; mask before showing. */
      readonly message: string | undefined;
      readonly reason: FailureReason;
      readonly clockSkew: boolean;
    }
  /** No answer, or a success that is no page. `message` is ours or the platform's; mask before showing. */
  | { readonly type: "failed"; readonly reason: FailureReason; readonly message: string };

const ROW_MEMBERS: ReadonlySet<string> = new Set(["serviceName", "functionName", "qualifier"]);

/** Reads an answer, of which nothing is known but its status and text. */
export function outcomeOf(status: number, text: string): Outcome {
  if (status < 200 || status > 299) {
    const body = parseErrorBody(text);
    const { reason, clockSkew } = explainApiError(status, body);
    return { type: "refused", status, code: body.code, message: body.message ?? body.excerpt, reason, clockSkew };
  }
  const members = membersOf(text);
  if (members === undefined)
    return { type: "failed", reason: "invalid_response", message: "the answer is no JSON object" };
  const data = members.get("data");
  const token = members.get("nextToken");
  const rows: readonly unknown[] = Array.isArray(data) ? data : [];
  const form = tokenForm(members);
  return {
    type: "page",
    status,
    rows: rows.map(rowOf),
    data: dataForm(members),
    token: form,
    nextToken: form === "text" && typeof token === "string" ? token : undefined,
    otherMembers: otherMembers(members, rows),
  };
}

/** What a request without an answer came to. */
export function failureOf(error: unknown): Outcome {
  const message = error instanceof Error ? error.message : String(error);
  return { type: "failed", reason: isFcError(error) ? error.reason : "network", message };
}

function membersOf(text: string): ReadonlyMap<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
    return isObject ? new Map<string, unknown>(Object.entries(value)) : undefined;
  } catch {
    return undefined;
  }
}

function dataForm(members: ReadonlyMap<string, unknown>): DataForm {
  if (!members.has("data")) return "absent";
  const data = members.get("data");
  if (data === null) return "null";
  return Array.isArray(data) ? "list" : "something else";
}

function tokenForm(members: ReadonlyMap<string, unknown>): TokenForm {
  if (!members.has("nextToken")) return "absent";
  const token = members.get("nextToken");
  if (token === null) return "null";
  if (typeof token !== "string") return "something else";
  if (token === "") return "empty";
  return token === '""' ? "two quotes" : "text";
}

function rowOf(row: unknown): ListedRow {
  const members = new Map<string, unknown>(typeof row === "object" && row !== null ? Object.entries(row) : []);
  return {
    serviceName: members.get("serviceName"),
    functionName: members.get("functionName"),
    qualifier: members.get("qualifier"),
  };
}

function otherMembers(members: ReadonlyMap<string, unknown>, rows: readonly unknown[]): readonly string[] {
  const others = new Set([...members.keys()].filter((name) => name !== "data" && name !== "nextToken"));
  for (const row of rows) {
    for (const name of Object.keys(typeof row === "object" && row !== null ? row : {})) {
      if (!ROW_MEMBERS.has(name)) others.add(`data[].${name}`);
    }
  }
  return [...others];
}
