import { ConfigError, readConfig } from "@fc-async/daemon";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";

const env = { KEY_ID: "LTAI5tExampleKeyId0000", EMPTY: "" };

function problemsOf(text: string, fileProblem?: (path: string) => string | undefined): readonly string[] {
  try {
    readConfig(text, { fileName: "fc-async.yaml", env, fileProblem });
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
}

function withAccount(line: string): string {
  return `accounts:\n  - account_id: "1"\n    regions: [cn-hangzhou]\n    ${line}\n`;
}

const EVERYTHING_WRONG = `store: "sqlite:./fc-async.db"
pol: { interval: 60s }
poll: { interval: 60, concurrency: 0, max_staleness: soon }
limits: { max_body: 4MB, walk-deadline: 10m, requests_per_second: 0 }
accounts:
  - account_id: 1234567890123456
    alias: prod
    regions: [cn-hangzhou, "China (Hangzhou)", cn-hangzhou]
    credentials: { access_key_id: "\${KEY_ID}", access_key_secret: "\${UNSET_SECRET}" }
    endpoint: http://fc.example.com
    interval: often
  - account_id: "42"
    alias: prod
    regions: []
    credentials: { profile: ops, role_arn: "acs:ram::42:role/r" }
    include: { services: [], function: ["*"] }
  - account_id: "42"
    regions: [cn-beijing]
    credentials: default
    requests_per_second: 3
  - credentials: { access_key_id: a, access_key_secret: b, access_key_secret_file: keys/c }
    constructor: 1
    __proto__: { regions: [cn-hangzhou] }
exporter: { max_info_series: -1 }
slack: { tables: pretty, permissions: [{ group: ops }] }
`;

test("case 39: everything that is wrong is told at once, in the order of the file, with line and column", async () => {
  const problems = problemsOf(EVERYTHING_WRONG, (path) => `no file ${path}`);
  await expect(`${problems.join("\n")}\n`).toMatchFileSnapshot("golden/everything-wrong.golden.txt");
});

test("the details hold the same, taken apart", () => {
  try {
    readConfig(withAccount("credentials: {}"), { fileName: "f.yaml", env });
    expect.unreachable();
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigError);
    expect(error).toMatchObject({ name: "ConfigError", code: "FC_CONFIG" });
    const details = error instanceof ConfigError ? error.details : [];
    expect(details[0]).toMatchObject({ line: 4, column: 18, path: "accounts[0].credentials" });
  }
});

describe("text that is not YAML is told with its place alone", () => {
  test.each([
    ["an open list", "a: [1,\nb: 2\n", "fc-async.yaml:2:1: not valid YAML"],
    ["a tab", "a:\n\tb: 1\n", "fc-async.yaml:2:1: not valid YAML"],
    ["a wrong escape", 'a: "\\q"\n', "fc-async.yaml:1:5: not valid YAML: a backslash"],
    ["a key twice", "store: x\nstore: y\n", "fc-async.yaml:2:1: not valid YAML: this key stands here a second time"],
    ["two documents", "a: 1\n---\nb: 1\n", "fc-async.yaml:2:1: not valid YAML: a second document"],
    ["a tag", "a: !secret x\n", "fc-async.yaml:1:4: not valid YAML: tags"],
    ["a bare variable in braces", "poll: { interval: ${I} }\n", 'needs quotes: "${NAME}"'],
  ])("%s", (_, text, message) => {
    expect(problemsOf(text)[0]).toContain(message);
  });

  test("a line is told once", () => {
    expect(problemsOf("a: { b: ${C} }\n")).toHaveLength(1);
  });
});

test.each([
  ["nothing", "", "fc-async.yaml: the file is empty"],
  ["a comment", "# later\n", "fc-async.yaml: the file is empty"],
  ["a list", "- a\n", "fc-async.yaml:1:1: expected the keys store, poll"],
  ["an alias without its anchor", "accounts: *none\n", "no anchor of this name"],
  ["an alias that holds itself", "accounts: &a\n  - *a\n", "too large"],
])("a file with %s is refused", (_, text, message) => {
  expect(problemsOf(text).join("\n")).toContain(message);
});

test("aliases that multiply are stopped", () => {
  const levels = Array.from({ length: 9 }, (_, n) => `k${n + 1}: &a${n + 1} [${Array(9).fill(`*a${n}`).join(", ")}]`);
  expect(problemsOf(`k0: &a0 [x]\n${levels.join("\n")}\n`).join("\n")).toContain("too large");
});

test.each([
  ["sqlite:./fc-async.db", "sqlite: is not built yet"],
  ["postgres://u:ExampleSecret@h/db", "postgres: is not built yet"],
  ["memory", 'expected "memory:"'],
])("the store %s is refused", (store, message) => {
  const problems = problemsOf(`store: "${store}"\n${withAccount("credentials: default")}`);
  expect(problems).toHaveLength(1);
  expect(problems[0]).toContain(message);
  expect(problems[0]).not.toContain("ExampleSecret");
});

test.each([
  ["60", "no unit"],
  ["60 s", "a space"],
  ["1h30m", "two units"],
  ["-1s", "a sign"],
  ["50ms", "too short"],
  ["25h", "too long"],
  ["1e3s", "an exponent"],
])("an interval of %s is refused: %s", (interval) => {
  expect(problemsOf(`poll: { interval: "${interval}" }\n${withAccount("credentials: default")}`)).toEqual([
    "fc-async.yaml:1:19: poll.interval: expected a duration from 100ms to 1d with its unit (ms, s, m, h, d), such as 60s",
  ]);
});

test.each([
  ["ftp://h", "begins with https://"],
  ["fc.example.com", "expected a URL"],
  ["http://fc.example.com", "use https"],
  ["http://localhost.example.com", "use https"],
  ["http://notlocalhost", "use https"],
  ["http://127.0.0.1.example.com", "use https"],
  ["https://user:ExampleSecret@h", "user or a password"],
  ["https://h/path", "no path"],
  ["https://h/?q=1", "no path or query"],
  ["https://100.100.100.200", "metadata addresses"],
  ["https://0xa9fea9fe", "metadata addresses"],
  ["https://[fe80::1]", "link-local"],
  ["https://{account}.h", "only {account_id} and {region}"],
  ["https://{account_id.h", "only {account_id} and {region}"],
])("the endpoint %s is refused", (endpoint, message) => {
  const problems = problemsOf(
    withAccount(`{ credentials: default, endpoint: "${endpoint}" }`.replace(/^\{ | \}$/gu, "").replace(", ", "\n    ")),
  );
  expect(problems).toHaveLength(1);
  expect(problems[0]).toContain("accounts[0].endpoint: ");
  expect(problems[0]).toContain(message);
  expect(problems[0]).not.toContain("ExampleSecret");
});

test.each([
  ["interval: 10m, max_staleness: 15m", "at least 20m"],
  ["max_staleness: 119s", "at least 2m"],
])("lists may not vanish before the next two polls: %s", (poll, least) => {
  const [problem, ...others] = problemsOf(`poll: { ${poll} }\n${withAccount("credentials: default")}`);
  expect(others).toEqual([]);
  expect(problem).toMatch(/^fc-async\.yaml:1:\d+: poll\.max_staleness: shorter than two intervals/u);
  expect(problem).toContain(`${least}, or 0 for never`);
});

test.each(["interval: 10m, max_staleness: 20m", "interval: 1d, max_staleness: 0", "interval: 10m"])(
  "%s is right",
  (poll) => {
    expect(problemsOf(`poll: { ${poll} }\n${withAccount("credentials: default")}`)).toEqual([]);
  },
);

test("two accounts without an id are not told to be one", () => {
  const accounts =
    "accounts:\n  - { regions: [cn-a], credentials: default }\n  - { regions: [cn-a], credentials: default }\n";
  expect(problemsOf(accounts).map((problem) => problem.split(": ")[1])).toEqual([
    "accounts[0].account_id",
    "accounts[1].account_id",
  ]);
});

test("a byte order mark moves nothing", () => {
  expect(problemsOf(`\uFEFFbogus: 1\n${withAccount("credentials: default")}`)[0]).toMatch(
    /^fc-async\.yaml:1:1: bogus/u,
  );
});

const role = (keys: string): string => `{ role_arn: "acs:ram::1:role/r", ${keys} }`;

describe("credentials", () => {
  test.each([
    ["keys", "expected default"],
    ["[]", "expected default"],
    ["{ access_key_id: a }", "missing access_key_secret (or access_key_secret_file)"],
    ["{ access_key_secret: a }", "missing access_key_id (or access_key_id_file)"],
    ["{ access_key_id: a, access_key_secret: b, access_key_secret_file: c }", "not both"],
    ["{ access_key_id: a, access_key_secret: 7 }", "access_key_secret: expected an access key secret"],
    ['{ access_key_id: a, access_key_secret: "${EMPTY}" }', "access_key_secret: expected an access key secret"],
    ["{ access_key_id: a, acces_key_secret: b }", "unknown key; did you mean access_key_secret?"],
    ["{ profile: a, uri: b }", "uri: does not go with the other keys"],
    ["{ role_arn: reader }", "role_arn: expected a role"],
    ["{ uri: /keys }", "uri: expected an http or https URL"],
    ["{ access_key_id: 5 }", "missing access_key_secret (or access_key_secret_file)"],
    ["{ access_key_id: 5, access_key_secret: a, access_key_secret_file: b }", "access_key_secret_file, not both"],
    ["{ access_key_id: 5, access_key_secret: a }", "access_key_id: expected an access key id"],
    ["{ ecs_ram_role: acs:ram::1:role/r }", "ecs_ram_role: expected the name of the machine's role, not its ARN"],
    ["{ ecs_ram_role: r, profile: a }", "ecs_ram_role: does not go with the other keys"],
    ["{ oidc: { rol_arn: r } }", "credentials.oidc.rol_arn: unknown key; did you mean role_arn?"],
    ["{ oidc: { oidc_provider_arn: p } }", "oidc_provider_arn: expected an OIDC provider"],
    ["{ oidc: { duration: 15m } }", "duration: expected a duration from 20m to 12h"],
    ["{ profile: a, source: default }", "source: does not go with the other keys"],
    [role("duration: 13h"), "duration: expected a duration from 20m to 12h"],
    [role("session_name: a b"), "session_name: expected 2 to 64 letters"],
    [role("external_id: 'a b'"), "external_id: expected 2 to 1224 letters"],
    [role("policy: '{'"), "policy: expected a RAM policy as JSON"],
    [role("sts_endpoint: 'https://sts.aliyuncs.com'"), "sts_endpoint: expected a host name"],
    [role("sts_endpoint: 100.100.100.200"), "sts_endpoint: expected a host name; metadata addresses are refused"],
    [role("sesion_name: a"), "credentials.sesion_name: unknown key; did you mean session_name?"],
    [role("source: keys"), "credentials.source: expected default, ecs_ram_role, oidc"],
    [role('source: { role_arn: "acs:ram::1:role/s" }'), "source.role_arn: unknown key"],
    [role("source: { access_key_id: a }"), "source: missing access_key_secret (or access_key_secret_file)"],
    [role("source: { uri: b }"), "credentials.source.uri: expected an http or https URL"],
    [role("source: { oidc: { role_arn: r } }"), "credentials.source.oidc.role_arn: expected a role"],
    [role("source: { prfile: a }"), "credentials.source.prfile: unknown key; did you mean profile?"],
  ])("%s", (credentials, message) => {
    expect(problemsOf(withAccount(`credentials: ${credentials}`)).join("\n")).toContain(message);
  });

  test("files are checked also when something else is wrong", () => {
    const text = withAccount("credentials: { access_key_id: a, access_key_secret_file: keys/none }\n    regoins: []");
    expect(problemsOf(text, (path) => `${path} is missing`)).toEqual([
      "fc-async.yaml:4:62: accounts[0].credentials.access_key_secret_file: keys/none is missing",
      "fc-async.yaml:5:5: accounts[0].regoins: unknown key; did you mean regions?",
    ]);
  });
});

test("a variable that is not set is told once, at its place", () => {
  expect(problemsOf(withAccount('credentials: { profile: "${NONE}" }'))).toEqual([
    "fc-async.yaml:4:29: accounts[0].credentials.profile: the environment variable NONE is not set",
  ]);
});

test.each(["${}", "${NONE", "${A:-b}", "${1A}"])("%s is no variable", (text) => {
  expect(problemsOf(withAccount(`credentials: { profile: "${text}" }`))[0]).toContain('a "${" must begin a variable');
});

test("a target that stands in two accounts is told where it stood first", () => {
  const one = '  - { account_id: "1", regions: [cn-hangzhou], credentials: default }\n';
  expect(problemsOf(`accounts:\n${one}${one}`)).toEqual([
    "fc-async.yaml:3:34: accounts[1].regions[0]: this account and region stand already at accounts[0].regions[0]",
  ]);
});

test("no text makes the reader fail with anything but ConfigError", () => {
  const key = fc.constantFrom(
    "store",
    "poll",
    "accounts",
    "credentials",
    "regions",
    "__proto__",
    "a",
    "- b",
    "? c",
    "&x",
    "*x",
  );
  const value = fc.oneof(fc.constantFrom("[", "{ a: b }", "${A}", "!t", "|", "~", "1e400", "'", "- "), fc.string());
  const line = fc.tuple(fc.nat(6), key, value).map(([depth, name, text]) => `${" ".repeat(depth)}${name}: ${text}`);
  fc.assert(
    fc.property(fc.array(line, { maxLength: 12 }), (lines) => {
      expect(problemsOf(lines.join("\n")).length).toBeGreaterThan(0);
    }),
    { numRuns: 500 },
  );
});
