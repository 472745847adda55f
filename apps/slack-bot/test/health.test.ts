import { startServer } from "@fc-async/daemon";
import { createHealthHandler } from "fc-async-slack";
import type { TargetState } from "@fc-async/inventory";
import { expect, onTestFinished, test } from "vitest";
import { targetState } from "./states.ts";

async function get(path: string, states: () => Promise<readonly TargetState[]>, method = "GET"): Promise<unknown> {
  const server = await startServer(createHealthHandler({ states }), { hostname: "127.0.0.1", port: 0 });
  onTestFinished(() => server.stop());
  const response = await fetch(`http://127.0.0.1:${server.port}${path}`, { method });
  return [response.status, await response.text()];
}

const unread = targetState();
const failed = targetState({ regionId: "cn-shanghai", failure: { reason: "denied" } });

test("is healthy as soon as it serves, whatever the store does", async () => {
  const broken = (): Promise<never> => Promise.reject(new Error("canary"));
  expect(await get("/-/healthy", broken)).toEqual([200, "Healthy.\n"]);
  expect(await get("/-/ready", broken)).toEqual([503, "Not ready: the inventory store fails.\n"]);
});

test.each([
  ["not without targets", [], 503, "Not ready: no target yet.\n"],
  ["not before each was attempted", [unread, failed], 503, "Not ready: 1 of 2 targets not read yet.\n"],
  ["when each was attempted, though one failed", [failed, targetState({ rows: [] })], 200, "Ready.\n"],
])("is ready: %s", async (_, states, status, text) => {
  expect(await get("/-/ready?verbose", async () => states)).toEqual([status, text]);
});

test("serves nothing else, and changes nothing", async () => {
  expect(await get("/", async () => [])).toEqual([404, "Not found. There are /-/healthy and /-/ready.\n"]);
  expect(await get("/-/healthy", async () => [], "POST")).toEqual([405, ""]);
});
