import { execFileSync } from "node:child_process";
import { configFromEnvironment } from "@fc-async/daemon";
import { demoAccounts, type Account } from "@fc-async/emulator";
import { beforeAll, describe, expect, test } from "vitest";
import { shellExports } from "../src/env/shell-exports.ts";
import { makeFolder, run, type Folder } from "./program.ts";

const address = { hostname: "127.0.0.1", port: 10_407 };

let folder: Folder;
beforeAll(async () => {
  folder = await makeFolder();
  return () => folder.remove();
});

/** What a POSIX shell has in its environment after it evaluated the exports, out of one that held other things before. */
function evaluated(exports: string): ReadonlyMap<string, string> {
  const printed = execFileSync("sh", ["-c", 'eval "$EXPORTS"; unset EXPORTS; env -0'], {
    encoding: "utf8",
    env: { PATH: process.env["PATH"], EXPORTS: exports, ALIBABA_CLOUD_SECURITY_TOKEN: "left-over" },
  });
  return new Map(
    printed
      .split("\0")
      .filter((line) => line !== "")
      .map((line) => [line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1)]),
  );
}

function exportsOf(options: Partial<Parameters<typeof shellExports>[0]> = {}): string {
  const exports = shellExports({ accounts: demoAccounts(), address, ...options });
  return exports.ok ? exports.value : exports.problems.join("\n");
}

describe("fc-async-emulator env", () => {
  test("prints exports with comments", async () => {
    const { code, output } = await run(["env"]);
    expect(code).toBe(0);
    await expect(output).toMatchFileSnapshot("golden/env.txt");
  });

  test("prints a temporary key with its token, another address and https", async () => {
    const { output } = await run([
      "env",
      "--access-key-id=STS.FakeDemoKeyTwo0002",
      "--listen-address=[::1]:8443",
      "--tls.ca-file=/tmp/elsewhere/../ca of mine.pem",
    ]);
    await expect(output).toMatchFileSnapshot("golden/env-tls.txt");
  });

  test("leaves a shell with what our programs need, and without a token of before", () => {
    const variables = evaluated(exportsOf());
    expect(variables.has("ALIBABA_CLOUD_SECURITY_TOKEN")).toBe(false);
    expect(configFromEnvironment(Object.fromEntries(variables))).toMatchObject({
      accounts: [
        {
          accountId: "1000000000000001",
          regions: ["cn-hangzhou", "cn-shanghai"],
          endpoint: "http://{account_id}.{region}.localhost:10407",
        },
      ],
    });
  });

  test("quotes whatever a key may hold", () => {
    const accessKeySecret = `it's $HOME "and" \`id\` \\ \n!`;
    const accounts: readonly Account[] = [
      { accountId: "1", accessKeys: [{ accessKeyId: "$(id)", accessKeySecret }], regions: {} },
    ];
    const variables = evaluated(exportsOf({ accounts }));
    expect(variables.get("ALIBABA_CLOUD_ACCESS_KEY_ID")).toBe("$(id)");
    expect(variables.get("ALIBABA_CLOUD_ACCESS_KEY_SECRET")).toBe(accessKeySecret);
    expect(variables.get("FC_ASYNC_REGIONS")).toBe("cn-hangzhou");
  });

  test("takes a key that is active, and an address one can connect to", () => {
    const key = (accessKeyId: string, status: "Active" | "Inactive") => ({ accessKeyId, accessKeySecret: "s", status });
    const accounts = [{ accountId: "1", accessKeys: [key("old", "Inactive"), key("new", "Active")], regions: {} }];
    const variables = evaluated(exportsOf({ accounts, address: { hostname: undefined, port: 1 } }));
    expect(variables.get("ALIBABA_CLOUD_ACCESS_KEY_ID")).toBe("new");
    expect(variables.get("FC_ENDPOINT")).toBe("127.0.0.1:1");
  });

  test.each([
    [
      ["--account=7"],
      '--account: there is no account "7"; there are 1000000000000001, 1000000000000002, 1000000000000003',
    ],
    [
      ["--account=1000000000000001", "--access-key-id=STS.FakeDemoKeyTwo0002"],
      '--access-key-id: there is no key "STS.FakeDemoKeyTwo0002" of account 1000000000000001; there are LTAI5tFakeDemoKeyOne0001',
    ],
    [["--access-key-id=x"], '--access-key-id: there is no key "x"; there are LTAI5tFakeDemoKeyOne0001, '],
  ])("refuses %j, exit 2", async (flags, problem) => {
    const { code, output } = await run(["env", ...flags]);
    expect(code).toBe(2);
    expect(output).toContain(`fc-async-emulator: ${problem}`);
  });

  test("reads the seed file of the emulator", async () => {
    const seed = await folder.file(
      "seed.yaml",
      'generate: { accounts: 2, regions: ["cn-beijing"], services: 1, functions: 1 }',
    );
    const { output } = await run(["env", `--seed.file=${seed}`, "--account=2000000000000002"]);
    expect(output).toContain("export ALIBABA_CLOUD_ACCESS_KEY_ID='LTAI5tFakeKey00000002'\n");
    expect(output).toContain("export FC_ASYNC_REGIONS='cn-beijing'\n");
  });
});
