const ALPHABET = "./ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
const MIN_BYTES = 59;
const MIN_COST = 4;
const MAX_COST = 31;
/** `$2y$10$`, then 22 characters of salt and 31 of digest. Go ignores the letter, what separates, and what stands behind the digest. */
const HASH = /^\$[^3-\u{10FFFF}](?:\$|[^$].)(?<cost>\+\d|\d\d).(?<salt>.{22})(?<digest>.*)$/su;

/**
 * What is wrong with a bcrypt hash, or `undefined`: what Go's `bcrypt.Cost` refuses. It takes hashes that no password has, such as
 * one with a character lost; such a user is turned away.
 */
export function bcryptHashProblem(hash: string): string | undefined {
  const form = "expected a bcrypt hash; `htpasswd -nBC 10 \"\" | tr -d ':\\n'` makes one";
  const cost = bcryptCost(hash);
  if (cost === undefined || Buffer.byteLength(hash) < MIN_BYTES) return form;
  return cost < MIN_COST || cost > MAX_COST
    ? `the cost of a bcrypt hash is from ${MIN_COST} to ${MAX_COST}; take 10`
    : undefined;
}

/** The cost of a hash: its rounds are 2 to this power. `undefined` for what is no hash. */
export function bcryptCost(hash: string): number | undefined {
  const cost = HASH.exec(hash)?.groups?.["cost"];
  return cost === undefined ? undefined : Number(cost);
}

/** A hash that Go's implementation takes, in the one spelling that bcryptjs compares alike: `$2b$`, 60 characters. */
export function canonicalBcryptHash(hash: string): string {
  const { cost = "", salt = "", digest = "" } = HASH.exec(hash)?.groups ?? {};
  const index = ALPHABET.indexOf(salt.slice(-1));
  // The last character of a salt holds two bits; bcryptjs wants the others to be 0.
  const last = index === -1 ? salt.slice(-1) : (ALPHABET[index & 0b11_0000] ?? "");
  return `$2b$${String(Number(cost)).padStart(2, "0")}$${salt.slice(0, -1)}${last}${digest.slice(0, 31)}`;
}

/** A hash of this cost that no password is known to have. */
export function unmatchedBcryptHash(cost: number): string {
  return `$2b$${String(cost).padStart(2, "0")}$${"u".repeat(22)}${"u".repeat(31)}`;
}
