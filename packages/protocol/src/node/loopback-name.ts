/** Whether a name is reserved for this machine: `localhost` and everything below it (RFC 6761 section 6.3). */
export function isLoopbackName(hostname: string): boolean {
  const name = hostname.toLowerCase().replace(/\.$/, "");
  return name === "localhost" || name.endsWith(".localhost");
}
