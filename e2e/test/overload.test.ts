import type { ServerResponse } from "node:http";
import { startServer } from "@fc-async/daemon";
import { createEmulator, type Account } from "@fc-async/emulator";
import { startEmulatorServer } from "fc-async-emulator";
import { expect, onTestFinished, test, vi } from "vitest";
import { requireProgram } from "../required-program.ts";
import { startExporter } from "../start-exporter.ts";
import { runToEnd } from "../run-to-end.ts";
import { temporaryFolder } from "../temporary-folder.ts";

/** 30 s each in a soak. */
const ATTACK_SECONDS = Number(process.env["FC_ASYNC_ATTACK_SECONDS"] ?? "5");
const MEBIBYTE = 2 ** 20;

test("case 42: of 200 parallel scrapes 40 are answered at a time, the rest get 503 and when to come again", async () => {
  const answers: ServerResponse[] = [];
  const server = await startServer((_request, response) => void answers.push(response), {
    hostname: "127.0.0.1",
    port: 0,
  });
  onTestFinished(() => server.stop());
  const scrapes = Array.from({ length: 200 }, () => fetch(`http://127.0.0.1:${server.port}/metrics`));
  const refused: Response[] = [];
  for (const scrape of scrapes) void scrape.then((response) => response.status === 503 && refused.push(response));
  await vi.waitFor(() => expect(refused).toHaveLength(160), 10_000);
  expect(answers).toHaveLength(40);
  for (const response of answers) response.end("served");
  const statuses = (await Promise.all(scrapes)).map(({ status }) => status);
  expect(statuses.filter((status) => status === 200)).toHaveLength(40);
  expect(new Set(refused.map(({ headers }) => headers.get("retry-after")))).toEqual(new Set(["1"]));
  expect((await fetchOnce(`http://127.0.0.1:${server.port}/metrics`, answers)).status).toBe(200);
}, 30_000);

async function fetchOnce(url: string, answers: readonly ServerResponse[]): Promise<Response> {
  const asked = answers.length;
  const scrape = fetch(url);
  await vi.waitFor(() => expect(answers).toHaveLength(asked + 1));
  answers.at(-1)?.end();
  return scrape;
}

const LARGE: Account = {
  accountId: "1000000000000007",
  accessKeys: [{ accessKeyId: "LTAI5tExampleKeyId0000", accessKeySecret: "ExampleSecret0000000000000000" }],
  regions: {
    "cn-hangzhou": Array.from({ length: 5000 }, (_, index) => ({
      serviceName: `service-${index % 50}`,
      functionName: `function-${index}`,
      qualifier: "LATEST",
    })),
  },
};

test("case 42: slow heads, slow bodies and slow readers leave the exporter to its scrapes, at the same size", async (context) => {
  requireProgram("slowhttptest", context);
  const emulator = await startEmulatorServer({
    emulator: createEmulator({ accounts: [LARGE] }),
    hostname: "127.0.0.1",
    port: 0,
  });
  onTestFinished(() => emulator.close());
  const [key] = LARGE.accessKeys;
  const exporter = await startExporter(
    JSON.stringify({
      accounts: [
        {
          account_id: LARGE.accountId,
          regions: ["cn-hangzhou"],
          credentials: { access_key_id: key?.accessKeyId, access_key_secret: key?.accessKeySecret },
          endpoint: emulator.endpointTemplate,
        },
      ],
    }),
  );
  onTestFinished(async () => void (await exporter.stop()));

  /** A scrape on a connection of its own, as one from a Prometheus that just came. */
  const scrape = async (): Promise<{ readonly ms: number; readonly rss: number; readonly functions: number }> => {
    const startedMs = performance.now();
    const response = await fetch(`${exporter.url}/metrics`, { headers: { connection: "close" } });
    const body = await response.text();
    const ms = performance.now() - startedMs;
    const valueOf = (name: string): number => Number(new RegExp(`^${name}(?:\\{.*\\})? (.*)$`, "mu").exec(body)?.[1]);
    return {
      ms,
      rss: valueOf("process_resident_memory_bytes"),
      functions: valueOf("aliyun_fc_async_task_account_functions"),
    };
  };
  await vi.waitFor(async () => expect((await scrape()).functions).toBe(5000), { timeout: 20_000, interval: 200 });
  for (let count = 0; count < 50; count += 1) await scrape();
  const before = await scrape();

  const folder = await temporaryFolder();
  const common = ["-c", "400", "-r", "200", "-p", "3", "-l", String(ATTACK_SECONDS), "-u", `${exporter.url}/metrics`];
  const attacks = {
    "slow heads": ["-H", "-i", "1", "-x", "24"],
    "slow bodies": ["-B", "-i", "1", "-s", "8192", "-x", "10"],
    "slow readers": ["-X", "-w", "10", "-y", "20", "-n", "5", "-z", "32", "-k", "3"],
  };
  for (const [name, flags] of Object.entries(attacks)) {
    let isOver = false;
    const attack = runToEnd(folder, "slowhttptest", [...flags, ...common]).finally(() => (isOver = true));
    const seen: Awaited<ReturnType<typeof scrape>>[] = [];
    while (!isOver) seen.push(await scrape());
    expect((await attack).stdout, name).toContain("slow HTTP test status");
    expect(seen.length, name).toBeGreaterThan(ATTACK_SECONDS);
    // The attack takes its share of this machine, too: one scrape in fifty may be late, none may fail.
    const late = seen.filter(({ ms }) => ms >= 1000);
    expect(late.length, name).toBeLessThanOrEqual(seen.length / 50);
    expect(Math.min(...seen.map(({ functions }) => functions)), name).toBe(5000);
    expect(Math.max(...seen.map(({ rss }) => rss)) - before.rss, name).toBeLessThan(96 * MEBIBYTE);
  }
  expect((await scrape()).functions).toBe(5000);
}, 180_000);
