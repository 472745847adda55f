import { maskedConfiguration, readConfig, type Config, type Environment } from "@fc-async/daemon";
import { expect, test } from "vitest";

const env: Environment = {
  ID: "LTAI5tExampleKeyId0000",
  CANARY: "CanarySecret0000000000000000",
  TOKEN: "CanaryToken00000000000000000",
};

const TEXT = `
poll: { interval: 30s, max_staleness: 0 }
accounts:
  - account_id: "1"
    alias: prod
    regions: [cn-hangzhou, cn-shanghai]
    credentials: { access_key_id: "\${ID}", access_key_secret: "\${CANARY}", security_token: "\${TOKEN}" }
    endpoint: "http://{account_id}.{region}.localhost:10407"
    interval: 5m
    requests_per_second: 2.5
    exclude: { services: ["tmp-*"] }
  - account_id: "2"
    regions: [cn-hangzhou]
    credentials: { access_key_id_file: /run/id, access_key_secret_file: /run/secret }
  - account_id: "3"
    regions: [cn-hangzhou]
    credentials: { uri: "http://127.0.0.1:1/keys?password=\${CANARY}" }
  - account_id: "4"
    regions: [cn-hangzhou]
    credentials: default
  - account_id: "5"
    regions: [cn-hangzhou]
    credentials:
      role_arn: "acs:ram::5:role/fc-async"
      source: { access_key_id: "\${ID}", access_key_secret: "\${CANARY}" }
      external_id: "\${TOKEN}"
      policy: '{"Version":"1"}'
  - account_id: "6"
    regions: [cn-hangzhou]
    credentials: { oidc: { role_arn: "acs:ram::6:role/pod", oidc_token_file: /run/token } }
  - account_id: "7"
    regions: [cn-hangzhou]
    credentials: { ecs_ram_role: node }
  - account_id: "8"
    regions: [cn-hangzhou]
    credentials: ecs_ram_role
  - account_id: "9"
    regions: [cn-hangzhou]
    credentials: { profile: ops }
`;

const read = (text: string): ReturnType<typeof readConfig> => readConfig(text, { fileName: "fc-async.yaml", env });

test("the running configuration is shown with every default and without a secret", async () => {
  const shown = maskedConfiguration(read(TEXT));
  await expect(shown).toMatchFileSnapshot("golden/masked-configuration.golden.yaml");
  for (const secret of Object.values(env)) expect(shown).not.toContain(secret);
});

test("what is shown is itself a configuration, and says the same", () => {
  const config = read(TEXT);
  // The mask is no external id; everything else may stand where it does.
  const again = read(maskedConfiguration(config).replace("external_id: <secret>", "external_id: masked"));
  expect(maskedConfiguration({ ...again, accounts: [] })).toBe(maskedConfiguration({ ...config, accounts: [] }));
  const withoutKeys = ({ accounts }: Config): readonly object[] =>
    accounts.map((account) => ({ ...account, credentials: undefined }));
  expect(withoutKeys(again)).toEqual(withoutKeys(config));
});

test("a short access key id is not shown at all: its ends would be all of it", () => {
  const text = `accounts: [{ account_id: "1", regions: [cn-a], credentials: { access_key_id: shortkey, access_key_secret: s } }]`;
  expect(maskedConfiguration(read(text))).not.toContain("shor");
});
