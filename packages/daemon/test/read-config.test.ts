import { configHash, readConfig, type Config, type Environment } from "@fc-async/daemon";
import { describe, expect, test } from "vitest";

const env = { KEY_ID: "LTAI5tExampleKeyId0000", KEY_SECRET: "ExampleSecret0000000000000000", FOUR: "4", HOST: "eu" };

function read(text: string): Config {
  return readConfig(text, { fileName: "etc/fc-async.yaml", env });
}

function account(...lines: readonly string[]): string {
  return [
    "accounts:",
    '  - account_id: "1234567890123456"',
    "    regions: [cn-hangzhou]",
    ...lines.map((line) => `    ${line}`),
    "",
  ].join("\n");
}

const MINIMAL = account("credentials: default");

describe("defaults", () => {
  test("fill in everything that a minimal file leaves out", () => {
    expect(read(MINIMAL)).toEqual({
      store: { engine: "memory" },
      poll: { intervalMs: 60_000, concurrency: 8, maxStalenessMs: 900_000 },
      limits: {
        maxRows: 1_000_000,
        maxPages: 10_000,
        maxBodyBytes: 4_194_304,
        walkDeadlineMs: 600_000,
        requestsPerSecond: 10,
      },
      accounts: [
        {
          accountId: "1234567890123456",
          alias: undefined,
          regions: ["cn-hangzhou"],
          credentials: { type: "default" },
          endpoint: undefined,
          include: { services: ["*"], functions: ["*"] },
          exclude: { services: [], functions: [] },
          intervalMs: 60_000,
          requestsPerSecond: 10,
        },
      ],
      privateHosts: [],
      exporter: { maxInfoSeries: 10_000, maxServiceSeries: 8000 },
      slack: { tables: "auto", permissions: [] },
    });
  });

  test("an account has the interval and the rate of all, or its own", () => {
    const all = "poll: { interval: 30s }\nlimits: { requests_per_second: 5 }\n";
    expect(read(`${all}${MINIMAL}`).accounts[0]).toMatchObject({ intervalMs: 30_000, requestsPerSecond: 5 });
    const own = account("credentials: default", "interval: 10m", "requests_per_second: 0.5");
    expect(read(`${all}${own}`).accounts[0]).toMatchObject({ intervalMs: 600_000, requestsPerSecond: 0.5 });
  });

  test("staleness follows the longest interval of an account", () => {
    const config = read(account("credentials: default", "interval: 1h"));
    expect(config.poll).toEqual({ intervalMs: 60_000, concurrency: 8, maxStalenessMs: 10_800_000 });
  });

  test("staleness follows a long interval: three of them", () => {
    expect(read(`poll: { interval: 10m }\n${MINIMAL}`).poll.maxStalenessMs).toBe(1_800_000);
  });

  test("a staleness of 0 stays 0, which means never, as number and as duration", () => {
    expect(read(`poll: { max_staleness: 0 }\n${MINIMAL}`).poll.maxStalenessMs).toBe(0);
    expect(read(`poll: { max_staleness: 0s }\n${MINIMAL}`).poll.maxStalenessMs).toBe(0);
    expect(read(`poll: { max_staleness: "0" }\n${MINIMAL}`).poll.maxStalenessMs).toBe(0);
  });

  test("a key without a value counts as left out", () => {
    expect(read(`poll:\n  interval:\nslack:\n${MINIMAL}`).poll.intervalMs).toBe(60_000);
  });
});

test.each([
  ["500ms", 500],
  ["60s", 60_000],
  ["1.5m", 90_000],
  ["1h", 3_600_000],
  ["1d", 86_400_000],
])("an interval of %s is %i ms", (text, intervalMs) => {
  expect(read(`poll: { interval: ${text} }\n${MINIMAL}`).poll.intervalMs).toBe(intervalMs);
});

test.each([
  ["1024B", 1024],
  ["64KiB", 65_536],
  ["1GiB", 1_073_741_824],
])("a body limit of %s is %i bytes", (text, maxBodyBytes) => {
  expect(read(`limits: { max_body: ${text} }\n${MINIMAL}`).limits.maxBodyBytes).toBe(maxBodyBytes);
});

/** How a role is assumed when nothing is said about it. */
const SESSION = { sessionName: "fc-async", durationMs: 3_600_000, policy: undefined, stsEndpoint: undefined };

describe("credentials", () => {
  test.each([
    ["{ profile: ops }", { type: "profile", profile: "ops" }],
    ['{ uri: "http://127.0.0.1:8080/keys" }', { type: "uri", uri: "http://127.0.0.1:8080/keys" }],
    ["ecs_ram_role", { type: "ecs_ram_role", roleName: undefined }],
    ["{ ecs_ram_role: fc-reader }", { type: "ecs_ram_role", roleName: "fc-reader" }],
    ["oidc", { type: "oidc", roleArn: undefined, providerArn: undefined, tokenFile: undefined, ...SESSION }],
    ["{ oidc: {} }", { type: "oidc", roleArn: undefined, providerArn: undefined, tokenFile: undefined, ...SESSION }],
    [
      '{ oidc: { role_arn: "acs:ram::123:role/r", oidc_provider_arn: "acs:ram::123:oidc-provider/p", oidc_token_file: token, duration: 20m } }',
      {
        type: "oidc",
        roleArn: "acs:ram::123:role/r",
        providerArn: "acs:ram::123:oidc-provider/p",
        tokenFile: "etc/token",
        ...SESSION,
        durationMs: 1_200_000,
      },
    ],
    [
      '{ role_arn: "acs:ram::123:role/reader" }',
      {
        type: "role_arn",
        roleArn: "acs:ram::123:role/reader",
        source: { type: "default" },
        externalId: undefined,
        ...SESSION,
      },
    ],
    [
      `{ role_arn: "acs:ram::123:role/reader", source: { profile: ops }, external_id: "a:1", session_name: me, policy: '{}', sts_endpoint: sts.example.com }`,
      {
        type: "role_arn",
        roleArn: "acs:ram::123:role/reader",
        source: { type: "profile", profile: "ops" },
        externalId: "a:1",
        sessionName: "me",
        durationMs: 3_600_000,
        policy: "{}",
        stsEndpoint: "sts.example.com",
      },
    ],
  ])("%s is read as its form", (text, credentials) => {
    expect(read(account(`credentials: ${text}`)).accounts[0]?.credentials).toEqual(credentials);
  });

  test("keys from variables are secrets", () => {
    const { credentials } = read(
      account('credentials: { access_key_id: "${KEY_ID}", access_key_secret: "${KEY_SECRET}", security_token: token }'),
    ).accounts[0] ?? { credentials: undefined };
    if (credentials?.type !== "static") throw new Error("expected static credentials");
    const { accessKeySecret, securityToken } = credentials;
    expect(credentials.accessKeyId).toBe("LTAI5tExampleKeyId0000");
    expect("reveal" in accessKeySecret && accessKeySecret.reveal()).toBe("ExampleSecret0000000000000000");
    expect(securityToken !== undefined && "reveal" in securityToken && securityToken.reveal()).toBe("token");
    expect(JSON.stringify(credentials)).not.toContain("ExampleSecret");
  });

  test("relative secret files start at the configuration file, absolute ones stay", () => {
    const config = read(
      account("credentials: { access_key_id_file: keys/id, access_key_secret_file: /run/secrets/fc }"),
    );
    expect(config.accounts[0]?.credentials).toEqual({
      type: "static",
      accessKeyId: { file: "etc/keys/id" },
      accessKeySecret: { file: "/run/secrets/fc" },
      securityToken: undefined,
    });
  });

  test("files of a role's source are resolved likewise", () => {
    const config = read(
      account(
        'credentials: { role_arn: "acs:ram::1:role/r", source: { access_key_id: a, access_key_secret_file: keys/secret } }',
      ),
    );
    expect(config.accounts[0]?.credentials).toMatchObject({ source: { accessKeySecret: { file: "etc/keys/secret" } } });
  });
});

describe("variables", () => {
  test("stand anywhere in a scalar, several times, and as numbers", () => {
    const config = read(
      `poll: { concurrency: "\${FOUR}" }\n${account("credentials: default", "alias: a-${HOST}-${HOST}")}`,
    );
    expect(config.poll.concurrency).toBe(4);
    expect(config.accounts[0]?.alias).toBe("a-eu-eu");
  });

  test("what a variable holds is not expanded again", () => {
    const text = account('credentials: { access_key_id: "${A}", access_key_secret: "${A}" }');
    const config = readConfig(text, { fileName: "f", env: { A: "${B}$1", B: "never" } });
    expect(config.accounts[0]?.credentials).toMatchObject({ accessKeyId: "${B}$1" });
  });

  test("a dollar sign without a brace is itself", () => {
    const config = read(account("credentials: { access_key_id: a$b$$, access_key_secret: x }"));
    expect(config.accounts[0]?.credentials).toMatchObject({ accessKeyId: "a$b$$" });
  });

  test("names that every object has are not variables", () => {
    expect(() => read(account('alias: "${constructor}"', "credentials: default"))).toThrow(
      "variable constructor is not set",
    );
  });
});

test.each([
  "http://{account_id}.{region}.localhost:10407",
  "http://127.0.0.1:10407",
  "http://[::1]:10407/",
  "https://fc.example.com",
  "https://{account_id}.{region}-internal.fc.aliyuncs.com",
])("the endpoint %s is taken as it is", (endpoint) => {
  expect(read(account("credentials: default", `endpoint: "${endpoint}"`)).accounts[0]?.endpoint).toBe(endpoint);
});

test("anchors and aliases share a block", () => {
  const config = read(`accounts:
  - { account_id: "1", regions: [cn-hangzhou], credentials: &keys { profile: ops } }
  - { account_id: "2", regions: [cn-hangzhou], credentials: *keys }
`);
  expect(config.accounts[1]?.credentials).toEqual({ type: "profile", profile: "ops" });
});

test("the hash of a configuration is an exact integer of what is in force, whatever it is written like", () => {
  const hashOf = (text: string, env: Environment = {}): number =>
    configHash(readConfig(text, { fileName: "fc-async.yaml", env }));
  const text = MINIMAL.replace("cn-hangzhou", '"${REGION}"');
  expect(text).not.toBe(MINIMAL);
  expect(Number.isSafeInteger(hashOf(MINIMAL))).toBe(true);
  expect(hashOf(`# A comment.\n${MINIMAL}`)).toBe(hashOf(MINIMAL));
  expect(hashOf(text, { REGION: "cn-hangzhou" })).toBe(hashOf(MINIMAL));
  expect(hashOf(text, { REGION: "cn-shanghai" })).not.toBe(hashOf(MINIMAL));
});
