const REFUSED_IPV4 = /^(169\.254\.\d+\.\d+|100\.100\.100\.200)$/;
const REFUSED_IPV6 = /^\[(fe[89ab][0-9a-f]:.*|fd00:ec2::254)\]$/;
const IPV4_IN_IPV6 = /^\[::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})\]$/;

/**
 * Whether a host, as `URL.hostname` spells it, is a link-local or metadata address: what no endpoint has, and what hands out
 * STS tokens to whoever asks. The URL parser has turned decimal, octal and hexadecimal spellings into these already.
 * Names are judged by the addresses they resolve to, at the moment of connecting (`@fc-async/protocol/node`).
 */
export function isRefusedHost(hostname: string): boolean {
  if (REFUSED_IPV4.test(hostname) || REFUSED_IPV6.test(hostname)) return true;
  const [, high, low] = IPV4_IN_IPV6.exec(hostname) ?? [];
  if (high === undefined || low === undefined) return false;
  const octets = [high, low].flatMap((group) => {
    const value = Number.parseInt(group, 16);
    return [value >> 8, value & 0xff];
  });
  return REFUSED_IPV4.test(octets.join("."));
}
