import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { ConfigError, loadConfig } from "@fc-async/daemon";
import { expect, test } from "vitest";
import { temporaryDirectory } from "./temporary-directory.ts";

const withSecretFile = (file: string) => `accounts:
  - account_id: "1"
    regions: [cn-hangzhou]
    credentials: { access_key_id: a, access_key_secret_file: "${file}" }
`;

async function problemsOf(file: string): Promise<readonly string[]> {
  try {
    await loadConfig({ file, env: {} });
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
}

test("reads a file whose secret file lies beside it", async () => {
  const directory = await temporaryDirectory();
  const file = join(directory, "fc-async.yaml");
  await writeFile(file, withSecretFile("secret"));
  await writeFile(join(directory, "secret"), "ExampleSecret0000000000000000\n");
  const config = await loadConfig({ file, env: {} });
  expect(config.accounts[0]?.credentials).toMatchObject({ accessKeySecret: { file: join(directory, "secret") } });
});

test("takes the environment when there is no file", async () => {
  const env = { ALIBABA_CLOUD_ACCOUNT_ID: "7", FC_ASYNC_REGIONS: "cn-hangzhou" };
  const config = await loadConfig({ file: undefined, env });
  expect(config.accounts[0]?.accountId).toBe("7");
});

test("a file that is not there is a ConfigError, not a crash", async () => {
  const file = join(await temporaryDirectory(), "fc-async.yaml");
  expect(await problemsOf(file)).toEqual([`${file}: there is no such file; check the path`]);
});

test("a directory is a ConfigError", async () => {
  const directory = await temporaryDirectory();
  expect(await problemsOf(directory)).toEqual([`${directory}: this is a directory; name a file in it`]);
});

test("secret files must be there, be files and hold something", async () => {
  const directory = await temporaryDirectory();
  const file = join(directory, "fc-async.yaml");
  await mkdir(join(directory, "folder"));
  await writeFile(join(directory, "empty"), "\n");
  const place = `${file}:4:62: accounts[0].credentials.access_key_secret_file: the file ${directory}`;

  await writeFile(file, withSecretFile("none"));
  expect(await problemsOf(file)).toEqual([`${place}/none: there is no such file; check the path`]);
  await writeFile(file, withSecretFile("folder"));
  expect(await problemsOf(file)).toEqual([`${place}/folder: this is a directory; name a file in it`]);
  await writeFile(file, withSecretFile("empty"));
  expect(await problemsOf(file)).toEqual([`${place}/empty is empty`]);
});
