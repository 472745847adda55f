import { expect, test, vi } from "vitest";
import { sendCommand, signBody } from "@fc-async/slack-sim";

const request = signBody("text=", "application/x-www-form-urlencoded", { signingSecret: "s", nowMs: 0 });

test("gives up when the app does not acknowledge in time, as Slack does", async () => {
  const never: typeof fetch = (_, init) =>
    new Promise((_resolve, reject) => {
      init?.signal?.addEventListener("abort", () => reject(new Error("aborted")));
    });
  const times = [5000, 8000];
  const delivery = await sendCommand("http://bot.invalid/", request, {
    fetch: never,
    timeoutMs: 1,
    now: () => times.shift() ?? 0,
  });
  expect(delivery).toEqual({ outcome: "timed_out", durationMs: 3000 });
});

test("waits three seconds, and follows no redirect", async () => {
  const timeouts = vi.spyOn(AbortSignal, "timeout");
  const inits: (RequestInit | undefined)[] = [];
  const answering: typeof fetch = async (_, init) => {
    inits.push(init);
    return new Response("");
  };
  await sendCommand("http://bot.invalid/", request, { fetch: answering });
  expect(timeouts).toHaveBeenCalledExactlyOnceWith(3000);
  expect(inits).toMatchObject([{ redirect: "error" }]);
  timeouts.mockRestore();
});

test("finds the system's reason below the causes of fetch", async () => {
  const refused: typeof fetch = () =>
    Promise.reject(
      new TypeError("fetch failed", { cause: Object.assign(new Error("connect"), { code: "ECONNREFUSED" }) }),
    );
  expect(await sendCommand("http://bot.invalid/", request, { fetch: refused })).toEqual({
    outcome: "unreachable",
    reason: "ECONNREFUSED",
  });
});
