import { formatRfc1123 } from "@fc-async/protocol";
import { describe, expect, test } from "vitest";
import { url, scene, json, refusal, type Scene } from "./signed-fetch-scene.ts";

/** A service whose clock is ahead by `aheadMs` and refuses dates more than 15 minutes off. */
function skewed(aheadMs: number, headers: Record<string, string> = {}): Scene {
  const made: Scene = scene([
    (sent) => {
      const serviceMs = made.clock.now() + aheadMs;
      const date = { date: formatRfc1123(serviceMs), ...headers };
      const sentMs = Date.parse(sent.headers.get("x-acs-date") ?? "");
      if (Math.abs(serviceMs - sentMs) <= 900_000) return json(200, {}, date);
      return refusal(400, "InvalidTimeStamp.Expired", date);
    },
  ]);
  return made;
}

describe("the clock", () => {
  test("case 16: one rejection teaches the offset, and the call succeeds; later calls begin with it", async () => {
    const { fetch, sent, events, observe } = skewed(-1_200_000);
    const walk = fetch.startWalk({ observe });
    expect((await walk(url)).status).toBe(200);
    expect(sent).toHaveLength(2);
    expect(fetch.clockSkewMs).toBe(-1_200_000);
    expect(events).toContainEqual({ type: "clock_skew", skewMs: -1_200_000 });
    expect((await walk(url)).status).toBe(200);
    expect((await fetch(url)).status).toBe(200);
    expect(sent).toHaveLength(4);
  });

  test("case 16: is corrected at most once per walk, and once more in the next", async () => {
    const made: Scene = scene([
      () => refusal(400, "InvalidTimeStamp.Expired", { date: formatRfc1123(made.clock.now() + 1_200_000) }),
    ]);
    const walk = made.fetch.startWalk({});
    expect((await walk(url)).status).toBe(400);
    expect(made.sent).toHaveLength(2);
    expect((await walk(url)).status).toBe(400);
    expect(made.sent).toHaveLength(3);
    expect((await made.fetch.startWalk({})(url)).status).toBe(400);
    expect(made.sent).toHaveLength(5);
  });

  test.each([
    ["case 17: a cached answer", skewed(1_200_000, { age: "900" })],
    ["a difference of more than a day", skewed(25 * 3_600_000)],
    ["a difference of more than a day behind", skewed(-25 * 3_600_000)],
  ])("is not learned from %s", async (_why, made) => {
    expect((await made.fetch(url)).status).toBe(400);
    expect(made.sent).toHaveLength(1);
    expect(made.fetch.clockSkewMs).toBe(0);
  });

  test("is learned over plain http on loopback, where an emulator lives", async () => {
    const { fetch } = skewed(1_200_000);
    expect((await fetch("http://1.cn-hangzhou.localhost:10407/2021-04-06/x")).status).toBe(200);
  });
});
