import { demoAccounts } from "@fc-async/emulator";
import { expect, test } from "vitest";
import { createReloader, type ReloadOutcome } from "../src/reload/create-reloader.ts";
import { watchFile } from "../src/reload/watch-file.ts";
import { valuesOf } from "./exposed.ts";
import { MINUTE_MS, scene } from "./scene.ts";

const [prod, staging, sandbox] = demoAccounts();
if (prod === undefined || staging === undefined || sandbox === undefined)
  throw new Error("the demo has three accounts");

test("a plan without an account takes all its series away, and leaves the others their lists and counters", async () => {
  const { poll, metrics, replan, advance } = await scene({ accounts: [prod, staging] });
  await poll();
  const before = await metrics();
  expect(before).toContain('account_id="1000000000000002"');
  replan([prod]);
  const after = await metrics();
  expect(after).not.toContain("1000000000000002");
  const ofProd = (text: string): readonly string[] =>
    text.split("\n").filter((line) => line.includes('account_id="1000000000000001"') && !line.includes("timestamp"));
  expect(ofProd(after)).toEqual(ofProd(before));
  await advance(1000);
  expect(await metrics()).not.toContain("1000000000000002");
});

test("a plan with another account shows it as soon as it was read, and takes nobody out of service meanwhile", async () => {
  const { poll, metrics, replan, advance, request } = await scene();
  replan([prod]);
  await poll();
  expect((await request("/-/ready")).status).toBe(200);
  replan([prod, sandbox]);
  expect((await request("/-/ready")).status).toBe(200);
  await advance(1000);
  const text = await metrics();
  expect(text).toContain(
    'aliyun_fc_async_task_account_functions{account_id="1000000000000003",region_id="cn-hangzhou",fc_version="2"} 0',
  );
  expect(valuesOf(text, "aliyun_fc_async_task_polls_total")).toEqual([1, 1, 1]);
});

test("an account that is taken away and comes back counts from nothing", async () => {
  const { poll, metrics, replan, advance } = await scene({ accounts: [prod, sandbox] });
  await poll();
  await advance(1.2 * MINUTE_MS);
  const polls = (text: string): string | undefined =>
    /aliyun_fc_async_task_polls_total\{account_id="1000000000000003"[^}]*\} (\d+)/u.exec(text)?.[1];
  expect(polls(await metrics())).toBe("2");
  replan([prod]);
  await advance(1000);
  replan([prod, sandbox]);
  await advance(1000);
  expect(polls(await metrics())).toBe("1");
});

test("POST /-/reload answers with what came of it; GET does not reload", async () => {
  const outcomes: ReloadOutcome[] = [
    { ok: true, targets: 6 },
    { ok: false, problems: ["fc-async.yaml:3:5: accounts[0].region: unknown key; did you mean regions?"] },
  ];
  const { request } = await scene({ reload: async () => outcomes.shift() ?? { ok: true, targets: 0 } });
  const get = await request("/-/reload");
  expect([get.status, get.headers.allow, get.body.toString()]).toEqual([
    405,
    "POST",
    "Method not allowed: this endpoint takes POST.\n",
  ]);
  expect(outcomes).toHaveLength(2);
  const good = await request("/-/reload", {}, "POST");
  expect([good.status, good.body.toString()]).toEqual([200, "Configuration reloaded: 6 targets.\n"]);
  const bad = await request("/-/reload", {}, "POST");
  expect([bad.status, bad.body.toString()]).toEqual([
    500,
    "Failed to reload the configuration; the one before stays in force.\nfc-async.yaml:3:5: accounts[0].region: unknown key; did you mean regions?\n",
  ]);
});

test.each([
  { origin: "https://evil.example" },
  { "sec-fetch-site": "cross-site" },
  { "sec-fetch-site": "same-site" },
  { origin: "null" },
])(
  "case 44: a page of another site that sends POST /-/reload (%j) is refused, and nothing is loaded",
  async (headers) => {
    let reloads = 0;
    const { request } = await scene({
      reload: async () => {
        reloads += 1;
        return { ok: true, targets: 1 };
      },
    });
    expect((await request("/-/reload", headers, "POST")).status).toBe(403);
    expect(reloads).toBe(0);
  },
);

test("a reload that failed shows in the metrics and on the page until one succeeds", async () => {
  const { exporter, metrics, request, advance } = await scene({ reload: async () => ({ ok: true, targets: 6 }) });
  const successful = async (): Promise<readonly number[]> =>
    valuesOf(await metrics(), "aliyun_fc_exporter_config_last_reload_successful");
  const loadedAt = async (): Promise<number | undefined> =>
    valuesOf(await metrics(), "aliyun_fc_exporter_config_last_reload_success_timestamp_seconds")[0];
  const startedAt = (await loadedAt()) ?? 0;
  expect(await successful()).toEqual([1]);
  await advance(5000);
  exporter.observeReload({ ok: false, problems: ["fc-async.yaml:1:1: <nonsense>"] });
  expect(await successful()).toEqual([0]);
  expect(await loadedAt()).toBe(startedAt);
  expect((await request("/")).body.toString()).toContain("fc-async.yaml:1:1: &lt;nonsense&gt;");
  exporter.observeReload({ ok: true, targets: 6 });
  expect(await successful()).toEqual([1]);
  expect(await loadedAt()).toBe(startedAt + 5);
  expect((await request("/")).body.toString()).not.toContain("nonsense");
});

test("reloads follow one another: one that is asked for while another runs begins after it", async () => {
  const order: string[] = [];
  const release: (() => void)[] = [];
  const reload = createReloader<number>({
    load: async () => {
      order.push("load");
      await new Promise<void>((resolve) => release.push(resolve));
      return { ok: true, loaded: order.length };
    },
    apply: (loaded) => {
      order.push("apply");
      return loaded;
    },
    onOutcome: ({ ok }) => order.push(ok ? "done" : "failed"),
  });
  const both = [reload(), reload()];
  for (let round = 0; round < 2; round += 1) {
    await new Promise((resolve) => setImmediate(resolve));
    release[round]?.();
  }
  await Promise.all(both);
  expect(order).toEqual(["load", "apply", "done", "load", "apply", "done"]);
});

test("what cannot be put into force is an outcome, not a crash", async () => {
  const outcomes: ReloadOutcome[] = [];
  const reload = createReloader<string>({
    load: async () => ({ ok: true, loaded: "plan" }),
    apply: () => {
      throw new TypeError("The target fc2/1/cn-a is listed twice.");
    },
    onOutcome: (outcome) => outcomes.push(outcome),
  });
  expect(await reload()).toEqual({ ok: false, problems: ["The target fc2/1/cn-a is listed twice."] });
  expect(outcomes).toHaveLength(1);
});

test("a watched file counts when it holds something else, not when it was merely written or is away for a moment", async () => {
  let content: string | undefined = "a";
  let look = (): void => undefined;
  let changes = 0;
  const end = watchFile({
    read: async () => {
      if (content === undefined) throw new Error("ENOENT");
      return Buffer.from(content);
    },
    intervalMs: 1000,
    onChanged: () => (changes += 1),
    every: (callback) => {
      look = callback;
      return () => (look = () => undefined);
    },
  });
  const lookAt = async (next: string | undefined): Promise<number> => {
    content = next;
    look();
    await new Promise((resolve) => setImmediate(resolve));
    return changes;
  };
  expect(await lookAt("a")).toBe(0);
  expect(await lookAt("b")).toBe(1);
  expect(await lookAt(undefined)).toBe(1);
  expect(await lookAt("b")).toBe(1);
  expect(await lookAt("a")).toBe(2);
  end();
  expect(await lookAt("c")).toBe(2);
});
