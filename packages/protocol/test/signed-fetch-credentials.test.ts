import { apiErrorFrom, type Credentials, FcCredentialsError } from "@fc-async/protocol";
import { inspect } from "node:util";
import { describe, expect, test, vi } from "vitest";
import { url, key, scene, ok, refusal, reset } from "./signed-fetch-scene.ts";

describe("credentials", () => {
  test.each([
    ["access key id", { accessKeyId: "LTAI\nCanary" }],
    ["access key id", { accessKeyId: "" }],
    ["access key secret", { accessKeySecret: "" }],
    ["security token", { securityToken: "Canary\nabc" }],
    ["security token", { securityToken: "Canary Ü" }],
  ])("with a wrong %s are refused by its name alone, before anything is sent: %j", async (part, change) => {
    const { fetch, sent } = scene([ok], { credentials: () => ({ ...key, ...change }) });
    const error: unknown = await fetch(url).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(FcCredentialsError);
    expect(String(error)).toContain(`The ${part} is empty or holds`);
    expect(inspect(error, { depth: 5 })).not.toContain("Canary");
    expect(sent).toEqual([]);
  });

  test("with an empty token are a plain pair", async () => {
    const { fetch, sent, verdicts } = scene([ok], { credentials: () => ({ ...key, securityToken: "" }) });
    await fetch(url);
    expect(sent[0]?.headers.has("x-acs-security-token")).toBe(false);
    expect(await verdicts()).toMatchObject([{ ok: true }]);
  });

  test("are asked for before each attempt", async () => {
    const credentials = vi.fn<() => Credentials>(() => key);
    const { fetch } = scene([refusal(500, "X"), ok], { credentials });
    await fetch(url);
    expect(credentials).toHaveBeenCalledTimes(2);
  });

  const fresh: Credentials = { ...key, accessKeyId: "STS.NUExampleKeyId0000", securityToken: "CAISExample" };

  test("refused for their key are asked for once more, and the page repeated with the new ones", async () => {
    let current: Credentials = key;
    const { fetch, sent } = scene(
      [
        () => {
          current = fresh;
          return refusal(403, "InvalidAccessKeyID");
        },
        ok,
      ],
      { credentials: () => current },
    );
    expect((await fetch(url)).status).toBe(200);
    expect(sent[1]?.headers.get("x-acs-security-token")).toBe("CAISExample");
  });

  test("case 20: refused for their key are named to the provider, so that it can look past its cache", async () => {
    const asked: (Credentials | undefined)[] = [];
    let cached: Credentials = key;
    const provider = (refused?: Credentials): Credentials => {
      asked.push(refused);
      // As the vendor's chain does: it keeps a pair until shortly before its written end.
      if (refused?.accessKeyId === cached.accessKeyId) cached = fresh;
      return cached;
    };
    const { fetch, sent, verdicts, clock } = scene([refusal(400, "InvalidSecurityToken.Expired"), ok], {
      credentials: provider,
    });
    const startedAtMs = clock.now();
    expect((await fetch(url)).status).toBe(200);
    expect(asked).toEqual([undefined, key]);
    expect(sent.map(({ headers }) => headers.get("x-acs-security-token"))).toEqual([undefined, "CAISExample"]);
    expect(new Set(sent.map(({ headers }) => headers.get("x-acs-signature-nonce"))).size).toBe(2);
    expect(clock.now()).toBe(startedAtMs);
    expect(await verdicts()).toMatchObject([{ ok: true }, { problem: "token_mismatch" }]);
  });

  test("case 20: a provider that fails when its pair was refused ends the call with reason auth, after one request", async () => {
    const provider = (refused?: Credentials): Credentials => {
      if (refused !== undefined) throw new Error("the token service is down");
      return key;
    };
    const { fetch, sent } = scene([refusal(403, "InvalidAccessKeyID")], { credentials: provider });
    await expect(fetch(url)).rejects.toMatchObject({
      code: "FC_CREDENTIALS",
      reason: "auth",
      message: expect.stringContaining("the token service is down"),
    });
    expect(sent).toHaveLength(1);
  });

  test.each(["denied", "throttled"])("that were not refused for their key are not named: %s", async (reason) => {
    const asked: (Credentials | undefined)[] = [];
    const answer = reason === "denied" ? refusal(403, "AccessDenied") : refusal(429, "ResourceExhausted");
    const { fetch } = scene([answer, ok], {
      credentials: (refused) => {
        asked.push(refused);
        return key;
      },
    });
    await fetch(url);
    expect(asked.filter((refused) => refused !== undefined)).toEqual([]);
  });

  test("that are still the same are not tried again", async () => {
    const { fetch, sent } = scene([refusal(403, "InvalidAccessKeyID")]);
    expect((await fetch(url)).status).toBe(403);
    expect(sent).toHaveLength(1);
  });

  test("that change on every call are refreshed once, not for ever", async () => {
    let count = 0;
    const { fetch, sent } = scene([refusal(403, "SignatureNotMatch")], {
      credentials: async () => ({ ...key, accessKeyId: `LTAI${count++}` }),
    });
    expect((await fetch(url)).status).toBe(403);
    expect(sent).toHaveLength(2);
  });

  test("case 20: a provider that fails is an error of its own, with reason auth, and nothing is sent", async () => {
    const { fetch, sent } = scene([ok], { credentials: () => Promise.reject(new Error("no role")) });
    const call = fetch(url);
    await expect(call).rejects.toThrow(FcCredentialsError);
    await expect(call).rejects.toMatchObject({
      reason: "auth",
      code: "FC_CREDENTIALS",
      message: expect.stringContaining("no role"),
    });
    expect(sent).toHaveLength(0);
  });

  test("never stand in an error", async () => {
    const token = "CAISExampleSecurityToken+/0000==";
    const secrets = { ...key, securityToken: token };
    for (const answer of [refusal(403, "SignatureNotMatch"), reset(), refusal(500, "X")]) {
      const { fetch } = scene([answer], { credentials: () => secrets });
      const outcome = await fetch(url).then(
        async (response) => apiErrorFrom(response, await response.text()),
        (error: unknown) => error,
      );
      const shown = `${String(outcome)} ${JSON.stringify(outcome)}`;
      expect(shown).not.toContain(key.accessKeySecret);
      expect(shown).not.toContain(token);
    }
  });
});
