/** What `Authorization: Basic` carries. */
export interface BasicCredentials {
  readonly user: string;
  readonly password: string;
}

const HEADER = /^basic +(?<token>(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?)$/iu;

/** Reads the header; `undefined` for another scheme, what is not base64 or UTF-8, and what has no colon (RFC 7617). */
export function readBasicCredentials(authorization: string | undefined): BasicCredentials | undefined {
  const token = HEADER.exec(authorization ?? "")?.groups?.["token"];
  if (token === undefined) return undefined;
  const text = textOf(Buffer.from(token, "base64"));
  const colon = text?.indexOf(":") ?? -1;
  return text === undefined || colon === -1
    ? undefined
    : { user: text.slice(0, colon), password: text.slice(colon + 1) };
}

function textOf(bytes: Buffer): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
