const LOOPBACK = "127.0.0.1";
const EVERY_ADDRESS: ReadonlySet<string> = new Set(["0.0.0.0", "::"]);

/** The host a client on this machine connects to, given the one a server listens on; every address of a machine is none to connect to. */
export function connectableHostname(hostname: string | undefined): string {
  return hostname === undefined || EVERY_ADDRESS.has(hostname) ? LOOPBACK : hostname;
}
