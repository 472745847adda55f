import { verifyRequest } from "@fc-async/protocol/verify";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { CREDENTIALS } from "../clients/account.ts";
import { signedRequestHead } from "../clients/floor.ts";
import { isWalkClientName, WALK_CLIENTS } from "../clients/walk-clients.ts";
import { startPageServer, type PageServer } from "../server/start-page-server.ts";

const UNPINNED = { command: [] };

let server: PageServer | undefined;
beforeAll(async () => {
  server = await startPageServer({ pinning: UNPINNED, pageCount: 3 });
});
afterAll(() => server?.stop());

describe.each(Object.keys(WALK_CLIENTS))("the client %s", (name) => {
  test("reads every row of every page, again and again", async () => {
    if (!isWalkClientName(name)) throw new Error(name);
    const walk = (await WALK_CLIENTS[name]())(server?.origin ?? "");
    for (let index = 0; index < 2; index += 1) {
      const services: (string | undefined)[] = [];
      await walk((rows) => services.push(...rows.map(({ serviceName }) => serviceName)));
      expect(services).toHaveLength(300);
      expect(new Set(services)).toEqual(new Set(["order-processing-000"]));
    }
  });
});

test("no client is found under a name that every object has", () => {
  expect(isWalkClientName("constructor")).toBe(false);
});

test("the floor signs as the service demands", async () => {
  const nowMs = Date.UTC(2026, 10, 23, 12);
  const host = "1000000000000001.cn-hangzhou.fc.aliyuncs.com";
  const [requestLine = "", ...lines] = signedRequestHead(host, "limit=100&nextToken=a%2B%2F%3D", nowMs)
    .trimEnd()
    .split("\r\n");
  const [method = "", target = ""] = requestLine.split(" ");
  const headers = new Map(lines.map((line) => [line.slice(0, line.indexOf(":")), line.slice(line.indexOf(":") + 1)]));
  const findKey = (id: string): typeof CREDENTIALS | undefined =>
    id === CREDENTIALS.accessKeyId ? CREDENTIALS : undefined;
  expect(await verifyRequest({ method, target, headers }, { findKey, nowMs })).toMatchObject({ ok: true });
  const changed = target.replace("limit=100", "limit=10");
  expect(await verifyRequest({ method, target: changed, headers }, { findKey, nowMs })).toMatchObject({ ok: false });
});
