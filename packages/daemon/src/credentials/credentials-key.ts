import { createHash } from "node:crypto";
import type { CredentialsConfig } from "../config/config.ts";

/** A text that is equal for equal credentials blocks, secrets included, and from which none can be read. */
export function credentialsKey(config: CredentialsConfig): string {
  return createHash("sha256")
    .update(JSON.stringify(revealed(config)), "utf8")
    .digest("base64");
}

function revealed(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if ("reveal" in value && typeof value.reveal === "function") return { secret: value.reveal() };
  return Object.entries(value).map(([name, inner]) => [name, revealed(inner)]);
}
