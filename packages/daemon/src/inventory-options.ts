import type { CredentialsProvider, SignatureHash } from "@fc-async/protocol";
import { createNodeFetch, nodeHash } from "@fc-async/protocol/node";
import type { AccountConfig, Config } from "./config/config.ts";
import type { Environment } from "./config/expand-variables.ts";
import { credentialsProvider } from "./credentials/credentials-provider.ts";
import { yieldToLoop } from "./yield-to-loop.ts";

/** What `createInventory` of `@fc-async/inventory` takes from a configuration and from Node. */
export interface InventoryOptions {
  readonly accounts: readonly (Omit<AccountConfig, "credentials"> & { readonly credentials: CredentialsProvider })[];
  readonly poll: Config["poll"];
  readonly limits: Config["limits"];
  readonly fetch: ReturnType<typeof createNodeFetch>;
  readonly hash: SignatureHash;
  readonly yieldToLoop: () => Promise<void>;
}

/**
 * Turns a configuration into the options of an inventory: accounts with their keys, a keep-alive fetch, Node's hash. One place
 * for every app, so that all of them poll alike.
 *
 * @param env For the proxies that `fetch` honours.
 * @throws {TypeError} for a proxy in `env` that is no URL.
 */
export function inventoryOptions({ accounts, poll, limits }: Config, env: Environment): InventoryOptions {
  return {
    accounts: accounts.map(({ credentials, ...account }) => ({
      ...account,
      credentials: credentialsProvider(credentials),
    })),
    poll,
    limits,
    fetch: createNodeFetch({ env }),
    hash: nodeHash,
    yieldToLoop,
  };
}
