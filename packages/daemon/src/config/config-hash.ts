import { createHash } from "node:crypto";

const HASH_BYTES = 6;

/**
 * A number that changes with the text of a configuration: the first 48 bits of its SHA-256, which a double holds exactly. For
 * a gauge that shows whether replicas run the same configuration.
 */
export function configHash(text: string): number {
  return createHash("sha256").update(text, "utf8").digest().readUIntBE(0, HASH_BYTES);
}
