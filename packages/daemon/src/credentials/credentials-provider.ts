import { readFile as readFileOfNode } from "node:fs/promises";
import type { CredentialsProvider } from "@fc-async/protocol";
import type { CredentialsConfig } from "../config/config.ts";
import { staticCredentials } from "./static-credentials.ts";
import { vendorCredentials } from "./vendor-credentials.ts";

export interface CredentialsProviderOptions {
  /** Reads a secret file as UTF-8. Default: `node:fs`. */
  readonly readFile?: ((path: string) => Promise<string>) | undefined;
  /** Milliseconds since the epoch. Default: `Date.now`. */
  readonly now?: (() => number) | undefined;
}

/**
 * Makes the provider that a credentials block describes. Static keys are handed out as they are, those in files read again at
 * most once a second, so that a rotated file counts without a restart. Everything else goes through the vendor's own chain
 * (`@alicloud/credentials`, https://www.alibabacloud.com/help/en/sdk/developer-reference/v2-manage-node-js-access-credentials),
 * which is loaded at the first use and built anew after a failure. A pair that the service refused is looked for anew at once:
 * files are read again, and what the vendor's chain kept is thrown away.
 *
 * The provider rejects with `FcCredentialsError`; its message never holds a key.
 */
export function credentialsProvider(
  config: CredentialsConfig,
  options: CredentialsProviderOptions = {},
): CredentialsProvider {
  const { readFile = (path: string) => readFileOfNode(path, "utf8"), now = Date.now } = options;
  const access = { readFile, now };
  return config.type === "static" ? staticCredentials(config, access) : vendorCredentials(config, access);
}
