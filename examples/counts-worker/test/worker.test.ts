import { createEmulator, DEMO_ACCOUNT, demoAccounts, type EmulatorOptions, openApiContract } from "@fc-async/emulator";
import { afterEach, describe, expect, test, vi } from "vitest";
import { countsPerService } from "../src/counts-per-service.ts";
import worker from "../src/worker.ts";

const ENV = {
  ALIBABA_CLOUD_ACCOUNT_ID: DEMO_ACCOUNT.accountId,
  FC_ASYNC_REGION: "cn-hangzhou",
  ALIBABA_CLOUD_ACCESS_KEY_ID: DEMO_ACCOUNT.accessKeyId,
  ALIBABA_CLOUD_ACCESS_KEY_SECRET: DEMO_ACCOUNT.accessKeySecret,
};

afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

/** The platform's fetch leads to the emulator; what is said to the log is kept. */
function world(faults: EmulatorOptions["faults"] = []): {
  readonly log: string[];
  readonly emulator: ReturnType<typeof createEmulator>;
} {
  const emulator = createEmulator({ accounts: demoAccounts(), faults, contract: openApiContract("fail") });
  vi.stubGlobal("fetch", emulator.fetch);
  const log: string[] = [];
  vi.spyOn(console, "error").mockImplementation((line: unknown) => log.push(String(line)));
  return { log, emulator };
}

const ask = (path = "/", init?: RequestInit, env: NodeJS.ProcessEnv = ENV): Promise<Response> =>
  worker.fetch(new Request(`https://counts.example${path}`, init), env);

describe("GET /", () => {
  test("answers the functions of every service, a function with three qualifiers once", async () => {
    world();
    const response = await ask();
    expect(response.status).toBe(200);
    expect(response.headers.get("content-type")).toBe("application/json");
    expect(response.headers.get("cache-control")).toBe("private, max-age=60");
    const names = [
      "billing-jobs",
      "data-sync",
      "image-pipeline",
      "mail-sender",
      "order-events",
      "reporting",
      "search-index",
      "video-transcode",
    ];
    expect(await response.json()).toEqual({
      accountId: DEMO_ACCOUNT.accountId,
      region: "cn-hangzhou",
      services: names.map((service) => ({ service, functions: 6 })),
    });
  });

  test("is 502 with the error's code when the service refuses, and says why only to the log", async () => {
    const { log } = world();
    const response = await ask("/", {}, { ...ENV, ALIBABA_CLOUD_ACCESS_KEY_SECRET: "ExampleSecret0000000000000000" });
    expect(response.status).toBe(502);
    expect(response.headers.get("cache-control")).toBe("no-store");
    expect(await response.json()).toEqual({ code: "FC_API", reason: "auth" });
    expect(log.join("\n")).toContain("SignatureNotMatch");
    expect(log.join("\n")).not.toContain("ExampleSecret");
  });

  test("is 502 and no smaller count when the list does not end", async () => {
    world([{ match: {}, times: "forever", action: { type: "token", token: "repeat" } }]);
    const response = await ask();
    expect(response.status).toBe(502);
    expect(await response.json()).toEqual({ code: "FC_PAGINATION", reason: "pagination" });
  });

  test.each(Object.keys(ENV))("is 500 and sends nothing when %s is missing", async (name) => {
    const { emulator } = world();
    const response = await ask("/", {}, { ...ENV, [name]: "" });
    expect(response.status).toBe(500);
    expect(await response.json()).toEqual({ code: "SETTING_MISSING", setting: name });
    expect(emulator.requests).toHaveLength(0);
  });

  test("ends with the request's own reason when whoever asked goes away", async () => {
    world();
    const gone = new Error("gone");
    await expect(ask("/", { signal: AbortSignal.abort(gone) })).rejects.toBe(gone);
  });
});

test("another path is 404", async () => {
  expect((await ask("/metrics")).status).toBe(404);
});

test("another method is 405 and names the one there is", async () => {
  const response = await ask("/", { method: "POST" });
  expect(response.status).toBe(405);
  expect(response.headers.get("allow")).toBe("GET");
});

test("services named like properties of objects are counted like any other", async () => {
  async function* rows(): AsyncGenerator<{ serviceName: string; functionName: string; qualifier: string }> {
    yield { serviceName: "__proto__", functionName: "__proto__", qualifier: "LATEST" };
    yield { serviceName: "constructor", functionName: "a", qualifier: "LATEST" };
    yield { serviceName: "__proto__", functionName: "__proto__", qualifier: "1" };
  }
  expect(await countsPerService(rows())).toEqual([
    { service: "__proto__", functions: 1 },
    { service: "constructor", functions: 1 },
  ]);
});
