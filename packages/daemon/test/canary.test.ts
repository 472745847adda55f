import { ConfigError, configFromEnvironment, createLogger, LOG_FORMATS, readConfig, secret } from "@fc-async/daemon";
import { inspect } from "node:util";
import { describe, expect, test } from "vitest";

const CANARY = "ExampleSecretCanary0000000000";

/** Every scalar of a full file, each in turn replaced by the canary. */
const FULL = `store: 'memory:'
poll: { interval: 60s, concurrency: 8, max_staleness: 15m }
limits: { max_rows: 1, max_pages: 1, max_body: 4MiB, walk_deadline: 10m, requests_per_second: 10 }
accounts:
  - account_id: '1234567890123456'
    alias: prod
    regions: [cn-hangzhou]
    credentials: { access_key_id: id, access_key_secret: hush, security_token_file: file }
    endpoint: 'https://h'
    include: { services: ['*'], functions: ['*'] }
  - account_id: '2'
    regions: [cn-hangzhou]
    credentials: { role_arn: 'acs:ram::2:role/r', source: { access_key_id: id, access_key_secret: hush }, session_name: fc, duration: 1h, external_id: id, policy: '{}', sts_endpoint: h }
  - account_id: '3'
    regions: [cn-hangzhou]
    credentials: { uri: 'http://h' }
  - account_id: '4'
    regions: [cn-hangzhou]
    credentials: { oidc: { role_arn: 'acs:ram::2:role/r', oidc_provider_arn: 'acs:ram::2:oidc-provider/p', oidc_token_file: file } }
  - account_id: '5'
    regions: [cn-hangzhou]
    credentials: { ecs_ram_role: name }
exporter: { max_info_series: 1 }
slack: { tables: auto, permissions: [] }
`;

function spoken(run: () => unknown): { readonly refused: boolean; readonly output: string } {
  try {
    return { refused: false, output: inspect(run(), { depth: 20 }) };
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return { refused: true, output: [inspect(error, { depth: 20 }), error.stack, JSON.stringify(error)].join("\n") };
  }
}

/** Keys whose values are names: a configuration that is right shows them, one that is wrong tells no value at all. */
const NAME_BEFORE =
  /(alias|services|functions|access_key_id|security_token_file|oidc_token_file|session_name|external_id|sts_endpoint|ecs_ram_role): ?\[?$/u;

const places = [...FULL.matchAll(/(?<=[:[] ?)('[^']*'|[\w:/.-]+)(?=[\],\n ]|$)/gu)].map((match) => ({
  before: FULL.slice(0, match.index),
  after: FULL.slice(match.index + match[0].length),
}));

describe("case 43: a secret in the wrong place is not told", () => {
  test("the places are found", () => {
    expect(places.length).toBeGreaterThan(20);
  });

  const leaks = [
    CANARY,
    `"${CANARY}"`,
    '"${LEAK}"',
    `!${CANARY}`,
    `*${CANARY}`,
    `"\\${CANARY}"`,
    `{ ${CANARY}: 1 }`,
    `[${CANARY}]`,
    `@${CANARY}`,
    `|${CANARY}`,
    `"\${${CANARY}-}"`,
  ];

  test.each(places.map(({ before, after }) => [before.split("\n").at(-1) ?? "", before, after] as const))(
    "after %s",
    (_, before, after) => {
      const outputs = leaks
        .map((leak) => `${before}${leak}${after}`)
        .map((text) => spoken(() => readConfig(text, { fileName: "f.yaml", env: { LEAK: CANARY } })))
        .filter(({ refused }) => refused || !NAME_BEFORE.test(before))
        .map(({ output }) => output);
      expect(outputs.join("\n")).not.toContain(CANARY);
    },
  );

  test("as a key", () => {
    for (const line of ["store:", "accounts:", "slack:"]) {
      expect(
        spoken(() => readConfig(FULL.replace(line, `${CANARY}:`), { fileName: "f", env: {} })).output,
      ).not.toContain(CANARY);
    }
  });

  test.each([
    "ALIBABA_CLOUD_ACCOUNT_ID",
    "FC_ASYNC_REGIONS",
    "FC_ASYNC_ENDPOINT",
    "ALIBABA_CLOUD_ACCESS_KEY_SECRET",
    "ALIBABA_CLOUD_SECURITY_TOKEN",
  ])("in %s", (name) => {
    const base = { ALIBABA_CLOUD_ACCOUNT_ID: "1", FC_ASYNC_REGIONS: "cn-hangzhou" };
    expect(spoken(() => configFromEnvironment({ ...base, [name]: CANARY })).output).not.toContain(CANARY);
    expect(
      spoken(() => configFromEnvironment({ ...base, ALIBABA_CLOUD_ACCESS_KEY_ID: "a", [name]: CANARY })).output,
    ).not.toContain(CANARY);
  });
});

describe("a secret", () => {
  const hidden = secret(CANARY);

  test("gives its text to reveal alone", () => {
    const shown: unknown = hidden;
    expect(hidden.reveal()).toBe(CANARY);
    const outputs = [
      String(shown),
      [shown].join(""),
      JSON.stringify({ hidden }),
      inspect(hidden, { showHidden: true, depth: 9 }),
      inspect({ a: [hidden] }, { showHidden: true, depth: 9, getters: true }),
      Object.values(hidden).join(),
    ];
    expect(outputs.join("\n")).not.toContain(CANARY);
    expect(outputs.slice(0, 3)).toEqual(["[redacted]", "[redacted]", '{"hidden":"[redacted]"}']);
  });

  test.each(LOG_FORMATS)("stays hidden in %s logs, wherever it stands", (format) => {
    const lines: string[] = [];
    const logger = createLogger({ level: "debug", format, write: (line) => lines.push(line) });
    logger.child({ keys: hidden }).error("failed", {
      hidden,
      nested: { list: [hidden], map: new Map([["a", hidden]]) },
      accessKeySecret: CANARY,
      access_key_secret: CANARY,
      securityToken: CANARY,
      headers: { Authorization: CANARY, cookie: CANARY },
      SLACK_SIGNING_SECRET: CANARY,
      err: new Error(`key ${JSON.stringify(hidden)}`, { cause: hidden }),
    });
    expect(lines).toHaveLength(1);
    expect(lines[0]).not.toContain(CANARY);
    expect(lines[0]?.match(/\[redacted\]/gu)?.length).toBeGreaterThanOrEqual(9);
  });
});
