import { escapeControlCharacters, type Credentials } from "@fc-async/protocol";

const MAX_LENGTH = 400;
const SHOWN_DIGITS = 4;
/** Words that stand in the resource of a permission without naming anything of the account. */
const RESOURCE_WORDS: ReadonlySet<string> = new Set(["", "*", "services", "functions", "role", "user", "assumed-role"]);

/** `****3456`: enough for its owner to know it by. */
export function maskAccountId(accountId: string): string {
  return `****${accountId.slice(-SHOWN_DIGITS)}`;
}

/** Long, and no secret: the operation's name, an error code of the platform, the operation's path, with a port before it. */
const WORDS_OR_PATH = /^(?:[A-Za-z]+|[A-Z_]+|\d{0,5}\/\d{4}-\d{2}-\d{2}\/[a-z-]+)$/u;

/** Takes out of the service's own words whatever belongs to the account: keys, ids, names, addresses, signatures. */
export interface Masker {
  /** Keys that were used: gone from every message from here on. */
  addKeys(credentials: Credentials): void;
  /** Names that were listed, likewise. */
  addNames(names: Iterable<string>): void;
  readonly mask: (text: string) => string;
}

export function createMasker(accountId: string): Masker {
  const secrets = new Set<string>();
  const names = new Set<string>();

  function mask(text: string): string {
    let shown = text;
    // The longest first: one may be the beginning of another.
    for (const secret of [...secrets].toSorted((a, b) => b.length - a.length)) {
      shown = shown.replaceAll(secret, "[key]").replaceAll(encodeURIComponent(secret), "[key]");
    }
    shown = shown
      .replaceAll(/\bacs:[\w-]+:[\w-]*:\d*:[^\s'",;]*/gu, maskResource)
      .replaceAll(accountId, maskAccountId(accountId))
      .replaceAll(/\b(?:LTAI|STS\.|TMP\.)[\w.-]+/gu, "[key]")
      .replaceAll(/\b\d{1,3}(?:\.\d{1,3}){3}\b/gu, "[address]")
      .replaceAll(/[\w.+-]+@[\w-]+(?:\.[\w-]+)+/gu, "[mail]")
      // A UUID, a hash, a signature, a token.
      .replaceAll(/\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/giu, "[id]")
      .replaceAll(/[A-Za-z0-9+/_-]{28,}={0,2}/gu, (run) => (WORDS_OR_PATH.test(run) ? run : "[…]"))
      .replaceAll(/\d{12,}/gu, maskAccountId);
    for (const name of names) shown = shown.replaceAll(wholeWord(name), "[name]");
    return escapeControlCharacters(shown.length > MAX_LENGTH ? `${shown.slice(0, MAX_LENGTH)}…` : shown).toWellFormed();
  }

  return {
    addKeys({ accessKeyId, accessKeySecret, securityToken }) {
      for (const secret of [accessKeyId, accessKeySecret, securityToken]) if (secret) secrets.add(secret);
    },
    addNames(listed) {
      for (const name of listed) if (name !== "" && name !== "LATEST") names.add(name);
    },
    mask,
  };
}

/** `acs:fc:cn-shanghai:1234567890123456:services/orders` → `acs:fc:cn-shanghai:****3456:services/…`. */
function maskResource(resource: string): string {
  const [scheme, product, region, account = "", ...rest] = resource.split(":");
  const path = rest
    .join(":")
    .split("/")
    .map((word) => (RESOURCE_WORDS.has(word) ? word : "…"))
    .join("/");
  return [scheme, product, region, account === "" ? "" : maskAccountId(account), path].join(":");
}

function wholeWord(name: string): RegExp {
  return new RegExp(String.raw`(?<![\w-])${RegExp.escape(name)}(?![\w-])`, "gu");
}
