import type { Credentials } from "@fc-async/protocol";
import type { ExplorerRequest, FieldName, FormValues, KeyFieldName } from "./explorer-request.ts";
import { readRequest } from "./read-request.ts";

/** A request with its keys, or everything that is wrong with the form. */
export type FormReading =
  | { readonly ok: true; readonly request: ExplorerRequest; readonly credentials: Credentials }
  | { readonly ok: false; readonly problems: ReadonlyMap<FieldName, string> };

/** A comma would end the id in the Authorization header. */
const KEY_ID = /^[\u0021-\u002B\u002D-\u007E]+$/;
const HEADER_WORD = /^[\u0021-\u007E]+$/;

/** Reads the whole form, every problem at once. Problems never repeat the value of a key. */
export function readForm(values: FormValues): FormReading {
  const reading = readRequest(values);
  const problems = new Map<FieldName, string>(reading.ok ? [] : reading.problems);
  const accessKeyId = values.accessKeyId.trim();
  const accessKeySecret = values.accessKeySecret.trim();
  const securityToken = values.securityToken.trim();
  const found: readonly (readonly [KeyFieldName, string | undefined])[] = [
    ["accessKeyId", idProblem(accessKeyId)],
    ["accessKeySecret", secretProblem(accessKeySecret)],
    ["securityToken", tokenProblem(securityToken)],
  ];
  for (const [name, problem] of found) if (problem !== undefined) problems.set(name, problem);
  if (!reading.ok || problems.size > 0) return { ok: false, problems };
  return {
    ok: true,
    request: reading.request,
    credentials: { accessKeyId, accessKeySecret, ...(securityToken === "" ? {} : { securityToken }) },
  };
}

function idProblem(value: string): string | undefined {
  if (value === "") return "The AccessKey id is needed: the Authorization header names it.";
  return KEY_ID.test(value)
    ? undefined
    : "The AccessKey id holds a space, a comma or a character that no key has. Copy it anew.";
}

function secretProblem(value: string): string | undefined {
  if (value === "") return "The AccessKey secret is needed: the signature is made with it, in this page.";
  return HEADER_WORD.test(value)
    ? undefined
    : "The AccessKey secret holds a space or a character that no key has. Copy it anew.";
}

function tokenProblem(value: string): string | undefined {
  return value === "" || HEADER_WORD.test(value)
    ? undefined
    : "The security token holds a space or a character that no header may have. Copy it anew.";
}
