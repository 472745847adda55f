import { createEmulator, type Emulator, type RetryAfter, type Throttle } from "@fc-async/emulator";
import { describe, expect, test } from "vitest";
import { signedGet, type Got } from "./signed-get.ts";
import { ACCOUNT_ID, NOW_MS, numberedRows, optionsWith, OTHER_ACCOUNT_ID, OTHER_KEY, REGION } from "./world.ts";

interface Scene {
  readonly emulator: Emulator;
  pass(ms: number): void;
  ask(more?: Parameters<typeof signedGet>[1]): Promise<Got>;
}

/** An emulator with a clock that moves by hand. */
function scene(throttle: Throttle): Scene {
  let nowMs = NOW_MS;
  const emulator = createEmulator({ ...optionsWith(numberedRows(3)), now: () => nowMs, throttle });
  return {
    emulator,
    pass(ms) {
      nowMs += ms;
    },
    ask: (more = {}) => signedGet(emulator, { dateMs: nowMs, ...more }),
  };
}

async function statuses({ ask }: Scene, times: number): Promise<readonly number[]> {
  const seen: number[] = [];
  for (let turn = 0; turn < times; turn++) seen.push((await ask()).status);
  return seen;
}

describe("throttling", () => {
  test("lets a burst through, and then as many a second as it says", async () => {
    const world = scene({ requestsPerSecond: 2, burst: 3 });
    expect(await statuses(world, 5)).toEqual([200, 200, 200, 429, 429]);
    world.pass(499);
    expect(await statuses(world, 1)).toEqual([429]);
    world.pass(1);
    expect(await statuses(world, 2)).toEqual([200, 429]);
    world.pass(60_000);
    expect(await statuses(world, 4)).toEqual([200, 200, 200, 429]);
  });

  test("without a burst lets one request through at once, however slow it is", async () => {
    const world = scene({ requestsPerSecond: 0.1 });
    expect(await statuses(world, 2)).toEqual([200, 429]);
    world.pass(10_000);
    expect(await statuses(world, 2)).toEqual([200, 429]);
  });

  test("counts each account and region for itself", async () => {
    const world = scene({ requestsPerSecond: 1 });
    const other = { host: `${OTHER_ACCOUNT_ID}.${REGION}.localhost`, key: OTHER_KEY };
    const elsewhere = { host: `${ACCOUNT_ID}.cn-shanghai.localhost` };
    expect(await statuses(world, 2)).toEqual([200, 429]);
    expect([(await world.ask(other)).status, (await world.ask(other)).status]).toEqual([200, 429]);
    expect([(await world.ask(elsewhere)).status, (await world.ask(elsewhere)).status]).toEqual([200, 429]);
  });

  test("refuses in the words of the service, or as the gateway does with 400, case 15", async () => {
    for (const [code, status] of [
      ["ResourceExhausted", 429],
      ["Throttling.User", 400],
    ] as const) {
      const world = scene({ requestsPerSecond: 1, code });
      await world.ask();
      const refused = await world.ask();
      expect({ status: refused.status, code: JSON.parse(refused.text).Code }).toEqual({ status, code });
      expect(world.emulator.requests.at(-1)).toMatchObject({ status, code, verdict: "ok", fault: undefined });
    }
  });

  test("is not for requests that are wrong", async () => {
    const world = scene({ requestsPerSecond: 1 });
    await world.ask({ key: { accessKeyId: "LTAI5tNobodyKeyId0000", accessKeySecret: "x" } });
    expect(await statuses(world, 1)).toEqual([200]);
  });

  test("starts over with reset", async () => {
    const world = scene({ requestsPerSecond: 1 });
    expect(await statuses(world, 2)).toEqual([200, 429]);
    world.emulator.reset();
    expect(await statuses(world, 2)).toEqual([200, 429]);
  });

  test("never stops a clock that was set back", async () => {
    const world = scene({ requestsPerSecond: 1, burst: 2 });
    await world.ask();
    world.pass(-3_600_000);
    expect(await statuses(world, 2)).toEqual([200, 429]);
    world.pass(1000);
    expect(await statuses(world, 1)).toEqual([200]);
  });
});

describe("Retry-After, cases 13 and 14,", () => {
  test.each<[RetryAfter, string, string]>([
    ["seconds", "retry-after", "4"],
    ["date", "retry-after", "Mon, 23 Nov 2026 08:56:32 GMT"],
    ["milliseconds", "x-acs-retry-after", "4000"],
    ["hour", "retry-after", "3600"],
    ["far-date", "retry-after", "Thu, 20 Nov 2036 08:56:27 GMT"],
    ["huge", "retry-after", "999999999"],
    ["negative", "retry-after", "-5"],
    ["past-date", "retry-after", "Sun, 22 Nov 2026 08:56:27 GMT"],
    ["junk", "retry-after", "soon"],
  ])("says how long to wait, or nonsense: %s", async (retryAfter, name, value) => {
    const world = scene({ requestsPerSecond: 0.25, retryAfter });
    await world.ask();
    const { headers } = await world.ask();
    expect([...headers].filter(([header]) => header.endsWith("retry-after"))).toEqual([[name, value]]);
  });

  test("seconds and date are long enough for the next request to pass", async () => {
    for (const form of ["seconds", "date"] as const) {
      const world = scene({ requestsPerSecond: 0.3, retryAfter: form });
      await world.ask();
      const said = (await world.ask()).headers.get("retry-after") ?? "";
      world.pass(form === "seconds" ? Number(said) * 1000 : Date.parse(said) - NOW_MS);
      expect((await world.ask()).status).toBe(200);
    }
  });

  test("is not said when the throttle does not say so", async () => {
    const world = scene({ requestsPerSecond: 1 });
    await world.ask();
    expect((await world.ask()).headers.has("retry-after")).toBe(false);
  });
});
