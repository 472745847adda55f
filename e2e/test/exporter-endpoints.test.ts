import { execFile } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createEmulator, demoAccounts, openApiContract, type FaultAction } from "@fc-async/emulator";
import { expect, test } from "vitest";
import { configurationOf, startExporterScene } from "../exporter-scene.ts";
import { startEmulator } from "../start-emulator.ts";
import { startExporter } from "../start-exporter.ts";
import { temporaryFolder } from "../temporary-folder.ts";

const main = fileURLToPath(new URL("../../apps/exporter/src/main.ts", import.meta.url));
const ACCOUNTS = demoAccounts().slice(0, 1);
const PATIENCE = { timeout: 15_000, interval: 100 };

async function check(
  endpoint: string,
  keys: Readonly<Record<string, unknown>> = {},
): Promise<{ readonly code: number; readonly said: string }> {
  const file = join(await temporaryFolder(), "fc-async.yaml");
  await writeFile(file, configurationOf(ACCOUNTS, endpoint, keys));
  return new Promise((resolve) => {
    execFile(process.execPath, [main, `--config.file=${file}`, "--config.check"], (error, stdout, stderr) => {
      resolve({ code: typeof error?.code === "number" ? error.code : 0, said: stdout + stderr });
    });
  });
}

test.each([
  ["https://169.254.169.254", "metadata addresses are refused"],
  ["https://100.100.100.200", "metadata addresses are refused"],
  ["https://2852039166", "metadata addresses are refused"],
  ["https://0xa9.0xfe.0xa9.0xfe", "metadata addresses are refused"],
  ["https://[::ffff:100.100.100.200]", "metadata addresses are refused"],
  ["https://fc.aliyuncs.com@169.254.169.254", "must not hold a user"],
  ["http://fc.example.com", "plain http would show names to the network"],
  ["https://10.1.2.3", "name it under private_hosts"],
  ["https://fc.example.com/path", "no path or query"],
])("case 35: the endpoint %s is refused at the start with exit code 2 and the reason", async (endpoint, reason) => {
  const { code, said } = await check(endpoint);
  expect(code).toBe(2);
  expect(said).toContain(reason);
  expect(said).toMatch(/fc-async\.yaml:\d+:\d+: accounts\[0\]\.endpoint: /u);
});

test("case 35: a host of the vendor inside a VPC is taken, as is a private one that is named", async () => {
  expect(await check("https://{account_id}.{region}-internal.fc.aliyuncs.com")).toMatchObject({ code: 0 });
  expect(await check("https://10.1.2.3", { private_hosts: ["10.1.2.3"] })).toMatchObject({ code: 0 });
});

test("case 36: a certificate that nobody vouches for is reason tls, and works with its authority", async () => {
  const folder = await temporaryFolder();
  const authority = join(folder, "authority.pem");
  const emulator = await startEmulator("--tls.self-signed", `--tls.ca-file=${authority}`);
  const configuration = configurationOf(ACCOUNTS, emulator.url.replace("127.0.0.1", "{account_id}.{region}.localhost"));
  const up = async (url: string): Promise<readonly string[]> =>
    (await (await fetch(`${url}/metrics`)).text()).match(/^aliyun_fc_async_task_up\{.*$/gmu) ?? [];
  try {
    const distrusting = await startExporter(configuration);
    await expect.poll(() => distrusting.output(), PATIENCE).toMatch(/poll failed.* reason=tls/u);
    expect((await up(distrusting.url)).every((line) => line.endsWith(" 0"))).toBe(true);
    await distrusting.stop();
    const trusting = await startExporter(configuration, { environment: { NODE_EXTRA_CA_CERTS: authority } });
    await expect
      .poll(async () => (await up(trusting.url)).filter((line) => line.endsWith(" 1")).length, PATIENCE)
      .toBe(2);
    await trusting.stop();
  } finally {
    await emulator.stop();
  }
});

test("case 37: a host that does not resolve is reason network, and the others are read", async () => {
  const emulator = createEmulator({ accounts: demoAccounts(), contract: openApiContract("fail") });
  const [prod, staging] = demoAccounts();
  if (prod === undefined || staging === undefined) throw new Error("the demo has three accounts");
  const { exporter, endpoint, metrics } = await startExporterScene(emulator, [prod, staging]);
  await expect
    .poll(async () => (await metrics()).match(/^aliyun_fc_async_task_up\{.*\} 1$/gmu)?.length, PATIENCE)
    .toBe(5);
  // The name is gone in the middle of the run, and comes back.
  const configuration = JSON.parse(configurationOf([prod, staging], endpoint));
  const reload = async (): Promise<void> => {
    await writeFile(exporter.file, JSON.stringify(configuration));
    exporter.signal("SIGHUP");
  };
  configuration.accounts[0].endpoint = "https://{account_id}.{region}.invalid";
  await reload();
  const up = async (account: string): Promise<readonly string[]> =>
    ((await metrics()).match(/^aliyun_fc_async_task_up\{.*$/gmu) ?? []).filter((line) => line.includes(account));
  await expect.poll(() => exporter.output(), PATIENCE).toMatch(/poll failed.*1000000000000001.* reason=network/u);
  await expect.poll(async () => (await up(prod.accountId)).every((line) => line.endsWith(" 0")), PATIENCE).toBe(true);
  expect((await up(staging.accountId)).every((line) => line.endsWith(" 1"))).toBe(true);
  // The list from before is still there: nothing that failed is a zero.
  expect(await metrics()).toMatch(/^aliyun_fc_async_task_account_functions\{account_id="1000000000000001".*\} [1-9]/mu);
  configuration.accounts[0].endpoint = endpoint;
  await reload();
  await expect.poll(async () => (await up(prod.accountId)).every((line) => line.endsWith(" 1")), PATIENCE).toBe(true);
});

test("case 43: keys stay out of logs, metrics, pages and errors, whatever fails", async () => {
  const CANARIES = ["CanarySecretOne0000000000000001", "CanaryTokenTwo+/0000000000002=="];
  const [prod] = demoAccounts();
  if (prod === undefined) throw new Error("the demo has three accounts");
  const [accessKeySecret = "", securityToken = ""] = CANARIES;
  const canary = { ...prod, accessKeys: [{ accessKeyId: "STS.CanaryKeyId0000001", accessKeySecret, securityToken }] };
  const emulator = createEmulator({ accounts: [canary] });
  const { exporter, endpoint } = await startExporterScene(
    emulator,
    [canary],
    { poll: { interval: "100ms", max_staleness: "1s" } },
    ["--log.level=debug"],
  );
  const seen: string[] = [];
  const look = async (): Promise<void> => {
    for (const path of [
      "/",
      "/metrics",
      "/config",
      "/-/ready",
      "/probe?target=1000000000000001/cn-hangzhou",
      "/nothing",
    ]) {
      seen.push(await (await fetch(`${exporter.url}${path}`)).text());
    }
  };
  await look();
  const failing: readonly FaultAction[] = [
    { type: "status", status: 403, code: "AccessDenied", message: `no ${accessKeySecret} ${securityToken}` },
    { type: "status", status: 403, code: "SignatureNotMatch" },
    { type: "status", status: 500 },
    { type: "status", status: 429 },
    { type: "reset" },
    { type: "close", afterBytes: 10 },
    { type: "junk", kind: "html" },
    { type: "junk", kind: "invalid-utf8" },
    { type: "redirect", location: "http://127.0.0.1:9/" },
    { type: "gzip-bomb", bytes: 20_000_000 },
    { type: "token", token: "repeat" },
    { type: "broken-framing", how: "two-lengths" },
  ];
  for (const action of failing) {
    const before = exporter.output().length;
    emulator.faults.arm([{ match: {}, times: "forever", action }]);
    await writeFile(
      exporter.file,
      configurationOf([canary], endpoint, { poll: { interval: "100ms", max_staleness: "1s" } }),
    );
    exporter.signal("SIGHUP");
    await expect.poll(() => exporter.output().slice(before), PATIENCE).toContain("poll failed");
    await look();
    emulator.faults.disarm();
  }
  await writeFile(exporter.file, configurationOf([canary], endpoint).replace('"regions"', `"${accessKeySecret}"`));
  const refused = await fetch(`${exporter.url}/-/reload`, { method: "POST" });
  expect(refused.status).toBe(500);
  seen.push(await refused.text(), exporter.output());
  // A message of the service is repeated: the service does not know the secret, only a fault that was made to say it does.
  const said = seen.join("\n").replaceAll(`no ${accessKeySecret} ${securityToken}`, "");
  for (const secret of CANARIES) expect(said).not.toContain(secret);
}, 60_000);
