import { afterEach, expect, test, vi } from "vitest";
import { isSignerName, SIGNERS } from "../signers/signers.ts";

afterEach(() => {
  vi.useRealTimers();
});

test("every signer writes the same Authorization for the same request", async () => {
  vi.useFakeTimers({ now: Date.UTC(2026, 10, 23, 12), toFake: ["Date"] });
  const request = { nextToken: "a+/ *'==", nonce: "0123456789abcdef0123456789abcdef" };
  const written = await Promise.all(Object.values(SIGNERS).map(async (load) => (await load())(request)));
  expect(written).toHaveLength(3);
  expect(written[0]).toMatch(/^ACS3-HMAC-SHA256 Credential=LTAI5tExampleKeyId0000,SignedHeaders=host;x-acs-action;/);
  expect(new Set(written).size).toBe(1);
});

test("no signer is found under a name that every object has", () => {
  expect(isSignerName("toString")).toBe(false);
});
