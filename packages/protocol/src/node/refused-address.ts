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

/** Whether nothing may be sent to this IP address; IPv4 addresses mapped into IPv6 count as what they are. */
export function isRefusedAddress(address: string): boolean {
  const version = isIP(address);
  if (version === 0) return false;
  return refused.check(address, version === 6 ? "ipv6" : "ipv4");
}
