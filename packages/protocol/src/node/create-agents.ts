import type { Agent as HttpAgent } from "node:http";
import type { LookupFunction } from "node:net";
import { getCACertificates, rootCertificates } from "node:tls";
import type { Origin } from "../fetch/split-url.ts";
import { http, https } from "./builtin-modules.ts";
import { endpointJudge, proxyJudge, type PrivateHosts } from "./address-judges.ts";
import { addressRefused, guardedLookup } from "./guarded-lookup.ts";
import { proxyFor, proxyUrl, type ProxyEnvironment } from "./proxy-for.ts";

/** The service closes an idle connection after 90 s; ours goes first, so that no request meets the closing. */
const IDLE_SOCKET_MS = 60_000;

export interface AgentsOptions {
  readonly maxConnectionsPerHost: number | undefined;
  readonly lookup: LookupFunction | undefined;
  readonly privateHosts: PrivateHosts;
  /** PEM certificates trusted beside the platform's. */
  readonly ca: readonly string[];
  readonly env: ProxyEnvironment;
}

/** How requests to an origin travel. */
export interface Way {
  readonly agent: HttpAgent;
  readonly proxied: boolean;
}

/** Keep-alive agents: one for each way to the service. */
export interface Agents {
  /** Throws the error of `addressRefused` for a host that is such an address itself. */
  wayTo(origin: Origin): Way;
  /** Closes all connections; running requests fail. */
  close(): void;
}

/**
 * Makes agents on demand: http, https, and a pair for each proxy. Idle connections are kept for 60 s and TLS sessions resumed.
 * TLS is 1.2 or newer and certificates are always verified.
 */
export function createAgents(options: AgentsOptions): Agents {
  const ways = new Map<string, Way>();
  // The decision is the same for all requests to an origin, and callers keep origins.
  const decided = new WeakMap<Origin, Way>();
  const { ca, env, privateHosts } = options;
  const problemOf = endpointJudge(privateHosts);
  const lookup = guardedLookup(problemOf, options.lookup);
  const lookupOfProxy = guardedLookup(proxyJudge, options.lookup);
  const proxies = [env.http_proxy, env.HTTP_PROXY, env.https_proxy, env.HTTPS_PROXY].filter(
    (url) => url !== undefined && url !== "",
  );
  const hasProxy = proxies.length > 0;
  if (hasProxy) assertProxySupport();
  // All of them at once: a wrong one must not wait for the first request that needs it.
  for (const proxy of proxies) proxyUrl(proxy ?? "");

  function createAgent(protocol: Origin["protocol"], proxy: string | undefined): HttpAgent {
    const common = {
      keepAlive: true,
      timeout: IDLE_SOCKET_MS,
      lookup: proxy === undefined ? lookup : lookupOfProxy,
      ...(options.maxConnectionsPerHost === undefined ? {} : { maxSockets: options.maxConnectionsPerHost }),
      ...(proxy === undefined ? {} : { proxyEnv: { HTTP_PROXY: proxy, HTTPS_PROXY: proxy } }),
    };
    if (protocol === "http:") return new http.Agent(common);
    return new https.Agent({
      ...common,
      minVersion: "TLSv1.2",
      ...(ca.length === 0 ? {} : { ca: [...platformCertificates(), ...ca] }),
    });
  }

  function decide(origin: Origin): Way {
    const given = hasProxy ? proxyFor(origin, env) : undefined;
    const proxy = given === undefined ? undefined : proxyUrl(given);
    const problem = problemOf(origin.hostname, origin.hostname);
    if (problem !== undefined) throw addressRefused(problem);
    const key = proxy === undefined ? origin.protocol : `${origin.protocol} ${proxy}`;
    let way = ways.get(key);
    if (way === undefined) {
      way = { agent: createAgent(origin.protocol, proxy), proxied: proxy !== undefined };
      ways.set(key, way);
    }
    decided.set(origin, way);
    return way;
  }

  return {
    wayTo: (origin) => decided.get(origin) ?? decide(origin),
    close() {
      for (const { agent } of ways.values()) agent.destroy();
    },
  };
}

/** Giving `ca` replaces the platform's certificates, so they are given along; NODE_EXTRA_CA_CERTS is among them. */
function platformCertificates(): readonly string[] {
  return typeof getCACertificates === "function" ? getCACertificates("default") : rootCertificates;
}

/** Agents of older versions ignore the option silently, and the request would go around the proxy. */
function assertProxySupport(): void {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  const isSupported = major > 24 || (major === 24 && minor >= 5) || (major === 22 && minor >= 21);
  if (!isSupported) {
    throw new Error(
      `HTTPS_PROXY or HTTP_PROXY is set, but Node ${process.versions.node} cannot use it. Use Node 22.21 or 24.5 or newer, or unset it.`,
    );
  }
}
