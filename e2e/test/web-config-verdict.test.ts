import { spawnSync } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { renderWebConfigDocs, webConfigProblems } from "@fc-async/daemon";
import { expect, test } from "vitest";
import { makeAuthority, selfSigned } from "../certificates.ts";
import { requireProgram } from "../required-program.ts";
import { temporaryFolder } from "../temporary-folder.ts";

const HASH = "$2y$10$N58YJFFPazfciy57CTHogelFFO.sHUUe91oXeIIDBlzep9TIYvM4S";
const PAIR = "cert_file: server.crt, key_file: server.key";
const tls = (keys: string, rest = ""): string => `tls_server_config: { ${keys} }\n${rest}`;
const served = (keys: string, rest = ""): string => tls(`${PAIR}, ${keys}`, rest);
const headers = (keys: string): string => `http_server_config: { headers: { ${keys} } }`;
const VERIFIED = "client_auth_type: RequireAndVerifyClientCert, client_ca_file: ca.crt";

const GOOD: readonly (readonly [string, string])[] = [
  ["an empty file", ""],
  ["a comment", "# nothing yet\n"],
  ["nothing", "~"],
  ["sections without keys", "tls_server_config:\nhttp_server_config: {}\nbasic_auth_users:\n"],
  ["a certificate and its key", tls(PAIR)],
  ["paths from the root", tls("cert_file: FOLDER/server.crt, key_file: FOLDER/server.key")],
  ["a certificate and its key in one file", tls("cert_file: both.pem, key_file: both.pem")],
  ["an RSA key", tls("cert_file: rsa.crt, key_file: rsa.key")],
  ["an Ed25519 key", tls("cert_file: ed25519.crt, key_file: ed25519.key")],
  ...["NoClientCert", "RequestClientCert", "RequireClientCert", "RequireAnyClientCert", "VerifyClientCertIfGiven"].map(
    (type) => [`client_auth_type ${type}`, served(`client_auth_type: ${type}`)] as const,
  ),
  ["client_auth_type empty", served('client_auth_type: ""')],
  ["client certificates verified", served(VERIFIED)],
  ["client certificates verified by the system's authorities", served("client_auth_type: RequireAndVerifyClientCert")],
  ["versions", served("min_version: TLS10, max_version: TLS13")],
  ["versions that are null", served("min_version: , max_version: ~")],
  ["TLS 1.3 alone", served("min_version: TLS13")],
  [
    "cipher suites",
    served("cipher_suites: [TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256, TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA]"),
  ],
  ["cipher suites that are none", served("cipher_suites: []")],
  [
    "cipher suites without HTTP/2",
    served("cipher_suites: [TLS_RSA_WITH_AES_128_CBC_SHA]", "http_server_config: { http2: false }"),
  ],
  ["cipher suites that TLS 1.3 makes idle", served("cipher_suites: [TLS_AES_128_GCM_SHA256], min_version: TLS13")],
  ["curves", served("curve_preferences: [X25519, CurveP256, CurveP384, CurveP521]")],
  ["the client's order of ciphers", served("prefer_server_cipher_suites: no")],
  ["versions without TLS", tls("min_version: TLS13, max_version: TLS12")],
  ["HTTP/2 off", "http_server_config: { http2: off }"],
  [
    "all headers",
    headers(
      "Strict-Transport-Security: max-age=31536000, X-Content-Type-Options: nosniff, X-Frame-Options: sameorigin, X-XSS-Protection: 0, Content-Security-Policy: default-src 'self'",
    ),
  ],
  ["a header that is a number", headers("Strict-Transport-Security: 1")],
  ["a header that is nothing", headers("X-XSS-Protection: ")],
  ["users", `basic_auth_users: { alice: "${HASH}", bob: "${HASH.replace("2y", "2a")}" }`],
  ["a user that is a number", `basic_auth_users: { 007: "${HASH}" }`],
  ["a user without a name", `basic_auth_users: { "": "${HASH}" }`],
  ["a user with a strange name", `basic_auth_users: { __proto__: "${HASH}" }`],
  ["a hash by an anchor", `basic_auth_users: { alice: &hash "${HASH}", bob: *hash }`],
  ["a hash of an old kind", `basic_auth_users: { alice: "${HASH.replace("2y", "2")}!" }`],
  ["a hash with something behind it", `basic_auth_users: { alice: "${HASH}xyz" }`],
  ["users and TLS", tls(PAIR, `basic_auth_users: { alice: "${HASH}" }`)],
  ["a byte order mark", `\uFEFFbasic_auth_users: { alice: "${HASH}" }`],
];

const BAD: readonly (readonly [string, string])[] = [
  ["no YAML", "{"],
  ["a tab", "tls_server_config:\n\tcert_file: server.crt\n"],
  ["a text", "web"],
  ["a list", "[]"],
  ["an unknown key", "rate_limits: {}"],
  ["an unknown key of TLS", served("passphrase: x")],
  ["a key in the wrong case", "TLS_server_config: {}"],
  ["a key twice", "basic_auth_users:\nbasic_auth_users:\n"],
  ["a section that is a text", "http_server_config: yes"],
  ["no certificate", tls("key_file: server.key")],
  ["no key", tls("cert_file: server.crt")],
  ["an empty certificate", tls('cert_file: "", key_file: server.key')],
  ["an empty key", tls('cert_file: server.crt, key_file: ""')],
  ["neither, but a policy", tls("client_auth_type: NoClientCert")],
  ["neither, but authorities", tls("client_ca_file: ca.crt")],
  ["a certificate that is not there", tls("cert_file: none.crt, key_file: server.key")],
  ["a key that is not there", tls("cert_file: server.crt, key_file: none.key")],
  ["neither of them there", tls("cert_file: none.crt, key_file: none.key")],
  ["a folder", tls("cert_file: ., key_file: .")],
  ["authorities that are not there", served("client_auth_type: RequireAndVerifyClientCert, client_ca_file: none.crt")],
  ["the key of another", tls("cert_file: server.crt, key_file: rsa.key")],
  ["a certificate for a key", tls("cert_file: server.crt, key_file: server.crt")],
  ["a key for a certificate", tls("cert_file: server.key, key_file: server.key")],
  ["a key with a passphrase", tls("cert_file: rsa.crt, key_file: locked.key")],
  ["a certificate that is not PEM", tls("cert_file: server.der, key_file: server.key")],
  ["a curve that Go does not know", tls("cert_file: koblitz.crt, key_file: koblitz.key")],
  ["authorities without a policy", served("client_ca_file: ca.crt")],
  ["a policy that does not exist", served("client_auth_type: requireAndVerifyClientCert")],
  ["a cipher that does not exist", served("cipher_suites: [TLS_MADE_UP]")],
  ["a cipher that is insecure", served("cipher_suites: [TLS_RSA_WITH_RC4_128_SHA]")],
  ["a cipher by OpenSSL's name", served("cipher_suites: [ECDHE-RSA-AES128-GCM-SHA256]")],
  ["ciphers that are no list", served("cipher_suites: TLS_AES_128_GCM_SHA256")],
  ["a curve that does not exist", served("curve_preferences: [CurveP123]")],
  ["a curve in the wrong case", served("curve_preferences: [x25519]")],
  ["a version that does not exist", served("min_version: TLS14")],
  ["a version that is empty", served('max_version: ""')],
  ["a switch that is a number", "http_server_config: { http2: 1 }"],
  ["a switch in quotes", served('prefer_server_cipher_suites: "true"')],
  ["a header that may not be set", headers("Content-Type: text/plain")],
  ["a header in the wrong case", headers("x-frame-options: deny")],
  ["X-Frame-Options that may not be", headers("X-Frame-Options: allow-from")],
  ["X-Frame-Options that is nothing", headers("X-Frame-Options: ")],
  ["X-Content-Type-Options that may not be", headers("X-Content-Type-Options: sniff")],
  ["users that are a list", "basic_auth_users: [alice]"],
  ["a password", "basic_auth_users: { alice: ExamplePassword0000 }"],
  ["no password", "basic_auth_users: { alice: }"],
  ["a list for a hash", `basic_auth_users: { alice: ["${HASH}"] }`],
  ["a hash that is cut", `basic_auth_users: { alice: "${HASH.slice(0, 58)}" }`],
  ["a hash that costs too much", `basic_auth_users: { alice: "${HASH.replace("$10", "$32")}" }`],
  ["a hash that costs too little", `basic_auth_users: { alice: "${HASH.replace("$10", "$03")}" }`],
  ["a hash whose cost is no number", `basic_auth_users: { alice: "${HASH.replace("$10", "$xx")}" }`],
  ["a hash of a newer kind", `basic_auth_users: { alice: "${HASH.replace("$2", "$3")}" }`],
];

/** promtool takes them: they start, and then serve nobody, or not what was meant. exporter-toolkit tests the first two as bad files. */
const SERVES_NOBODY: readonly (readonly [string, string])[] = [
  ["no cipher for HTTP/2", served("cipher_suites: [TLS_RSA_WITH_AES_128_CBC_SHA], max_version: TLS12")],
  [
    "authorities without a certificate",
    served("client_auth_type: VerifyClientCertIfGiven, client_ca_file: server.key"),
  ],
  ["the newest version below the oldest", served("min_version: TLS13, max_version: TLS12")],
  ["an RSA key that OpenSSL refuses", tls("cert_file: short.crt, key_file: short.key")],
  ["a second document", "basic_auth_users:\n---\nanything: at all\n"],
  ["a header beyond ASCII", headers("X-XSS-Protection: ä")],
];

/**
 * Keys that exporter-toolkit got after promtool 2.42, which calls them unknown. Until a newer one runs here, the verdict is that of
 * the toolkit's current source: web/tls_config.go, `Config`, `ConfigToTLSConfig` and `VerifyPeerCertificate`.
 */
const NEWER_GOOD: readonly (readonly [string, string])[] = [
  ["names of clients", served(`${VERIFIED}, client_allowed_sans: [prometheus, 127.0.0.1, 7]`)],
  [
    "names of clients whose certificate nobody verifies",
    served("client_auth_type: RequireAnyClientCert, client_allowed_sans: []"),
  ],
  ["names of clients without TLS", tls("client_allowed_sans: [prometheus]")],
  ["a certificate and its key in the file", "tls_server_config:\n  cert: |\nCERT\n  key: |\nKEY\n"],
  ["a file before what is written", served("cert: nothing, key: nothing")],
  [
    "authorities in the file",
    `tls_server_config:\n  ${PAIR.replace(", ", "\n  ")}\n  client_auth_type: RequireAndVerifyClientCert\n  client_ca: |\nCERT\n`,
  ],
  ["a rate limit", "rate_limit: { interval: 1s, burst: 10 }"],
  ["a rate limit in nanoseconds", "rate_limit: { interval: 1000000, burst: 10 }"],
  ["no rate limit", "rate_limit: { interval: 0, burst: 0 }"],
];
const NEWER_BAD: readonly (readonly [string, string])[] = [
  ["an empty certificate in the file", tls('cert: "", key: x')],
  ["an empty key in the file", tls('cert_file: server.crt, key: ""')],
  ["a certificate in the file that is none", tls("cert: nothing, key_file: server.key")],
  ["names of clients who need no certificate", served("client_allowed_sans: [prometheus]")],
  [
    "names of clients who may have none",
    served("client_auth_type: VerifyClientCertIfGiven, client_allowed_sans: [prometheus]"),
  ],
  ["authorities in the file without a policy", served("client_ca: nothing")],
  ["an interval without a unit", 'rate_limit: { interval: "1", burst: 1 }'],
  ["a burst that is a text", 'rate_limit: { interval: 1s, burst: "1" }'],
];

const NEWER_KEY = /field (?:cert|key|client_ca|client_allowed_sans|rate_limit) not found in type web\./u;

test("the verdict on a web config is promtool's", async (context) => {
  for (const program of ["promtool", "openssl"]) requireProgram(program, context);
  const folder = await temporaryFolder();
  await writeIdentities(folder);
  const pem = async (name: string): Promise<string> =>
    (await readFile(join(folder, name), "utf8")).trimEnd().replaceAll(/^/gmu, "    ");
  const [certificate, key] = [await pem("server.crt"), await pem("server.key")];

  const groups = { GOOD, BAD, SERVES_NOBODY, NEWER_GOOD, NEWER_BAD };
  const cases = Object.entries(groups).flatMap(([group, files]) =>
    files.map(([name, text], index) => ({ group, name, text, file: join(folder, `${group}-${index}.yml`) })),
  );
  for (const { file, text } of cases) {
    await writeFile(file, text.replaceAll("FOLDER", folder).replace("CERT", certificate).replace("KEY", key));
  }
  const { stdout, stderr } = spawnSync("promtool", ["check", "web-config", ...cases.map(({ file }) => file)], {
    encoding: "utf8",
  });
  // Each file begins a line with its name, and what is wrong may take several.
  const said = new Map(
    `${stdout}${stderr}`.split(`${folder}/`).map((part) => [join(folder, part.split(" ", 1)[0] ?? ""), part]),
  );
  const verdicts = cases.map(({ group, name, file }) => {
    const promtool = said.get(file) ?? "";
    const judged = / SUCCESS/u.test(promtool) ? "good" : / FAILED/u.test(promtool) ? "bad" : "nothing";
    const problems = webConfigProblems(file);
    return {
      name: `${group}: ${name}`,
      promtool: NEWER_KEY.test(promtool) ? "too old" : judged,
      ours: problems.length === 0 ? "good" : "bad",
    };
  });
  const expectedOf = (group: string): readonly [string | undefined, string] =>
    group === "SERVES_NOBODY"
      ? ["good", "bad"]
      : [group.endsWith("GOOD") ? "good" : "bad", group.endsWith("GOOD") ? "good" : "bad"];
  expect(verdicts).toEqual(
    cases.map(({ group, name }, index) => {
      const [promtool, ours] = expectedOf(group);
      const isTooOld = group.startsWith("NEWER") && verdicts[index]?.promtool === "too old";
      return { name: `${group}: ${name}`, promtool: isTooOld ? "too old" : promtool, ours };
    }),
  );
}, 60_000);

test("the examples of the documentation are right for promtool", async (context) => {
  for (const program of ["promtool", "openssl"]) requireProgram(program, context);
  const folder = await temporaryFolder();
  await writeIdentities(folder);
  const examples = [...renderWebConfigDocs().matchAll(/```yaml\n(?<yaml>.*?)```/gsu)].map(
    ({ groups }) => groups?.["yaml"] ?? "",
  );
  const [web = "", prometheus = ""] = examples;
  expect(examples).toHaveLength(2);
  await writeFile(join(folder, "web.yaml"), web);
  await writeFile(join(folder, "prometheus.yml"), prometheus);
  await writeFile(join(folder, "fc-async.password"), "ExamplePassword0000");
  for (const [kind, file] of [
    ["web-config", "web.yaml"],
    ["config", "prometheus.yml"],
  ] as const) {
    const { status, stdout, stderr } = spawnSync("promtool", ["check", kind, join(folder, file)], { encoding: "utf8" });
    expect(status, stdout + stderr).toBe(0);
  }
  expect(webConfigProblems(join(folder, "web.yaml"))).toEqual([]);
});

async function writeIdentities(folder: string): Promise<void> {
  const authority = makeAuthority(folder, "ca");
  const server = await authority.issue("server", "DNS:localhost,IP:127.0.0.1");
  await authority.issue("prometheus", "DNS:prometheus");
  for (const name of ["prometheus-ca", "server-ca"]) {
    await writeFile(join(folder, `${name}.crt`), await readFile(authority.certificate));
  }
  const rsa = selfSigned(folder, "rsa", [], ["-newkey", "rsa:2048", "-nodes"]);
  selfSigned(folder, "short", [], ["-newkey", "rsa:1024", "-nodes"]);
  selfSigned(folder, "ed25519", [], ["-newkey", "ed25519", "-nodes"]);
  selfSigned(folder, "koblitz", [], ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:secp256k1", "-nodes"]);
  const certificate = await readFile(server.certificate);
  const key = await readFile(server.key);
  await writeFile(join(folder, "both.pem"), Buffer.concat([key, certificate]));
  spawnSync("openssl", ["x509", "-in", server.certificate, "-outform", "der", "-out", join(folder, "server.der")]);
  const locked = ["-aes128", "-passout", "pass:ExamplePassphrase0000", "-out", join(folder, "locked.key")];
  spawnSync("openssl", ["rsa", "-in", rsa.key, ...locked]);
}
