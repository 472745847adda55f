import { createEmulator, type Emulator } from "@fc-async/emulator";
import { describe, expect, test } from "vitest";
import { signedGet } from "./signed-get.ts";
import { DIRECT_HOST, KEY, numberedRows, optionsWith, STS_KEY } from "./world.ts";

const emulator = (): Emulator => createEmulator(optionsWith(numberedRows(3)));

describe("the log", () => {
  test("explains a signature made with another host by the line it shows in", async () => {
    const world = emulator();
    await signedGet(world, { tamper: (headers) => headers.set("host", `${DIRECT_HOST}:8080`) });
    const { diagnosis } = world.requests[0] ?? {};
    expect(diagnosis?.finding).toEqual({ line: 4, sentence: expect.stringContaining("without its port") });
    expect(diagnosis?.lines[3]).toBe(`host:${DIRECT_HOST}:8080`);
  });

  test("shows the lines of a signature that nothing explains, without its token", async () => {
    const world = emulator();
    await signedGet(world, { key: { ...STS_KEY, accessKeySecret: "AnotherSecret000000000000000" } });
    const { diagnosis, verdict } = world.requests[0] ?? {};
    expect(verdict).toBe("signature_mismatch");
    expect(diagnosis?.finding).toBeUndefined();
    expect(diagnosis?.lines).toContain("x-acs-security-token:[redacted]");
    expect(JSON.stringify(world.requests)).not.toContain(STS_KEY.securityToken);
  });

  test("explains nothing else: right requests, unknown keys", async () => {
    const world = emulator();
    await signedGet(world);
    await signedGet(world, { key: { ...KEY, accessKeyId: "LTAI5tNobodyKeyId0000" } });
    expect(world.requests.map(({ diagnosis }) => diagnosis)).toEqual([undefined, undefined]);
  });

  test("names parameters that nothing reads", async () => {
    const world = emulator();
    await signedGet(world, {
      query: [
        ["limit", "1"],
        ["prefix", "a"],
        ["prefix", "b"],
        ["maxResults", "1"],
      ],
    });
    expect(world.requests[0]?.unread).toEqual(["maxResults", "prefix"]);
  });
});
