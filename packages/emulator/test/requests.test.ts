import { createEmulator } from "@fc-async/emulator";
import { describe, expect, test } from "vitest";
import { signedGet } from "./signed-get.ts";
import { pageOf } from "./walk.ts";
import {
  ACCOUNT_ID,
  DIRECT_HOST,
  GATEWAY_HOST,
  KEY,
  NOW_MS,
  numberedRows,
  optionsWith,
  OTHER_KEY,
  REGION,
} from "./world.ts";

describe("the log of requests", () => {
  test("holds what a test wants to assert on, and no signature", async () => {
    const emulator = createEmulator(optionsWith(numberedRows(25)));
    const { nextToken } = await pageOf(emulator, 10, undefined, { nonce: "nonce-a" });
    await pageOf(emulator, 10, nextToken ?? expect.fail("the first page is not the last"), { host: GATEWAY_HOST });
    expect(emulator.requests).toHaveLength(2);
    expect(emulator.requests[0]).toEqual({
      atMs: NOW_MS,
      method: "GET",
      target: "/2021-04-06/stateful-async-invocation-functions?limit=10",
      host: DIRECT_HOST,
      account: ACCOUNT_ID,
      region: REGION,
      scheme: "acs3",
      accessKeyId: KEY.accessKeyId,
      nonce: "nonce-a",
      dateMs: NOW_MS,
      verdict: "ok",
      detail: undefined,
      diagnosis: undefined,
      unread: [],
      page: 1,
      fault: undefined,
      status: 200,
      violations: [],
      code: undefined,
      requestId: expect.any(String),
    });
    expect(emulator.requests[1]).toMatchObject({ page: 2, account: ACCOUNT_ID, host: GATEWAY_HOST });
  });

  test("forgets the oldest when it is full", async () => {
    const emulator = createEmulator(optionsWith([], { maxRequests: 3 }));
    for (const nonce of ["a", "b", "c", "d", "e", "f", "g"]) await signedGet(emulator, { nonce });
    expect(emulator.requests.map(({ nonce }) => nonce)).toEqual(["e", "f", "g"]);
  });

  test("is told to onRequest as each request ends", async () => {
    const told: unknown[] = [];
    const emulator = createEmulator(optionsWith([], { onRequest: ({ status }) => told.push(status) }));
    await signedGet(emulator);
    await signedGet(emulator, { key: OTHER_KEY });
    expect(told).toEqual([200, 403]);
  });
});
