import { BlockList, isIP } from "node:net";

/**
 * Addresses no endpoint of the service has, but a machine's credentials do: link-local (the usual metadata service among
 * them) and Alibaba Cloud's metadata service, which hands out STS tokens to whoever asks.
 */
const refused = new BlockList();
refused.addSubnet("169.254.0.0", 16, "ipv4");
refused.addAddress("100.100.100.200", "ipv4");
refused.addSubnet("fe80::", 10, "ipv6");
refused.addAddress("fd00:ec2::254", "ipv6");

/** Addresses of a network of one's own: RFC 1918, RFC 6598 (Alibaba Cloud's inner services) and RFC 4193. */
const privateRanges = new BlockList();
privateRanges.addSubnet("10.0.0.0", 8, "ipv4");
privateRanges.addSubnet("172.16.0.0", 12, "ipv4");
privateRanges.addSubnet("192.168.0.0", 16, "ipv4");
privateRanges.addSubnet("100.64.0.0", 10, "ipv4");
privateRanges.addSubnet("fc00::", 7, "ipv6");

/** Whether nothing may be sent to this IP address; IPv4 addresses mapped into IPv6 count as what they are. */
export function isRefusedAddress(address: string): boolean {
  return isIn(refused, address);
}

/** Whether this IP address belongs to somebody's own network. */
export function isPrivateAddress(address: string): boolean {
  return isIn(privateRanges, address);
}

function isIn(list: BlockList, address: string): boolean {
  const version = isIP(address);
  return version !== 0 && list.check(address, version === 6 ? "ipv6" : "ipv4");
}
