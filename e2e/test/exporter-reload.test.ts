import { writeFile } from "node:fs/promises";
import { createEmulator, demoAccounts, openApiContract } from "@fc-async/emulator";
import { expect, test } from "vitest";
import { configurationOf, startExporterScene, type ExporterScene } from "../exporter-scene.ts";

const ACCOUNTS = demoAccounts();
const [prod, staging] = ACCOUNTS;
if (prod === undefined || staging === undefined) throw new Error("the demo has three accounts");
const PATIENCE = { timeout: 15_000, interval: 50 };
const SLOWLY = { poll: { interval: "1h", max_staleness: "0" } };

/** Everything is read once, an hour before it would be read again. */
async function readScene(
  ...flags: readonly string[]
): Promise<ExporterScene & { readonly emulator: ReturnType<typeof createEmulator> }> {
  const emulator = createEmulator({ accounts: ACCOUNTS, contract: openApiContract("fail") });
  const scene = await startExporterScene(emulator, ACCOUNTS, SLOWLY, flags);
  await expect.poll(async () => (await fetch(`${scene.exporter.url}/-/ready`)).status, PATIENCE).toBe(200);
  return { ...scene, emulator };
}

const gauge = (text: string, name: string): number | undefined => {
  const found = new RegExp(`^${name} (\\S+)$`, "mu").exec(text)?.[1];
  return found === undefined ? undefined : Number(found);
};
const succeeded = async ({ metrics }: ExporterScene): Promise<number | undefined> =>
  gauge(await metrics(), "aliyun_fc_exporter_config_last_reload_successful");

/** The lines of one account, but for what every poll moves. */
const linesOf = (text: string, accountId: string): readonly string[] =>
  text.split("\n").filter((line) => line.includes(`account_id="${accountId}"`));

test("SIGHUP puts a new file into force: a removed account loses every series, the others keep lists and counters", async () => {
  const scene = await readScene();
  const before = await scene.metrics();
  expect(linesOf(before, staging.accountId).length).toBeGreaterThan(20);
  const requests = scene.emulator.requests.length;
  await writeFile(scene.exporter.file, configurationOf([prod], scene.endpoint, SLOWLY));
  scene.exporter.signal("SIGHUP");
  await expect.poll(async () => linesOf(await scene.metrics(), staging.accountId), PATIENCE).toEqual([]);
  expect(linesOf(await scene.metrics(), prod.accountId)).toEqual(linesOf(before, prod.accountId));
  expect(scene.emulator.requests).toHaveLength(requests);
  expect(scene.exporter.output()).toMatch(/level=INFO msg="configuration reloaded" targets=2/u);

  await writeFile(scene.exporter.file, configurationOf([prod, staging], scene.endpoint, SLOWLY));
  expect((await fetch(`${scene.exporter.url}/-/reload`, { method: "POST" })).status).toBe(200);
  await expect
    .poll(async () => linesOf(await scene.metrics(), staging.accountId).length, PATIENCE)
    .toBe(linesOf(before, staging.accountId).length);
  expect(gauge(await scene.metrics(), "aliyun_fc_exporter_config_hash")).not.toBe(
    gauge(before, "aliyun_fc_exporter_config_hash"),
  );
});

test.each([
  ["a syntax error", (right: string) => right.slice(0, -3), /:\d+:\d+: not valid YAML/u],
  [
    "an unknown key",
    (right: string) => right.replace('"regions"', '"region"'),
    /accounts\[0\]\.region: unknown key; did you mean regions\?/u,
  ],
  [
    "a duplicate target",
    (right: string) => right.replace('"cn-shanghai"', '"cn-hangzhou"'),
    /this account and region stand already at/u,
  ],
])(
  "case 39: a reload with %s leaves the old configuration in force and says where; the corrected file counts",
  async (_, spoil, said) => {
    const scene = await readScene();
    const { exporter } = scene;
    const before = await scene.metrics();
    const shown = await (await fetch(`${exporter.url}/config`)).text();
    const right = configurationOf(ACCOUNTS, scene.endpoint, SLOWLY);
    await writeFile(exporter.file, spoil(right));
    const answer = await fetch(`${exporter.url}/-/reload`, { method: "POST" });
    expect(answer.status).toBe(500);
    expect(await answer.text()).toMatch(said);
    expect(await succeeded(scene)).toBe(0);
    expect(linesOf(await scene.metrics(), prod.accountId)).toEqual(linesOf(before, prod.accountId));
    expect(await (await fetch(`${exporter.url}/config`)).text()).toBe(shown);
    const told = exporter
      .output()
      .split("\n")
      .filter((line) => line.includes("level=ERROR"));
    expect(told).toHaveLength(1);
    expect(told[0]).toMatch(said);
    await writeFile(exporter.file, right);
    exporter.signal("SIGHUP");
    await expect.poll(() => succeeded(scene), PATIENCE).toBe(1);
  },
);

test("a file that is away is a failed reload, GET does not reload, and who did not ask for it is not watched", async () => {
  const scene = await readScene();
  const { exporter } = scene;
  await writeFile(exporter.file, configurationOf([prod], scene.endpoint, SLOWLY));
  expect((await fetch(`${exporter.url}/-/reload`)).status).toBe(405);
  expect(linesOf(await scene.metrics(), staging.accountId).length).toBeGreaterThan(20);
  expect(exporter.output()).not.toContain("configuration reloaded");
});

test("a watched file is put into force when it changes, and a wrong one is told once", async () => {
  const scene = await readScene("--config.enable-auto-reload", "--config.auto-reload-interval=100ms");
  const { exporter } = scene;
  await writeFile(exporter.file, configurationOf([prod], scene.endpoint, SLOWLY));
  await expect.poll(async () => linesOf(await scene.metrics(), staging.accountId), PATIENCE).toEqual([]);
  await writeFile(exporter.file, "accounts: [");
  await expect.poll(() => succeeded(scene), PATIENCE).toBe(0);
  await writeFile(exporter.file, configurationOf([prod, staging], scene.endpoint, SLOWLY));
  await expect.poll(() => succeeded(scene), PATIENCE).toBe(1);
  expect(exporter.output().match(/not reloaded/gu)).toHaveLength(1);
});

test("an account that is read in another way is read again at once, and shows its old list until then", async () => {
  const scene = await readScene();
  const { exporter } = scene;
  const services = (text: string): number =>
    linesOf(text, prod.accountId).filter((line) => line.startsWith("aliyun_fc_async_task_functions{")).length;
  const before = services(await scene.metrics());
  const filtered = { ...JSON.parse(configurationOf(ACCOUNTS, scene.endpoint, SLOWLY)) };
  filtered.accounts[0].include = { services: ["billing-*"] };
  await writeFile(exporter.file, JSON.stringify(filtered));
  exporter.signal("SIGHUP");
  await expect.poll(async () => services(await scene.metrics()), PATIENCE).toBeLessThan(before);
  expect(
    linesOf(await scene.metrics(), prod.accountId).filter((line) => /service_name="(?!billing-)/u.test(line)),
  ).toEqual([]);
});
