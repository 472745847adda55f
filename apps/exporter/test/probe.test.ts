import { expect, test } from "vitest";
import { probeNames, probeWaitMs } from "../src/web/probe.ts";
import { valuesOf } from "./exposed.ts";
import { MINUTE_MS, scene } from "./scene.ts";

const HANGZHOU = "/probe?target=prod/cn-hangzhou";

test("a probe answers with the families of its target, its own two, and none of the exporter", async () => {
  const { poll, request } = await scene();
  await poll();
  const { status, headers, body } = await request(HANGZHOU);
  const text = body.toString();
  expect([status, headers["content-type"]]).toEqual([200, "text/plain; version=0.0.4; charset=utf-8"]);
  expect(valuesOf(text, "probe_success")).toEqual([1]);
  expect(valuesOf(text, "probe_duration_seconds")).toHaveLength(1);
  expect(text).toContain(
    'aliyun_fc_async_task_up{account_id="1000000000000001",region_id="cn-hangzhou",fc_version="2"} 1',
  );
  expect(text).not.toContain('region_id="cn-shanghai"');
  expect(text).not.toMatch(/^(process|nodejs|aliyun_fc_exporter)_/mu);
  const open = await request(HANGZHOU, { accept: "application/openmetrics-text;version=1.0.0" });
  expect(open.body.toString()).toMatch(/# EOF\n$/u);
});

test.each(["prod/cn-hangzhou", "1000000000000001/cn-hangzhou", "fc2/1000000000000001/cn-hangzhou"])(
  "a target can be probed as %s",
  async (name) => {
    const { poll, request } = await scene();
    await poll();
    const { body } = await request(`/probe?target=${encodeURIComponent(name)}`);
    expect(valuesOf(body.toString(), "probe_success")).toEqual([1]);
  },
);

test.each([
  ["/probe", "The parameter target is missing"],
  ["/probe?target=", "The parameter target is missing"],
  ["/probe?target=prod/nowhere", 'Unknown target "prod/nowhere"'],
  ["/probe?target=http://169.254.169.254/", "Unknown target"],
  [`/probe?target=${"x".repeat(500)}`, "Unknown target"],
])("%s is a bad request, and says so", async (path, problem) => {
  const { request } = await scene();
  const { status, body } = await request(path);
  expect(status).toBe(400);
  expect(body.toString()).toContain(problem);
  expect(body.length).toBeLessThan(400);
});

test("a probe of a list that is up to date starts no walk, however often it is asked", async () => {
  const { poll, request, emulator } = await scene();
  await poll();
  const before = emulator.requests.length;
  for (let probe = 0; probe < 10; probe += 1) await request(HANGZHOU);
  expect(emulator.requests).toHaveLength(before);
});

test("a probe joins the walk that is under way, with all others that wait for it", async () => {
  const { advance, inventory, request, emulator } = await scene();
  const waiting = Array.from({ length: 5 }, () => request(HANGZHOU));
  await request("/-/healthy");
  expect(emulator.requests).toHaveLength(0);
  inventory.start();
  await advance(100);
  const texts = (await Promise.all(waiting)).map(({ body }) => body.toString());
  for (const text of texts) {
    expect(valuesOf(text, "probe_success")).toEqual([1]);
    expect(valuesOf(text, "aliyun_fc_async_task_polls_total")).toEqual([1]);
  }
  const walks = emulator.requests.filter(
    ({ account, region }) => account === "1000000000000001" && region === "cn-hangzhou",
  );
  expect(walks.filter(({ target }) => !target.includes("nextToken"))).toHaveLength(1);
});

test("a probe gives up waiting half a second before its scraper does, and answers with what is known", async () => {
  const silence = {
    match: { region: "cn-hangzhou", account: "1000000000000001" },
    times: "forever",
    action: { type: "silence" },
  } as const;
  const { poll, advance, request, emulator } = await scene();
  await poll();
  emulator.faults.arm([silence]);
  await advance(1.2 * MINUTE_MS);
  let answered: string | undefined;
  const probing = request(HANGZHOU, { "x-prometheus-scrape-timeout-seconds": "4" }).then(
    ({ body }) => (answered = body.toString()),
  );
  await request("/-/healthy");
  await advance(3400);
  expect(answered).toBeUndefined();
  await advance(200);
  await probing;
  // The attempt has not ended: what is known is that the one before it succeeded.
  expect(valuesOf(answered ?? "", "probe_success")).toEqual([1]);
  expect(valuesOf(answered ?? "", "aliyun_fc_async_task_account_functions")).toHaveLength(1);
});

test("a failed walk is a probe without success, with status 200 and the last list", async () => {
  const { poll, request, emulator, advance } = await scene();
  await poll();
  emulator.faults.arm([{ match: {}, times: "forever", action: { type: "status", status: 403, code: "AccessDenied" } }]);
  await advance(1.2 * MINUTE_MS);
  const { status, body } = await request(HANGZHOU);
  expect(status).toBe(200);
  expect(valuesOf(body.toString(), "probe_success")).toEqual([0]);
  expect(valuesOf(body.toString(), "aliyun_fc_async_task_account_functions")).toHaveLength(1);
});

test.each([
  [undefined, 10_000],
  ["10", 9500],
  ["1.5", 1000],
  ["0.2", 0],
])("a scraper that waits %s seconds leaves %i ms", (header, waitMs) => {
  expect(probeWaitMs(header)).toBe(waitMs);
});

test.each(["", "0", "-1", "soon", "NaN", "1e9", "Infinity"])("a timeout of %j is a bad request", async (header) => {
  expect(probeWaitMs(header)).toContain("X-Prometheus-Scrape-Timeout-Seconds");
});

test("an account without a short name is probed by its number", () => {
  const target = { id: "fc2/1/cn-a", source: "fc2", accountId: "1", regionId: "cn-a" } as const;
  expect(probeNames({ target, alias: undefined, intervalMs: 1 })).toEqual(["1/cn-a", "fc2/1/cn-a"]);
});
