import { once } from "node:events";
import { readFileSync } from "node:fs";
import { appendFile, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { getCACertificates, setDefaultCACertificates } from "node:tls";
import { readFlags } from "@fc-async/daemon";
import { createEmulator, DEMO_ACCOUNT, demoAccounts, type EmulatorOptions } from "@fc-async/emulator";
import { nodeHash } from "@fc-async/protocol/node";
import { VERIFY_FLAGS, verifyCommand, type VerifyReport } from "fc-async-exporter";
import { expect, onTestFinished, test } from "vitest";
import { verdictOn } from "./verify-scene.ts";

const pem = (name: string): string =>
  readFileSync(new URL(`../../../packages/protocol/test/certificates/${name}.pem`, import.meta.url), "utf8");

/** The emulator over TLS, with a certificate that this process trusts from here on. */
async function tlsEmulator(options: Partial<EmulatorOptions> = {}): Promise<number> {
  setDefaultCACertificates([...getCACertificates("default"), pem("authority")]);
  const emulator = createEmulator({ accounts: demoAccounts(), hash: nodeHash, ...options });
  const server = createServer({ key: pem("server-key"), cert: pem("localhost") }, (request, response) => {
    const { method = "", url: target = "", headers: received } = request;
    const headers = new Map(Object.entries(received).map(([name, value]) => [name, value?.toString() ?? ""]));
    const respond = async (): Promise<void> => {
      const answer = await emulator.answer({ method, target, headers });
      if (answer.type === "answer") response.writeHead(answer.status, answer.headers.flat()).end(answer.body);
      else response.destroy();
    };
    void respond();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  const address = server.address();
  return typeof address === "object" && address !== null ? address.port : 0;
}

interface Run {
  readonly code: number;
  readonly printed: string;
  readonly told: readonly string[];
}

async function run(words: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Run> {
  const reading = readFlags({ name: "verify", description: "", version: "1.2.3", flags: VERIFY_FLAGS }, words);
  if (reading.kind !== "run") throw new Error("wrong flags");
  const told: string[] = [];
  let printed = "";
  const code = await verifyCommand({
    flags: reading.values,
    env,
    version: "1.2.3",
    nodeVersion: process.version,
    print: (text) => {
      printed += text;
    },
    tell: (line) => told.push(line),
  });
  return { code, printed, told };
}

async function configFile(
  port: number,
  { secret = DEMO_ACCOUNT.accessKeySecret, host = "{account_id}.{region}.localhost" } = {},
): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "fc-async-exporter-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const file = join(folder, "fc-async.yaml");
  const { accountId, accessKeyId, region } = DEMO_ACCOUNT;
  await writeFile(
    file,
    `accounts:
  - account_id: "${accountId}"
    alias: prod
    regions: [${region}, cn-shanghai]
    endpoint: "https://${host}:${port}"
    credentials: { access_key_id: ${accessKeyId}, access_key_secret: ${secret} }
  - { account_id: "7", regions: [cn-beijing], credentials: default }
`,
  );
  return file;
}

test("reads the first target of the configuration over TLS, prints one report and exits with 0", async () => {
  const gzip = { match: { nth: 1 }, times: 1, action: { type: "body", gzip: "whole" } } as const;
  const file = await configFile(await tlsEmulator({ faults: [gzip] }));
  const { code, printed, told } = await run([`--config.file=${file}`, "--format=json"]);
  expect(code).toBe(0);
  const report: VerifyReport = JSON.parse(printed);
  expect(report).toMatchObject({
    account: "****0001",
    region: "cn-hangzhou",
    endpoint: "a configured one",
    readable: true,
  });
  expect(verdictOn(report, "Compression")).toBe("differs: compressed with gzip");
  expect(report.findings.find(({ title }) => title === "TLS")?.answered).toMatch(
    /^TLSv1\.3, TLS_\w+, certificate by .+ until 2120-01-01T00:00:00Z$/u,
  );
  expect(verdictOn(report, "The gateway of the region")).toBe("unknown: a configured endpoint has no gateway");
  expect(told[0]).toBe(
    "Reading account 1000000000000001 in cn-hangzhou with at most 25 GET requests, some of them wrong on purpose. Nothing is written.",
  );
  expect(told.slice(1)).toHaveLength(report.requests);
  expect(printed + told.join("")).not.toContain(DEMO_ACCOUNT.accessKeySecret);
}, 40_000);

test("exits with 1 when the list cannot be read, and still prints the report", async () => {
  const file = await configFile(await tlsEmulator(), { secret: "another", host: "localhost" });
  const { code, printed } = await run([`--config.file=${file}`, "--account=prod", "--region=cn-beijing"]);
  expect(code).toBe(1);
  expect(printed).toMatch(/^# fc-async-exporter verify\n/u);
  expect(printed).toContain("| List | `not read: 403 SignatureNotMatch");
  expect(printed).toContain("| Account, region | ****0001, cn-beijing |");
});

test("exits with 1 when nobody listens", async () => {
  const { code, printed, told } = await run([`--config.file=${await configFile(1)}`]);
  expect(code).toBe(1);
  expect(printed).toContain("not read: no answer (network)");
  expect(told.at(-1)).toContain("the list through 2021-04-06 with ACS3: no answer (network): GET https://****0001");
});

test("case 35: asks an endpoint on a private address when the configuration names it", async () => {
  const file = await configFile(1, { host: "10.255.255.1" });
  await appendFile(file, 'private_hosts: ["10.255.255.1"]\n');
  const { code, told } = await run([`--config.file=${file}`]);
  expect(code).toBe(1);
  // Whatever is there has no certificate for it, but it was tried.
  expect(told.at(-1)).toMatch(/: no answer \(\w+\): /u);
  expect(told.at(-1)).not.toContain("private address");
});

test.each([
  [
    "an account that is not there",
    ["--account=9"],
    'fc-async-exporter: --account: no account "9"; the configuration has prod, 7',
  ],
  ["a region that is none", ["--region=x"], 'fc-async-exporter: --region: expected a region, such as "cn-hangzhou"'],
])("exits with 2 for %s, before anything is sent", async (_, words, problem) => {
  const { code, printed, told } = await run([`--config.file=${await configFile(1)}`, ...words]);
  expect({ code, printed, told }).toEqual({ code: 2, printed: "", told: [problem] });
});

test("exits with 2 for a configuration that is wrong", async () => {
  const { code, told } = await run([], { ALIBABA_CLOUD_ACCOUNT_ID: "x" });
  expect(code).toBe(2);
  expect(told.join("\n")).toContain("FC_ASYNC_REGIONS: missing");
});
