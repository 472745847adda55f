import { dirname, isAbsolute, join } from "node:path";
import type { Scalar } from "yaml";
import { documentProblems, type DocumentProblem } from "../config/check-document.ts";
import { ConfigError } from "../config/config-error.ts";
import type { ConfigPath } from "../config/config-path.ts";
import { property } from "../config/document-parts.ts";
import { byPlace } from "../config/read-config.ts";
import { readYamlTree } from "../config/yaml-tree.ts";
import { secret } from "../secret.ts";
import { readableCertificates, tlsIdentityProblems } from "./tls-identity.ts";
import { isServable } from "./tls-server.ts";
import type { WebConfig, WebTlsConfig } from "./web-config.ts";
import { isTlsOn, webConfigRelations } from "./web-config-relations.ts";
import { webConfigJsonSchema, webConfigSchema, type WebConfigDocument } from "./web-config-schema.ts";

/** What a file holds, or why it cannot be read. */
export type FileReading = { readonly text: string } | { readonly problem: string };

export interface ReadWebConfigOptions {
  /** For messages, and the place where relative paths start. */
  readonly fileName: string;
  /** Reads a certificate, key or authority. */
  readonly readFile: (path: string) => FileReading;
}

/** Keys whose values are not texts. */
const TYPED_KEYS: ReadonlySet<unknown> = new Set(["http2", "prefer_server_cipher_suites", "burst", "interval"]);

/**
 * Reads a web config file of exporter-toolkit and the certificates it names. Its verdict is that of `promtool check web-config`, but
 * for what starts and then serves nobody (HTTP/2 without a cipher it needs, authorities without a certificate, `max_version`
 * below `min_version`, no burst, an RSA key that OpenSSL refuses), and for a second document, a merge key (`<<`) and a header with
 * letters beyond ASCII: all these are refused here.
 *
 * An empty file is right: nothing is on. Variables (`${NAME}`) are not expanded: a hash is full of dollar signs.
 *
 * @throws {ConfigError} With everything that is wrong, each with line and column. No message repeats a value.
 * @see https://github.com/prometheus/exporter-toolkit/blob/master/docs/web-configuration.md
 */
export function readWebConfig(text: string, { fileName, readFile }: ReadWebConfigOptions): WebConfig {
  // Go's reader is one of YAML 1.1.
  const tree = readYamlTree(text, { version: "1.1", readScalar });
  if (tree.problems.length > 0) throw new ConfigError(tree.problems, fileName);

  const written = tree.value ?? {};
  const result = webConfigSchema.safeParse(written);
  const read = (path: string): FileReading => readFile(isAbsolute(path) ? path : join(dirname(fileName), path));
  const tls = isTlsOn(property(written, "tls_server_config"))
    ? readTls(property(written, "tls_server_config"), result.data?.tls, read)
    : { problems: [] };
  const problems = [
    ...documentProblems(result.error, written, webConfigJsonSchema),
    ...webConfigRelations(written),
    ...tls.problems,
  ].map(({ path, message, at }) => tree.problemAt(path, message, at));
  if (!result.success || problems.length > 0) throw new ConfigError(problems.toSorted(byPlace), fileName);

  const { http2, headers, users, rateLimit } = result.data;
  return {
    tls: tls.config,
    http2,
    headers: new Map(
      Object.entries(headers).flatMap(([name, value = ""]) =>
        value === "" ? [] : [[name, headerValue(value)] as const],
      ),
    ),
    users: new Map([...users].map(([user, hash]) => [user, secret(hash)])),
    rateLimit,
  };
}

/** Texts stand as they are written, whatever else YAML makes of them: a user may be called 007. */
function readScalar(scalar: Scalar, path: ConfigPath): { readonly value: unknown } {
  const { value, source } = scalar;
  if (typeof value === "string") return { value };
  // In a map of texts and in a list nothing is an empty text; elsewhere it is the default.
  if (value === null) return { value: isEntry(path) ? "" : undefined };
  return { value: TYPED_KEYS.has(path.at(-1)) ? value : source };
}

function isEntry([section, key, ...rest]: ConfigPath): boolean {
  return section === "basic_auth_users" ? key !== undefined : rest.length > 0;
}

/**
 * Reads what `tls_server_config` names, also when something else is wrong with it. `document` is the same with its names read;
 * `undefined` when that failed.
 */
function readTls(
  written: unknown,
  document: WebConfigDocument["tls"] | undefined,
  read: (path: string) => FileReading,
): { readonly config?: WebTlsConfig; readonly problems: readonly DocumentProblem[] } {
  const problems: DocumentProblem[] = [];
  const tell = (key: string, message: string): void =>
    void problems.push({ path: ["tls_server_config", key], message, at: "value" });

  function textOf(name: string): { readonly key: string; readonly text: string } | undefined {
    const file = property(written, `${name}_file`);
    if (typeof file === "string" && file !== "") {
      const key = `${name}_file`;
      const reading = read(file);
      if ("text" in reading) return { key, text: reading.text };
      tell(key, reading.problem);
      return undefined;
    }
    const inline = property(written, name);
    return typeof inline === "string" && inline !== "" ? { key: name, text: inline } : undefined;
  }

  const certificate = textOf("cert");
  const key = textOf("key");
  const authorities = textOf("client_ca");
  const wrong = tlsIdentityProblems(certificate?.text, key?.text);
  if (certificate !== undefined && wrong.certificate !== undefined) tell(certificate.key, wrong.certificate);
  if (key !== undefined && wrong.key !== undefined) tell(key.key, wrong.key);
  const clientAuthorities = authorities && readableCertificates(authorities.text);
  if (authorities !== undefined && clientAuthorities?.length === 0) {
    tell(authorities.key, "there is no certificate in PEM in it, so no client could be verified");
  }
  if (document === undefined || certificate === undefined || key === undefined || problems.length > 0)
    return { problems };

  const { clientCertificates, allowedSans, ciphers, curves, minVersion, maxVersion, prefersServerCiphers } = document;
  const config: WebTlsConfig = {
    certificate: certificate.text,
    key: secret(key.text),
    clientCertificates,
    clientAuthorities,
    allowedSans,
    ciphers,
    curves,
    minVersion,
    maxVersion,
    prefersServerCiphers,
  };
  if (!isServable(config))
    tell(certificate.key, "OpenSSL does not take it; it may be signed with a hash that is too weak");
  return { problems, config };
}

/** As Go writes a header: a line break becomes a space. */
function headerValue(text: string): string {
  // eslint-disable-next-line no-control-regex -- these are what a header must not hold
  return text.replaceAll(/[\u0000-\u0008\u000A-\u001F\u007F]/gu, " ").trim();
}
