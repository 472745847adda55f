import type { TlsIdentity } from "./tls-identity.ts";

const DAY_MS = 86_400_000;
const VALID_DAYS = 30;
/** ECDSA on P-256 with SHA-256: every client has it, and a pair is made in a millisecond. */
const ECDSA = { keyType: "ec", curve: "P-256", algorithm: "sha256" } as const;
const DNS_NAME = 2;
const IP_ADDRESS = 7;

/** A certificate, and the one to trust that vouches for it. */
export interface SelfMadeIdentity extends TlsIdentity {
  /** The CA's certificate, PEM. Its key is thrown away: nothing else can be signed with it. */
  readonly ca: string;
  readonly validUntil: Date;
}

/**
 * Makes a CA and a server certificate for `localhost`, `127.0.0.1`, `::1` and `*.{region}.localhost`: a wildcard stands for one
 * label (RFC 6125 section 6.4.3), so that each region needs its own. Valid from yesterday, for clocks that are behind, for 30 days.
 */
export async function selfMadeIdentity(regions: readonly string[], nowMs: number): Promise<SelfMadeIdentity> {
  // Loaded when it is asked for: without TLS the program starts sooner.
  const { generate } = await import("selfsigned");
  const validUntil = new Date(nowMs + VALID_DAYS * DAY_MS);
  const validity = { notBeforeDate: new Date(nowMs - DAY_MS), notAfterDate: validUntil };
  const authority = await generate([{ name: "commonName", value: "fc-async-emulator throw-away CA" }], {
    ...ECDSA,
    ...validity,
    extensions: [
      { name: "basicConstraints", cA: true, pathLenConstraint: 0, critical: true },
      { name: "keyUsage", keyCertSign: true, cRLSign: true, critical: true },
    ],
  });
  const names = ["localhost", ...new Set(regions.map((region) => `*.${region}.localhost`))];
  const server = await generate([{ name: "commonName", value: "localhost" }], {
    ...ECDSA,
    ...validity,
    ca: { key: authority.private, cert: authority.cert },
    extensions: [
      { name: "basicConstraints", cA: false, critical: true },
      { name: "keyUsage", digitalSignature: true, critical: true },
      { name: "extKeyUsage", serverAuth: true },
      {
        name: "subjectAltName",
        altNames: [
          ...names.map((value) => ({ type: DNS_NAME, value }) as const),
          { type: IP_ADDRESS, ip: "127.0.0.1" },
          { type: IP_ADDRESS, ip: "::1" },
        ],
      },
    ],
  });
  return { key: server.private, cert: server.cert, ca: authority.cert, validUntil };
}
