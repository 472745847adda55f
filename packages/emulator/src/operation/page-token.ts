import type { SignatureHash } from "@fc-async/protocol/verify";
import type { FunctionRow } from "../account.ts";

/** What a token says: where its page starts, and for whom it was made. */
export interface PagePosition {
  readonly account: string;
  readonly region: string;
  /** 1-based number of the page within its walk. */
  readonly page: number;
  /** When it was issued, in milliseconds since the epoch. */
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

// In base64 these three bytes are "+/8B": every token starts with two characters that a careless client leaves unencoded.
const PREFIX = [0xfb, 0xff, 0x01] as const;
const MAC_BYTES = 16;
const HEADER_BYTES = PREFIX.length + MAC_BYTES;

const utf8 = new TextEncoder();
const strictUtf8 = new TextDecoder("utf-8", { fatal: true });

/**
 * Tokens: version bytes, a MAC, and the start-after key, as standard base64 that always begins with `+/` and ends with `=`.
 * Start-after makes them immune to insertions and deletions elsewhere; the MAC refuses a tampered one.
 */
export function createPageTokens(secret: string, hash: SignatureHash): PageTokens {
  const issue = async (position: PagePosition): Promise<string> => {
    const payload = encodePosition(position);
    const mac = await hash.hmacSha256(secret, payload, "hex");
    return toBase64(Uint8Array.of(...PREFIX, ...macBytes(mac), ...utf8.encode(payload)));
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

function encodePosition({ account, region, page, issuedAtMs, after, offset }: PagePosition): string {
  const key = after === undefined ? [] : [after.serviceName, after.functionName, after.qualifier];
  const payload = JSON.stringify([account, region, page, issuedAtMs, ...(offset === undefined ? key : [offset])]);
  const wholeTriples = (HEADER_BYTES + utf8.encode(payload).length) % 3 === 0;
  return wholeTriples ? `${payload} ` : payload;
}

function decodePosition(token: string): PagePosition | undefined {
  let parts: unknown;
  try {
    parts = JSON.parse(strictUtf8.decode(fromBase64(token).subarray(HEADER_BYTES)));
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

function macBytes(hex: string): number[] {
  return Array.from({ length: MAC_BYTES }, (_, index) => Number.parseInt(hex.slice(index * 2, index * 2 + 2), 16));
}

function toBase64(bytes: Uint8Array): string {
  let binary = "";
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary);
}

function fromBase64(text: string): Uint8Array {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}
