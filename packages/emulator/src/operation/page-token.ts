import type { MaybePromise, SignatureHash } from "@fc-async/protocol/verify";
import type { FunctionRow } from "../account.ts";
import { createBoundedMemory } from "../memory/bounded-memory.ts";

/** What a token says: where its page starts, and for whom it was made. */
export interface PagePosition {
  readonly account: string;
  readonly region: string;
  /** 1-based number of the page within its walk. */
  readonly page: number;
  /** When it was issued, in milliseconds since the epoch; 0 where tokens do not expire, so that a page is always the same. */
  readonly issuedAtMs: number;
  /** The page starts behind this row, whether or not the row is still there; `undefined` is the start of the list. */
  readonly after: FunctionRow | undefined;
  /** The page starts at this index instead, whatever stands there by then. */
  readonly offset?: number | undefined;
}

export interface PageTokens {
  issue(position: PagePosition): Promise<string>;
  /** The position in a token, or `undefined` for anything this emulator did not issue, byte for byte. */
  read(token: string): Promise<PagePosition | undefined>;
}

/** Three version bytes in base64: every token starts with two characters that a careless client leaves unencoded. */
const PREFIX = "+/8B";
/** 32 bytes in base64, the last of its characters a `=`. */
const MAC_CHARACTERS = 44;

/** MACs that are kept: a client that walks asks with the token it was given, and the same list is walked again and again. */
const MAX_REMEMBERED = 1024;

const NOT_ASCII = /[^\0-\x7f]/g;

/**
 * Tokens: version bytes, the start-after key as JSON, and a MAC over it, as one text in standard base64 that always begins with
 * `+/` and ends with `=`. Start-after makes them immune to insertions and deletions elsewhere; the MAC refuses a tampered one.
 */
export function createPageTokens(secret: string, hash: SignatureHash): PageTokens {
  const issued = createBoundedMemory<string, MaybePromise<string>>(MAX_REMEMBERED);
  const issue = async (position: PagePosition): Promise<string> => {
    const payload = encodePosition(position);
    const mac = await issued.get(payload, () => hash.hmacSha256(secret, payload, "base64"));
    return `${PREFIX}${btoa(payload)}${mac}`;
  };
  return {
    issue,
    async read(token) {
      const position = decodePosition(token);
      // Issuing it again compares MAC and spelling at once: base64 has several spellings of the same bytes.
      return position !== undefined && (await issue(position)) === token ? position : undefined;
    },
  };
}

/** ASCII, and as long as makes its base64 end without padding: so the MAC may follow it. */
function encodePosition({ account, region, page, issuedAtMs, after, offset }: PagePosition): string {
  const key = after === undefined ? [] : [after.serviceName, after.functionName, after.qualifier];
  const json = JSON.stringify([account, region, page, issuedAtMs, ...(offset === undefined ? key : [offset])]);
  const payload = json.replace(NOT_ASCII, escapedUnit);
  return payload.padEnd(Math.ceil(payload.length / 3) * 3, " ");
}

function escapedUnit(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

function decodePosition(token: string): PagePosition | undefined {
  let parts: unknown;
  try {
    parts = JSON.parse(atob(token.slice(PREFIX.length, -MAC_CHARACTERS)));
  } catch {
    return undefined;
  }
  if (!Array.isArray(parts)) return undefined;
  const [account, region, page, issuedAtMs, ...key]: unknown[] = parts;
  if (typeof account !== "string" || typeof region !== "string") return undefined;
  if (typeof page !== "number" || typeof issuedAtMs !== "number") return undefined;
  const [serviceName, functionName, qualifier] = key;
  const head = { account, region, page, issuedAtMs };
  if (typeof serviceName === "number") return { ...head, after: undefined, offset: serviceName };
  if (typeof serviceName !== "string" || typeof functionName !== "string" || typeof qualifier !== "string") {
    return { ...head, after: undefined };
  }
  return { ...head, after: { serviceName, functionName, qualifier } };
}
