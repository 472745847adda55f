import type { CredentialsProvider, SignatureHash } from "@fc-async/protocol";
import { createNodeFetch, nodeHash } from "@fc-async/protocol/node";
import type { AccountConfig, Config } from "./config/config.ts";
import type { Environment } from "./config/expand-variables.ts";
import { credentialsKey } from "./credentials/credentials-key.ts";
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
 * Makes what turns a configuration into the options of an inventory: accounts with their keys, a keep-alive fetch, Node's hash. One
 * place for every app, so that all of them poll alike. Of a later configuration credentials that are the same are the same
 * provider, with what it has fetched: an account that did not change stays as it is.
 *
 * @param env For the proxies that `fetch` honours.
 * @throws {TypeError} for a proxy in `env` that is no URL.
 */
export function createInventoryOptions(env: Environment): (config: Config) => InventoryOptions {
  let privateHosts: readonly string[] = [];
  const fetch = createNodeFetch({ env, privateHosts: () => privateHosts });
  let providers: ReadonlyMap<string, CredentialsProvider> = new Map();

  return ({ accounts, poll, limits, ...config }) => {
    privateHosts = config.privateHosts;
    const made = new Map<string, CredentialsProvider>();
    const withKeys = accounts.map(({ credentials, ...account }) => {
      const key = credentialsKey(credentials);
      const provider = made.get(key) ?? providers.get(key) ?? credentialsProvider(credentials);
      made.set(key, provider);
      return { ...account, credentials: provider };
    });
    providers = made;
    return { accounts: withKeys, poll, limits, fetch, hash: nodeHash, yieldToLoop };
  };
}
