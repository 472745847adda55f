import type { DocumentProblem } from "../config/check-document.ts";
import type { ConfigPath } from "../config/config-path.ts";
import { itemsOf, property } from "../config/document-parts.ts";
import { CIPHERS, CLIENT_AUTH_TYPES, HTTP2_CIPHERS, TLS_VERSION_ORDER, TLS_VERSIONS } from "./go-tls-names.ts";
import { parseGoDurationMs } from "./go-duration.ts";

/** Keys that switch TLS on; without any of them the others are set for nothing, and the file is right. */
const SWITCHES = ["cert", "key", "cert_file", "key_file", "client_ca", "client_ca_file", "client_auth_type"];

/** Whether a file asks for TLS: exporter-toolkit's rule. `tls` is `tls_server_config` as it is written. */
export function isTlsOn(tls: unknown): boolean {
  return SWITCHES.some((key) => isGiven(property(tls, key)));
}

/**
 * What is wrong between keys, each of which may be right. Read from the document: the schema stops at the first key of a
 * mapping that is wrong in itself.
 */
export function webConfigRelations(document: unknown): readonly DocumentProblem[] {
  const tls = property(document, "tls_server_config");
  const http2 = property(property(document, "http_server_config"), "http2") !== false;
  return [
    ...(isTlsOn(tls) ? [...identity(tls), ...clients(tls), ...versions(tls), ...(http2 ? http2Ciphers(tls) : [])] : []),
    ...bursts(property(document, "rate_limit")),
  ];
}

function identity(tls: unknown): readonly DocumentProblem[] {
  return ["cert", "key"].flatMap((name) => {
    if (isGiven(property(tls, name)) || isGiven(property(tls, `${name}_file`))) return [];
    const message = `missing ${name}_file (or ${name}): TLS needs a certificate and its key. Leave tls_server_config out for plain HTTP`;
    return [problem([], message)];
  });
}

function clients(tls: unknown): readonly DocumentProblem[] {
  const written = property(tls, "client_auth_type") ?? "";
  const policy = written === "" ? "none" : typeof written === "string" ? CLIENT_AUTH_TYPES.get(written) : undefined;
  // A name that is none is told for itself.
  if (policy === undefined) return [];
  const authorities = ["client_ca_file", "client_ca"].find((key) => isGiven(property(tls, key)));
  return [
    ...(authorities !== undefined && policy === "none"
      ? [
          problem(
            [authorities],
            "authorities for client certificates, but none is asked for; set client_auth_type: RequireAndVerifyClientCert",
          ),
        ]
      : []),
    ...(property(tls, "client_allowed_sans") !== undefined &&
    policy !== "require-any" &&
    policy !== "require-and-verify"
      ? [
          problem(
            ["client_allowed_sans"],
            "a client may come without a certificate, and so without a name; set client_auth_type: RequireAndVerifyClientCert",
          ),
        ]
      : []),
  ];
}

function versions(tls: unknown): readonly DocumentProblem[] {
  const oldest = versionIndex(property(tls, "min_version") ?? "TLS12");
  const newest = versionIndex(property(tls, "max_version") ?? "TLS13");
  if (oldest === -1 || newest === -1 || oldest <= newest) return [];
  const key = property(tls, "max_version") === undefined ? "min_version" : "max_version";
  return [problem([key], "max_version is older than min_version, so no client could connect")];
}

function http2Ciphers(tls: unknown): readonly DocumentProblem[] {
  const names = itemsOf(property(tls, "cipher_suites"));
  const isRight = names.every((name) => typeof name === "string" && CIPHERS.has(name));
  if (names.length === 0 || !isRight || property(tls, "min_version") === "TLS13") return [];
  if (names.some((name) => HTTP2_CIPHERS.some((needed) => needed === name))) return [];
  const message = `HTTP/2 needs ${HTTP2_CIPHERS.join(" or ")}; add one, or set http_server_config: { http2: false }`;
  return [problem(["cipher_suites"], message)];
}

function bursts(rateLimit: unknown): readonly DocumentProblem[] {
  const interval = property(rateLimit, "interval");
  const burst = property(rateLimit, "burst") ?? 0;
  const intervalMs =
    typeof interval === "string" ? parseGoDurationMs(interval) : typeof interval === "number" ? interval : undefined;
  if (intervalMs === undefined || intervalMs <= 0 || typeof burst !== "number" || burst >= 1) return [];
  const path = property(rateLimit, "burst") === undefined ? ["rate_limit"] : ["rate_limit", "burst"];
  return [
    { path, at: "value", message: "with an interval, a burst below 1 lets no request through; set burst: 1 or more" },
  ];
}

function versionIndex(name: unknown): number {
  return TLS_VERSION_ORDER.findIndex((version) => typeof name === "string" && TLS_VERSIONS.get(name) === version);
}

function isGiven(value: unknown): boolean {
  return value !== undefined && value !== "";
}

function problem(path: ConfigPath, message: string): DocumentProblem {
  return { path: ["tls_server_config", ...path], at: "value", message };
}
