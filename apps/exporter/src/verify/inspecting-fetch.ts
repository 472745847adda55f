import type { IncomingMessage } from "node:http";
import { TLSSocket, type PeerCertificate } from "node:tls";
import { createNodeFetch, type NodeFetch, type NodeFetchOptions } from "@fc-async/protocol/node";
import type { ConnectionDetails, TlsDetails } from "./connection-findings.ts";

/** A `fetch` that remembers what a `Response` does not show. For one request at a time. */
export interface InspectingFetch {
  readonly fetch: NodeFetch;
  /** Of the last answer. */
  readonly connection: () => ConnectionDetails | undefined;
}

export function createInspectingFetch(options: Omit<NodeFetchOptions, "onHead">): InspectingFetch {
  let last: ConnectionDetails | undefined;
  const fetch = createNodeFetch({ ...options, onHead: (message) => (last = detailsOf(message)) });
  return { fetch, connection: () => last };
}

function detailsOf({ httpVersion, headers, socket }: IncomingMessage): ConnectionDetails {
  return {
    httpVersion,
    encoding: headers["content-encoding"],
    tls: socket instanceof TLSSocket ? tlsOf(socket) : undefined,
  };
}

function tlsOf(socket: TLSSocket): TlsDetails {
  const certificate = socket.getPeerCertificate();
  return {
    protocol: socket.getProtocol() ?? "unknown protocol",
    cipher: socket.getCipher().standardName,
    issuer: issuerOf(certificate),
    validToMs: Date.parse(certificate.valid_to),
  };
}

function issuerOf({ issuer }: PeerCertificate): string {
  const name = issuer.O ?? issuer.CN;
  return Array.isArray(name) ? name.join(", ") : (name ?? "an unknown issuer");
}
