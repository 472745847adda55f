import { once } from "node:events";
import { connect } from "node:net";
import { gunzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { targetLines, valuesOf } from "./exposed.ts";
import { MINUTE_MS, scene } from "./scene.ts";

const BROKEN = { match: {}, times: "forever", action: { type: "status", status: 500 } } as const;

test("is ready by the first attempt at every target, not by the first success", async () => {
  const { request, poll, inventory } = await scene({ faults: [BROKEN] });
  const before = await request("/-/ready");
  expect(before.status).toBe(503);
  expect(JSON.parse(before.body.toString())).toEqual({
    ready: false,
    waiting: inventory.targets.map(({ target }) => target.id),
  });
  expect((await request("/-/healthy")).status).toBe(200);
  await poll();
  const after = await request("/-/ready");
  expect([after.status, JSON.parse(after.body.toString())]).toEqual([200, { ready: true, waiting: [] }]);
});

test("keeps serving what it has while the store does not answer, and stays ready", async () => {
  const { poll, inventory, request, metrics, errors } = await scene();
  await poll();
  expect((await request("/-/ready")).status).toBe(200);
  const before = await metrics();
  const down = async (): Promise<never> => Promise.reject(new Error("store is away"));
  Object.assign(inventory.store, { now: down, states: down, state: down });
  expect(targetLines(await metrics())).toBe(targetLines(before));
  expect((await request("/-/ready")).status).toBe(200);
  expect((await request("/")).status).toBe(500);
  expect(errors.length).toBeGreaterThan(0);
});

test("says of the store that it is away for as long as it is", async () => {
  const { metrics, observe } = await scene();
  expect(valuesOf(await metrics(), "aliyun_fc_exporter_store_up")).toEqual([1]);
  observe({ type: "store_down", error: new Error("store is away") });
  expect(valuesOf(await metrics(), "aliyun_fc_exporter_store_up")).toEqual([0]);
  observe({ type: "store_up" });
  expect(valuesOf(await metrics(), "aliyun_fc_exporter_store_up")).toEqual([1]);
});

test("has a landing page that names every target with its state, age and failure", async () => {
  const { request, poll, advance, emulator } = await scene();
  expect((await request("/")).body.toString()).toContain("Waiting for the first poll of 6 targets");
  await poll();
  const denied = { type: "status", status: 403, code: "AccessDenied", message: "<b>no</b>" } as const;
  emulator.faults.arm([{ match: { account: "1000000000000002" }, times: "forever", action: denied }]);
  await advance(2 * MINUTE_MS);
  await poll();
  const { body, headers } = await request("/");
  const page = body.toString();
  expect(headers["content-type"]).toBe("text/html; charset=utf-8");
  expect(headers["content-security-policy"]).toContain("default-src 'none'");
  expect(page).toContain("3 of 6 targets fresh");
  expect(page).toContain("3 of 6 targets could not be read: denied");
  const [first, why] = page.split("<tbody>")[1]?.split("</tr>") ?? [];
  expect(why).toContain("<strong>denied</strong> <span>GET /2021-04-06/");
  expect(first).toMatch(
    /staging\/[^<]+<\/a>.*1000000000000002.*stale.*<td class="number">\d+<span.*<td>failed .* ago</u,
  );
  expect(page).not.toContain("<b>no</b>");
  expect(page).toContain('href="/metrics"');
});

test("a page of which nothing could be read says that nothing is known, not zero", async () => {
  const { request, poll } = await scene({ faults: [BROKEN] });
  await poll();
  const page = (await request("/")).body.toString();
  expect(page).toContain("6 of 6 targets could not be read: server");
  expect(page).toContain("0 of 6 targets fresh, no list is exposed, so how many functions there are is not known");
  expect(page).not.toContain("the others");
  expect(page).not.toContain("0 functions");
});

test("answers what it does not have with 404, and what would change something with 405", async () => {
  const { request } = await scene();
  const nothing = await request("/nothing?at=all");
  expect([nothing.status, nothing.body.toString()]).toEqual([
    404,
    "Not found. There are /, /metrics, /probe, /config, /-/healthy, /-/ready, /-/reload.\n",
  ]);
  const post = await request("/metrics", {}, "POST");
  expect([post.status, post.headers.allow]).toEqual([405, "GET, HEAD"]);
  const head = await request("/metrics", {}, "HEAD");
  expect([head.status, head.body.length, Number(head.headers["content-length"]) > 100]).toEqual([200, 0, true]);
});

test("serves the metrics where the flag says", async () => {
  const { request } = await scene({ telemetryPath: "/internal/metrics" });
  expect((await request("/internal/metrics")).status).toBe(200);
  expect((await request("/metrics")).status).toBe(404);
  expect((await request("/")).body.toString()).toContain('href="/internal/metrics"');
});

test("compresses into one gzip member that reads the same inventory", async () => {
  const { poll, request } = await scene();
  await poll();
  const plain = await request("/metrics", { "accept-encoding": "identity" });
  const packed = await request("/metrics", { "accept-encoding": "br;q=1, gzip;q=0.5" });
  expect(plain.headers["content-encoding"]).toBeUndefined();
  expect(packed.headers).toMatchObject({ "content-encoding": "gzip", vary: "Accept, Accept-Encoding" });
  expect(packed.body.length).toBe(Number(packed.headers["content-length"]));
  expect(gunzipSync(packed.body).toString()).toContain("\nprocess_cpu_seconds_total ");
  expect(targetLines(gunzipSync(packed.body).toString())).toBe(targetLines(plain.body.toString()));
});

test("speaks OpenMetrics when asked, whatever was asked before, and text when it knows nothing of what is asked", async () => {
  const { poll, request } = await scene();
  await poll();
  const open = "application/openmetrics-text;version=1.0.0,text/plain;version=0.0.4;q=0.5";
  const asked: string[] = [];
  for (const accept of [open, "text/plain", open, "application/vnd.google.protobuf;proto=x", "application/json"]) {
    const { status, headers, body } = await request("/metrics", { accept });
    expect(status).toBe(200);
    const isOpen = body.toString().endsWith("# EOF\n");
    expect(headers["content-type"]?.startsWith("application/openmetrics-text")).toBe(isOpen);
    asked.push(isOpen ? "openmetrics" : "text");
    expect(body.toString()).toMatch(
      isOpen
        ? /^# TYPE aliyun_fc_async_task_polls counter\n(?:#.*\n)?aliyun_fc_async_task_polls_total\{/mu
        : /^# TYPE aliyun_fc_async_task_polls_total counter\naliyun_fc_async_task_polls_total\{/mu,
    );
  }
  expect(asked).toEqual(["openmetrics", "text", "openmetrics", "text", "text"]);
});

test("answers two scrapes of one state with equal bytes", async () => {
  const { poll, request } = await scene();
  await poll();
  const headers = { "accept-encoding": "gzip" };
  const [first, second] = [await request("/metrics", headers), await request("/metrics", headers)];
  expect(first.body.equals(second.body)).toBe(true);
});

test("refuses a request head that is larger than any scraper's", async () => {
  const { url } = await scene();
  const socket = connect(Number(new URL(url).port), "127.0.0.1");
  socket.write(`GET /metrics HTTP/1.1\r\nHost: x\r\nX-Large: ${"x".repeat(20_000)}\r\n\r\n`);
  const [head] = await once(socket, "data");
  socket.destroy();
  expect(String(head)).toMatch(/^HTTP\/1\.1 431 /u);
});
