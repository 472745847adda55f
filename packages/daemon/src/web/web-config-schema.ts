import * as z from "zod";
import type { JsonSchemaNode } from "../config/config-json-schema.ts";
import { expected, mapping } from "../config/schema-parts.ts";
import { bcryptHashProblem } from "./bcrypt-hash.ts";
import {
  CIPHERS,
  CLIENT_AUTH_TYPES,
  CURVES,
  DEFAULT_CIPHERS,
  TLS_VERSIONS,
  type ClientCertificates,
  type TlsVersion,
} from "./go-tls-names.ts";
import { parseGoDurationMs } from "./go-duration.ts";
import type { RateLimit } from "./web-config.ts";

/** A web config file as it is written, names read; the files it names are not looked at. */
export interface WebConfigDocument {
  readonly tls: {
    readonly certFile: string;
    readonly keyFile: string;
    readonly cert: string;
    readonly key: string;
    readonly clientCertificates: ClientCertificates;
    readonly clientCaFile: string;
    readonly clientCa: string;
    readonly allowedSans: readonly string[] | undefined;
    readonly minVersion: TlsVersion;
    readonly maxVersion: TlsVersion;
    readonly ciphers: readonly string[];
    readonly curves: readonly string[];
    readonly prefersServerCiphers: boolean;
  };
  readonly http2: boolean;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly users: ReadonlyMap<string, string>;
  readonly rateLimit: RateLimit | undefined;
}

const path = (what: string, meaning: string) =>
  z
    .string(expected(`the path of ${what}`))
    .describe(meaning)
    .prefault("");
const pem = (what: string, meaning: string) =>
  z
    .string(expected(`${what} in PEM, as a text`))
    .describe(meaning)
    .prefault("");
const flag = (meaning: string) => z.boolean(expected("true or false")).describe(meaning).prefault(true);

const FEW_NAMES = 6;

/** One of the names of a map; a text that is none is not repeated. */
const nameOf = (what: string, names: ReadonlyMap<string, unknown>) => {
  const [first = "", ...others] = names.keys();
  const known =
    others.length < FEW_NAMES
      ? `one of ${[first, ...others].join(", ")}`
      : `such as ${first}; docs/web-config.md names all ${names.size}`;
  return z.enum([...names.keys()], expected(`${what}, ${known}`));
};

const namesOf = (what: string, names: ReadonlyMap<string, unknown>, meaning: string) =>
  z
    .array(nameOf(what, names), expected(`a list, each entry ${what}`))
    .describe(meaning)
    .prefault([]);

const version = (meaning: string) =>
  nameOf("a TLS version", TLS_VERSIONS)
    .transform((name): TlsVersion => TLS_VERSIONS.get(name) ?? "TLSv1.2")
    .describe(meaning);

const tlsServerConfig = mapping({
  cert_file: path(
    "a certificate",
    "The server's certificate in PEM, its chain after it. A relative path starts at the folder of this file.",
  ),
  key_file: path("a private key", "The key of the certificate in PEM, without a passphrase."),
  cert: pem("a certificate", "The certificate itself, instead of a file; `cert_file` wins."),
  key: pem("a private key", "The key itself, instead of a file; `key_file` wins."),
  client_auth_type: z
    // An empty text is the default for Go, too.
    .preprocess(
      (name) => (name === "" ? "NoClientCert" : name),
      nameOf("a policy for client certificates", CLIENT_AUTH_TYPES),
    )
    .transform((name): ClientCertificates => CLIENT_AUTH_TYPES.get(name) ?? "none")
    .describe(
      "What is asked of a client's certificate. Only `RequireAndVerifyClientCert` keeps strangers out. `RequireClientCert` is an old name of `RequireAnyClientCert`.",
    )
    .prefault("NoClientCert"),
  client_ca_file: path(
    "a file of certificates",
    "The authorities that may sign client certificates, in PEM. Default: those that Node trusts.",
  ),
  client_ca: pem("certificates", "The authorities themselves, instead of a file; `client_ca_file` wins."),
  client_allowed_sans: z
    .array(z.string(expected("a name, an address or a URI")), expected("a list of names, addresses and URIs"))
    .describe(
      "Subject alternative names, of which a client's certificate must have one: DNS name, IP address, e-mail address or URI, compared as texts. Goes with `RequireAnyClientCert` and `RequireAndVerifyClientCert`.",
    )
    .optional(),
  min_version: version("The oldest version of TLS that is served.").prefault("TLS12"),
  max_version: version("The newest version of TLS that is served.").prefault("TLS13"),
  cipher_suites: namesOf(
    "a cipher suite",
    CIPHERS,
    "Cipher suites of TLS 1.2 and older by Go's names, in order of preference; those of TLS 1.3 are always on. Empty = the ten that begin with `TLS_ECDHE_`.",
  ),
  curve_preferences: namesOf(
    "a curve",
    CURVES,
    "Curves for the key exchange, in order of preference. Empty = OpenSSL's own choice.",
  ),
  prefer_server_cipher_suites: flag("Whether the order of `cipher_suites` counts, rather than the client's."),
})
  .transform((keys): WebConfigDocument["tls"] => ({
    certFile: keys.cert_file,
    keyFile: keys.key_file,
    cert: keys.cert,
    key: keys.key,
    clientCertificates: keys.client_auth_type,
    clientCaFile: keys.client_ca_file,
    clientCa: keys.client_ca,
    allowedSans: keys.client_allowed_sans,
    minVersion: keys.min_version,
    maxVersion: keys.max_version,
    ciphers:
      keys.cipher_suites.length === 0 ? DEFAULT_CIPHERS : keys.cipher_suites.flatMap((name) => CIPHERS.get(name) ?? []),
    curves: keys.curve_preferences.flatMap((name) => CURVES.get(name) ?? []),
    prefersServerCiphers: keys.prefer_server_cipher_suites,
  }))
  .prefault({});

// Node writes other letters in two ways, and RFC 9110 leaves them without a meaning.
const ASCII_TEXT = /^[\u0000-\u007F]*$/u; // eslint-disable-line no-control-regex -- control characters become spaces

const header = (...values: readonly string[]) =>
  (values.length === 0
    ? z.string(expected("a text of ASCII letters")).regex(ASCII_TEXT, expected("a text of ASCII letters"))
    : z.enum(values, expected(values.join(" or ")))
  )
    .describe(values.length === 0 ? "Sent with every answer, unless empty." : "Sent with every answer.")
    .optional();

const httpServerConfig = mapping({
  http2: flag("Whether HTTP/2 is offered beside HTTP/1.1. It needs TLS."),
  // The five that exporters agree on.
  headers: mapping({
    "Strict-Transport-Security": header(),
    "X-Content-Type-Options": header("nosniff"),
    "X-Frame-Options": header("deny", "sameorigin"),
    "X-XSS-Protection": header(),
    "Content-Security-Policy": header(),
  }).prefault({}),
}).prefault({});

const DURATION = "a duration as Go writes it, such as 1s or 500ms";

const rateLimit = mapping({
  interval: z
    // A bare number is nanoseconds, as in Go.
    .preprocess((value) => (Number.isSafeInteger(value) ? `${String(value)}ns` : value), z.string(expected(DURATION)))
    .refine((text) => parseGoDurationMs(text) !== undefined, `expected ${DURATION}`)
    .describe("Time after which one more request may come, such as `500ms` or `1m30s`. `0` = no limit.")
    .prefault("0"),
  burst: z
    .int(expected("a whole number"))
    .describe("Requests that may come at once. At least 1 with an interval.")
    .prefault(0),
})
  .transform(({ interval, burst }): RateLimit | undefined => {
    const intervalMs = parseGoDurationMs(interval) ?? 0;
    return intervalMs > 0 ? { intervalMs, burst } : undefined;
  })
  .prefault({});

/** A record of zod loses a user called __proto__, and with the only user the lock on the door. */
const users = z
  .unknown()
  .transform((written, context): ReadonlyMap<string, string> => {
    if (typeof written !== "object" || written === null || Array.isArray(written)) {
      context.addIssue({ code: "custom", message: "expected users, each with a bcrypt hash" });
      return z.NEVER;
    }
    const hashes = new Map<string, string>();
    for (const [user, hash] of Object.entries(written)) {
      const problem = typeof hash === "string" ? bcryptHashProblem(hash) : "expected a bcrypt hash";
      if (problem !== undefined) context.addIssue({ code: "custom", message: problem, path: [user] });
      else hashes.set(user, String(hash));
    }
    return hashes;
  })
  .meta({
    type: "object",
    description: "User names, each with the bcrypt hash of its password. Without any, everybody may ask.",
  })
  .prefault({});

/** The whole file, with every default filled in. */
export const webConfigSchema: z.ZodType<WebConfigDocument> = mapping({
  tls_server_config: tlsServerConfig,
  http_server_config: httpServerConfig,
  basic_auth_users: users,
  rate_limit: rateLimit,
}).transform((file): WebConfigDocument => ({
  tls: file.tls_server_config,
  http2: file.http_server_config.http2,
  headers: file.http_server_config.headers,
  users: file.basic_auth_users,
  rateLimit: file.rate_limit,
}));

/** The same as JSON Schema: for the names of keys and for the page about them. */
export function webConfigJsonSchema(): JsonSchemaNode {
  // eslint-disable-next-line typescript/no-unsafe-type-assertion -- zod made it from our own schema; the node type names the keywords it uses
  return z.toJSONSchema(webConfigSchema, { io: "input" }) as JsonSchemaNode;
}
