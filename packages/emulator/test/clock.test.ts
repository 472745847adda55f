import { createEmulator, type Emulator } from "@fc-async/emulator";
import { describe, expect, test } from "vitest";
import { signedGet } from "./signed-get.ts";
import { pageOf } from "./walk.ts";
import { KEY, NOW_MS, numberedRows, optionsWith } from "./world.ts";

const MINUTE_MS = 60_000;

const skewed = (skewMs: number): Emulator => createEmulator(optionsWith(numberedRows(5), { skewMs }));

async function code(emulator: Emulator, dateMs: number): Promise<unknown> {
  return JSON.parse((await signedGet(emulator, { dateMs })).text)["Code"];
}

describe("a clock that is off, case 16,", () => {
  test("refuses what the real clock dates, shows itself in Date, and takes what it dates itself", async () => {
    for (const skewMs of [20 * MINUTE_MS, -20 * MINUTE_MS]) {
      const emulator = skewed(skewMs);
      const refused = await signedGet(emulator);
      expect(JSON.parse(refused.text)).toMatchObject({ Code: "InvalidTimeStamp.Expired" });
      const shownMs = Date.parse(refused.headers.get("date") ?? "");
      expect(shownMs).toBe(NOW_MS + skewMs);
      expect(await code(emulator, shownMs)).toBeUndefined();
    }
  });

  test("may be set and moved while it runs, and reset sets it back", async () => {
    const emulator = skewed(1000);
    emulator.clock.advance(20 * MINUTE_MS);
    expect(emulator.clock).toMatchObject({ skewMs: 1000 + 20 * MINUTE_MS, nowMs: NOW_MS + 1000 + 20 * MINUTE_MS });
    expect(await code(emulator, NOW_MS)).toBe("InvalidTimeStamp.Expired");
    emulator.clock.skew(0);
    expect(await code(emulator, NOW_MS)).toBeUndefined();
    emulator.reset();
    expect(emulator.clock.skewMs).toBe(1000);
  });
});

describe("a token with an end, case 12,", () => {
  const limited = (): Emulator => createEmulator(optionsWith(numberedRows(5), { tokenTtlMs: MINUTE_MS }));

  test("is good until then, and an invalid argument after it", async () => {
    const emulator = limited();
    const { nextToken } = await pageOf(emulator, 2);
    emulator.clock.advance(MINUTE_MS);
    const second = await pageOf(emulator, 2, nextToken ?? "", { dateMs: emulator.clock.nowMs });
    expect(second.data).toEqual(numberedRows(4).slice(2));
    emulator.clock.advance(1);
    const refused = await signedGet(emulator, {
      dateMs: emulator.clock.nowMs,
      query: [
        ["limit", "2"],
        ["nextToken", nextToken ?? ""],
      ],
    });
    expect({ status: refused.status, ...JSON.parse(refused.text) }).toMatchObject({
      status: 400,
      Code: "InvalidArgument",
      Message: "nextToken has expired: it was issued 60 s ago and is good for 60 s",
    });
    // The one that was issued later is younger.
    await pageOf(emulator, 2, second.nextToken ?? "", { dateMs: emulator.clock.nowMs });
  });

  test("is good for ever when nothing is said", async () => {
    const emulator = createEmulator(optionsWith(numberedRows(5)));
    const { nextToken } = await pageOf(emulator, 2);
    emulator.clock.advance(365 * 24 * 60 * MINUTE_MS);
    expect((await pageOf(emulator, 2, nextToken ?? "", { dateMs: emulator.clock.nowMs })).data).toHaveLength(2);
  });
});

test("the state tells what there is, without a secret", async () => {
  const emulator = createEmulator(
    optionsWith(numberedRows(5), {
      skewMs: 1500,
      faults: [{ match: {}, times: 1, action: { type: "status", status: 500 } }],
    }),
  );
  await signedGet(emulator);
  expect(emulator.state).toEqual({
    now: "2026-11-23T08:56:28.500Z",
    skewMs: 1500,
    pagination: "stable",
    accounts: [
      {
        accountId: "1234567890123456",
        accessKeyIds: ["LTAI5tExampleKeyId0000", "STS.NUExampleKeyId0000"],
        regions: { "cn-hangzhou": 5 },
      },
      { accountId: "6543210987654321", accessKeyIds: ["LTAI5tOtherKeyId0000"], regions: { "cn-hangzhou": 30 } },
    ],
    armedFaults: 1,
    requests: 1,
  });
  expect(JSON.stringify(emulator.state)).not.toContain(KEY.accessKeySecret);
});
