import { ConfigError, readWebConfig, type FileReading } from "@fc-async/daemon";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";

const HASH = "$2y$10$N58YJFFPazfciy57CTHogelFFO.sHUUe91oXeIIDBlzep9TIYvM4S";

function problemsOf(
  text: string,
  readFile: (path: string) => FileReading = (path) => ({ problem: `no file ${path}` }),
): readonly string[] {
  try {
    readWebConfig(text, { fileName: "conf/web.yaml", readFile });
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
}

const EVERYTHING_WRONG = `tls_server_config:
  cert_file: server.crt
  key: not a key
  client_auth_type: requireandverifyclientcert
  client_ca: nothing
  client_allowed_sans: prometheus
  min_version: TLS13
  max_version: SSL30
  cipher_suites: [TLS_RSA_WITH_RC4_128_SHA, { a: b }]
  curve_preferences: [P-256]
  prefer_server_cipher_suites: "true"
  certfile: x
http_server_config:
  http2: 1
  headers:
    Content-Type: text/plain
    X-Frame-Options: DENY
    X-Content-Type-Options:
basic_auth_users:
  alice: ExamplePassword0000
  bob: $2y$32$N58YJFFPazfciy57CTHogelFFO.sHUUe91oXeIIDBlzep9TIYvM4S
  carol:
rate_limit: { interval: soon, burst: "1" }
rate_limits: {}
`;

test("everything that is wrong is told at once, in the order of the file, with line and column", async () => {
  const problems = problemsOf(EVERYTHING_WRONG);
  expect(problems.join("\n")).not.toContain("ExamplePassword0000");
  await expect(`${problems.join("\n")}\n`).toMatchFileSnapshot("golden/web-config-wrong.golden.txt");
});

test("what does not go together is told at its place", () => {
  const text = `tls_server_config:
  key_file: server.key
  client_ca_file: ca.crt
  client_allowed_sans: [prometheus]
  min_version: TLS12
  max_version: TLS11
  cipher_suites: [TLS_RSA_WITH_AES_128_CBC_SHA]
rate_limit: { interval: 1s }
`;
  expect(problemsOf(text, () => ({ text: "nothing" }))).toEqual([
    expect.stringMatching(/^conf\/web\.yaml:2:3: tls_server_config: missing cert_file \(or cert\)/u),
    expect.stringMatching(/:2:13: tls_server_config\.key_file: there is no private key/u),
    expect.stringMatching(/:3:19: tls_server_config\.client_ca_file: authorities .* none is asked for/u),
    expect.stringMatching(/:3:19: tls_server_config\.client_ca_file: there is no certificate/u),
    expect.stringMatching(/:4:24: tls_server_config\.client_allowed_sans: a client may come without/u),
    expect.stringMatching(/:6:16: tls_server_config\.max_version: max_version is older/u),
    expect.stringMatching(/:7:18: tls_server_config\.cipher_suites: HTTP\/2 needs TLS_ECDHE_RSA/u),
    expect.stringMatching(/:8:13: rate_limit: with an interval, a burst below 1/u),
  ]);
});

test("relative paths start at the folder of the file, absolute ones stay", () => {
  const paths: string[] = [];
  problemsOf("tls_server_config: { cert_file: server.crt, key_file: /keys/server.key }", (path) => {
    paths.push(path);
    return { problem: "" };
  });
  expect(paths).toEqual(["conf/server.crt", "/keys/server.key"]);
});

test.each(["", "# nothing\n", "~", "tls_server_config:\nhttp_server_config:\nbasic_auth_users:\nrate_limit:\n"])(
  "nothing is on in %j",
  (text) => {
    const config = readWebConfig(text, { fileName: "w.yml", readFile: () => ({ problem: "" }) });
    expect(config).toEqual({ tls: undefined, http2: true, headers: new Map(), users: new Map(), rateLimit: undefined });
  },
);

test("keys that switch nothing on leave TLS off, as in exporter-toolkit", () => {
  expect(problemsOf("tls_server_config: { min_version: TLS13, max_version: TLS12, client_allowed_sans: [a] }")).toEqual(
    [],
  );
});

test("users are named as they are written, whatever else YAML makes of it", () => {
  const text = `basic_auth_users: { 007: "${HASH}", yes: "${HASH}", "": "${HASH}", __proto__: "${HASH}" }`;
  const { users } = readWebConfig(text, { fileName: "w.yml", readFile: () => ({ problem: "" }) });
  expect([...users.keys()].toSorted()).toEqual(["", "007", "__proto__", "yes"]);
  expect(JSON.stringify([...users])).not.toContain(HASH);
});

describe("durations are Go's", () => {
  test.each([
    ["1s", 1000],
    ["1h1m1.5s", 3_661_500],
    ["250us", 0.25],
    ["1µs", 0.001],
    [".5s", 500],
    ["5.s", 5000],
    ["1000000", 1],
    ['"0"', undefined],
    ["0", undefined],
    ["-1s", undefined],
  ])("%s", (interval, intervalMs) => {
    const { rateLimit } = readWebConfig(`rate_limit: { interval: ${interval}, burst: 1 }`, {
      fileName: "w.yml",
      readFile: () => ({ problem: "" }),
    });
    expect(rateLimit?.intervalMs).toEqual(intervalMs === undefined ? undefined : expect.closeTo(intervalMs, 9));
  });

  test.each(["1", '"1"', "1d", "1 s", "s", "1.5", '""', "1s-1s", "."])("%s is none, or nanoseconds", (interval) => {
    const problems = problemsOf(`rate_limit: { interval: ${interval}, burst: 1 }`);
    expect(problems).toHaveLength(interval === "1" ? 0 : 1);
  });
});

test.each([
  ["two documents", "basic_auth_users:\n---\na: 1\n", "a second document"],
  ["a merge key", "x: &x {}\nhttp_server_config: { <<: *x }\n", "unknown key"],
  [
    "a header beyond ASCII",
    "http_server_config: { headers: { X-XSS-Protection: ä } }",
    "expected a text of ASCII letters",
  ],
  ["a list", "[]", "expected the keys tls_server_config"],
  ["a tab", "a:\n\tb: 1\n", "not valid YAML"],
])("%s is refused", (_, text, message) => {
  expect(problemsOf(text).join("\n")).toContain(message);
});

test("a file whose only user has a strange name lets in nobody else", () => {
  const { users } = readWebConfig(`basic_auth_users: { __proto__: "${HASH}" }`, {
    fileName: "w.yml",
    readFile: () => ({ problem: "" }),
  });
  expect(users.size).toBe(1);
});

test("a dollar sign in a value is a dollar sign", () => {
  const text = "http_server_config: { headers: { Content-Security-Policy: '${HOME} $x' } }";
  const { headers } = readWebConfig(text, { fileName: "w.yml", readFile: () => ({ problem: "" }) });
  expect(headers).toEqual(new Map([["Content-Security-Policy", "${HOME} $x"]]));
});

test("no text makes the reader fail with anything but ConfigError, nor tells a value", () => {
  const key = fc.constantFrom(
    "tls_server_config",
    "cert",
    "key_file",
    "client_allowed_sans",
    "cipher_suites",
    "http_server_config",
    "headers",
    "X-Frame-Options",
    "basic_auth_users",
    "rate_limit",
    "interval",
    "__proto__",
    "- b",
    "<<",
  );
  const value = fc.oneof(
    fc.constantFrom("[", "{ a: b }", "!t", "|", "~", "1e400", "'", "- ", "yes", "0x10", "2001-01-01", "canary-0000"),
    fc.string(),
  );
  const line = fc.tuple(fc.nat(4), key, value).map(([depth, name, text]) => `${" ".repeat(depth)}${name}: ${text}`);
  fc.assert(
    fc.property(fc.array(line, { maxLength: 10 }), (lines) => {
      expect(problemsOf(lines.join("\n"), () => ({ text: "" })).join("\n")).not.toContain("canary-0000");
    }),
    { numRuns: 500 },
  );
});
