import { createHash } from "node:crypto";
import type { Config } from "./config.ts";

const HASH_BYTES = 6;

/**
 * A number that changes with the configuration in force, wherever its values came from, but for secrets: the first 48 bits of
 * a SHA-256, which a double holds exactly. For a gauge that shows whether replicas run the same configuration.
 */
export function configHash(config: Config): number {
  return createHash("sha256").update(JSON.stringify(config), "utf8").digest().readUIntBE(0, HASH_BYTES);
}
