import type { AddressJudge } from "./guarded-lookup.ts";
import { isPrivateAddress, isRefusedAddress } from "./refused-address.ts";

/** Under which a name of the vendor may resolve to an address of a VPC. */
const VENDOR_SUFFIX = ".aliyuncs.com";

/** The hosts that may have a private address beside the vendor's own, as they stand now. */
export type PrivateHosts = () => readonly string[];

/**
 * Judges addresses of endpoints. One on a private address can be a slip, or somebody's way into a network, so it has to be named;
 * link-local and metadata addresses have no exception.
 */
export function endpointJudge(privateHosts: PrivateHosts): AddressJudge {
  return (hostname, address) =>
    proxyJudge(hostname, address) ??
    (isPrivateAddress(address) && !mayBePrivate(hostname, privateHosts())
      ? `${shown(hostname, address)} is a private address; nothing is sent there unless the host is among private_hosts`
      : undefined);
}

/** Judges addresses of proxies: of these the operator's environment speaks, and most stand in the operator's own network. */
export const proxyJudge: AddressJudge = (hostname, address) =>
  isRefusedAddress(address)
    ? `${shown(hostname, address)} is a link-local or metadata address, to which nothing is sent`
    : undefined;

function shown(hostname: string, address: string): string {
  return hostname === address ? address : `${hostname} (${address})`;
}

function mayBePrivate(hostname: string, privateHosts: readonly string[]): boolean {
  const name = hostname.toLowerCase().replace(/\.$/, "");
  return name.endsWith(VENDOR_SUFFIX) || privateHosts.some((host) => host.toLowerCase() === name);
}
