import { BlockList, isIP } from "node:net";
import { endpointFor } from "@fc-async/protocol";

const SAMPLE_PARTS = { accountId: "1234567890123456", region: "cn-hangzhou" };
const SAMPLE = new Map([
  ["{account_id}", SAMPLE_PARTS.accountId],
  ["{region}", SAMPLE_PARTS.region],
]);

const loopback = new BlockList();
loopback.addSubnet("127.0.0.0", 8, "ipv4");
loopback.addAddress("::1", "ipv6");

/**
 * What is wrong with an endpoint template, or `undefined`. Never repeats the template: a key may have slipped into it. Names are
 * judged again by the addresses they resolve to, when a connection is made.
 */
export function endpointProblem(template: string): string | undefined {
  const filled = template.replace(/\{[^{}]*\}/gu, (placeholder) => SAMPLE.get(placeholder) ?? placeholder);
  if (/[{}]/u.test(filled)) return "only {account_id} and {region} may stand in braces";
  if (!URL.canParse(filled)) return 'expected a URL, such as "https://{account_id}.{region}.fc.aliyuncs.com"';
  const url = new URL(filled);
  if (url.protocol !== "https:" && url.protocol !== "http:") return "expected a URL that begins with https://";
  if (url.username !== "" || url.password !== "")
    return "a URL must not hold a user or a password; keys belong under credentials";
  if (url.pathname !== "/" || url.search !== "" || url.hash !== "")
    return "expected scheme, host and port only, no path or query";
  if (url.protocol === "http:" && !isLoopback(url.hostname)) {
    return "plain http would show names to the network; use https (http is for loopback: localhost, *.localhost, 127.0.0.1, [::1])";
  }
  return isTakenByClient(template) ? undefined : "link-local and metadata addresses are refused: they hand out keys";
}

/** The client's own rule has the last word, so that no file passes that it would refuse. */
function isTakenByClient(template: string): boolean {
  try {
    endpointFor({ ...SAMPLE_PARTS, template });
    return true;
  } catch (error) {
    if (error instanceof TypeError) return false;
    throw error;
  }
}

function isLoopback(hostname: string): boolean {
  const address = hostname.replace(/^\[|\]$/gu, "");
  const version = isIP(address);
  if (version !== 0) return loopback.check(address, version === 6 ? "ipv6" : "ipv4");
  return /(^|\.)localhost\.?$/u.test(hostname);
}
