export { http } from "./builtin-modules.ts";
export type { PhaseTimeouts } from "./exchange.ts";
export { createNodeFetch, type NodeFetch, type NodeFetchOptions } from "./node-fetch.ts";
export { nodeHash } from "./node-hash.ts";
export type { ProxyEnvironment } from "./proxy-for.ts";
export { isPrivateAddress } from "./refused-address.ts";
