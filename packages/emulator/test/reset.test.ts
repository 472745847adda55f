import { createEmulator } from "@fc-async/emulator";
import { describe, expect, test } from "vitest";
import { signedGet } from "./signed-get.ts";
import { ACCOUNT_ID, numberedRows, optionsWith, REGION } from "./world.ts";

describe("reset", () => {
  test("takes back rows, nonces, requests, faults and request ids", async () => {
    const fault = { match: {}, times: 1, action: { type: "status", status: 503 } } as const;
    const emulator = createEmulator(optionsWith(numberedRows(2), { faults: [fault] }));
    const outcomes = async (): Promise<unknown> => {
      const first = await signedGet(emulator, { nonce: "same" });
      const second = await signedGet(emulator, { nonce: "other" });
      return [first.status, first.headers.get("x-fc-request-id"), second.text];
    };
    const before = await outcomes();
    emulator.rows(ACCOUNT_ID, REGION).remove(...numberedRows(2));
    emulator.faults.arm([{ match: {}, times: "forever", action: { type: "silence" } }]);
    emulator.reset();
    expect(emulator.requests).toEqual([]);
    expect(emulator.faults.armed).toEqual([{ rule: fault, matched: 0, hits: 0 }]);
    expect(await outcomes()).toEqual(before);
  });
});
