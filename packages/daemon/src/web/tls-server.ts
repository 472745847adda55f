import { X509Certificate } from "node:crypto";
import {
  createSecureContext,
  createServer,
  type SecureContextOptions,
  type SecureVersion,
  type Server,
  type TLSSocket,
} from "node:tls";
import { isClientAllowed } from "./client-certificate.ts";
import { TLS13_CIPHERS } from "./go-tls-names.ts";
import type { WebTlsConfig } from "./web-config.ts";

const HANDSHAKE_TIMEOUT_MS = 5000;
/** OpenSSL serves them only at its lowest security level, because of the hash they sign with. */
const OLD_VERSIONS: ReadonlySet<SecureVersion> = new Set(["TLSv1", "TLSv1.1"]);

export interface TlsServerOptions {
  readonly config: WebTlsConfig;
  /** Whether HTTP/2 is offered. */
  readonly http2: boolean;
  /** Told of each connection whose handshake is done and whose client may go on. */
  readonly onSecure: (socket: TLSSocket) => void;
}

/**
 * A TLS server that does not listen: it takes connections by `emit("connection", socket)`, so that each is served by the configuration
 * in force when it comes.
 */
export function createTlsServer({ config, http2, onSecure }: TlsServerOptions): Server {
  const { clientCertificates } = config;
  const server = createServer({
    ...contextOptions(config),
    requestCert: clientCertificates !== "none",
    rejectUnauthorized: clientCertificates === "require-and-verify",
    ALPNProtocols: http2 ? ["h2", "http/1.1"] : ["http/1.1"],
    handshakeTimeout: HANDSHAKE_TIMEOUT_MS,
  });
  server.on("secureConnection", (socket) => {
    // A client may go before anybody reads from it.
    socket.on("error", () => undefined);
    if (isClientAllowed(config, socket)) onSecure(socket);
    else socket.destroy();
  });
  server.on("tlsClientError", (_error, socket) => socket.destroy());
  return server;
}

/** Whether OpenSSL takes a configuration as a whole. */
export function isServable(config: WebTlsConfig): boolean {
  try {
    createSecureContext(contextOptions(config));
    return true;
  } catch {
    return false;
  }
}

function contextOptions(config: WebTlsConfig): SecureContextOptions {
  const { minVersion, ciphers, curves, clientAuthorities } = config;
  return {
    cert: config.certificate,
    key: config.key.reveal(),
    minVersion,
    maxVersion: config.maxVersion,
    ciphers: [...TLS13_CIPHERS, ...ciphers, ...(OLD_VERSIONS.has(minVersion) ? ["@SECLEVEL=0"] : [])].join(":"),
    ...(curves.length === 0 ? {} : { ecdhCurve: curves.join(":") }),
    honorCipherOrder: config.prefersServerCiphers,
    ...(clientAuthorities === undefined ? {} : { ca: clientAuthorities.map((pem) => trusted(pem)) }),
  };
}

/** SEQUENCE { SEQUENCE { OBJECT IDENTIFIER 1.3.6.1.5.5.7.3.2 (clientAuth) } }: what OpenSSL calls X509_CERT_AUX. */
const TRUSTED_FOR_CLIENTS = Buffer.from("300c300a06082b06010505070302", "hex");

/**
 * A certificate in OpenSSL's own form that says what it is trusted for. Go takes whatever is in the list for an authority; OpenSSL
 * takes one that another has signed only when it says so, and Node has no option for it in servers.
 */
function trusted(pem: string): string {
  const base64 = Buffer.concat([new X509Certificate(pem).raw, TRUSTED_FOR_CLIENTS]).toString("base64");
  const lines = base64.replaceAll(/.{64}/gu, "$&\n").trimEnd();
  return `-----BEGIN TRUSTED CERTIFICATE-----\n${lines}\n-----END TRUSTED CERTIFICATE-----\n`;
}
