import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { loadConfig, readConfig } from "@fc-async/daemon";
import { expect, onTestFinished, test } from "vitest";

const read = (path: string): string => readFileSync(new URL(`../${path}`, import.meta.url), "utf8");

test.each([
  ["local/fc-async.yaml", 3, {}],
  ["docker/fc-async.yaml", 1, {}],
  ["systemd/fc-async.yaml", 1, { CREDENTIALS_DIRECTORY: "/run/credentials/fc-async-exporter.service" }],
])("%s is right", (path, accounts, env) => {
  const config = readConfig(read(path), { fileName: path, env });
  expect(config.accounts).toHaveLength(accounts);
  expect(config.store).toEqual({ engine: "memory" });
});

test("the configuration for systemd takes the keys that the unit hands over, and says when one is missing", async () => {
  const folder = await mkdtemp(join(tmpdir(), "fc-async-deploy-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const file = join(folder, "fc-async.yaml");
  await writeFile(file, read("systemd/fc-async.yaml"));
  const env = { CREDENTIALS_DIRECTORY: join(folder, "credentials") };
  await expect(loadConfig({ file, env })).rejects.toThrow("credentials/access-key-id");

  const handedOver = Array.from(
    read("systemd/fc-async-exporter.service").matchAll(/^LoadCredential=([\w-]+):/gmu),
    ([, name]) => name,
  );
  expect(handedOver).toEqual(["access-key-id", "access-key-secret"]);
  for (const name of handedOver) {
    const key = join(env.CREDENTIALS_DIRECTORY, name ?? "");
    await mkdir(dirname(key), { recursive: true });
    await writeFile(key, "FakeKeyOfATest00");
  }
  expect((await loadConfig({ file, env })).accounts).toHaveLength(1);
  await expect(loadConfig({ file, env: {} })).rejects.toThrow("CREDENTIALS_DIRECTORY");
});

test("the configuration for Docker takes the keys where compose puts its secrets", () => {
  const { accounts } = readConfig(read("docker/fc-async.yaml"), { fileName: "fc-async.yaml", env: {} });
  expect(accounts[0]?.credentials).toMatchObject({
    accessKeyId: { file: "/run/secrets/access_key_id" },
    accessKeySecret: { file: "/run/secrets/access_key_secret" },
  });
});

test("the accounts that docs/multi-account.md shows are right, and so is each form of credentials that it names", () => {
  const page = read("../docs/multi-account.md");
  const shown = Array.from(
    page.matchAll(/^ *```yaml\n(?<yaml>.*?)^ *```/gmsu),
    (match) => match.groups?.["yaml"] ?? "",
  );
  expect(shown).toHaveLength(1);
  for (const yaml of shown) {
    const config = readConfig(yaml, { fileName: "docs/multi-account.md", env: {} });
    expect(config.accounts.map(({ credentials }) => credentials)).toMatchObject([
      { type: "role_arn", roleArn: "acs:ram::1234567890123456:role/fc-async", source: { type: "ecs_ram_role" } },
      { type: "role_arn", roleArn: "acs:ram::2345678901234567:role/fc-async", source: { type: "ecs_ram_role" } },
    ]);
  }
  const role = "role_arn: acs:ram::1234567890123456:role/fc-async";
  const files = "{ access_key_id_file: id, access_key_secret_file: secret }";
  for (const form of ["ecs_ram_role", "oidc", files, `{ ${role}, source: oidc }`, `{ ${role}, source: ${files} }`]) {
    const yaml = `accounts: [{ account_id: "1234567890123456", regions: [cn-hangzhou], credentials: ${form} }]`;
    expect(readConfig(yaml, { fileName: "form", env: {} }).accounts).toHaveLength(1);
  }
});
