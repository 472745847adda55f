import { FcTimeoutError } from "@fc-async/protocol";
import { describe, expect, test, vi } from "vitest";
import { url, scene, ok, refusal } from "./signed-fetch-scene.ts";

describe("an abort", () => {
  const reason = { why: "enough" };

  test("that came before sends nothing", async () => {
    const { fetch, sent } = scene([ok]);
    await expect(fetch(url, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    await expect(fetch.startWalk({ signal: AbortSignal.abort(reason) })(url)).rejects.toBe(reason);
    expect(sent).toHaveLength(0);
  });

  test("while sending ends the call with its reason, untouched and without a retry", async () => {
    const controller = new AbortController();
    const { fetch, sent } = scene([
      () => {
        controller.abort(reason);
        return new Promise(() => undefined);
      },
    ]);
    await expect(fetch(url, { signal: controller.signal })).rejects.toBe(reason);
    expect(sent).toHaveLength(1);
  });

  test("with an error of the family as its reason is still no failed attempt", async () => {
    const controller = new AbortController();
    const late = new FcTimeoutError("the walk took too long", { phase: "attempt", timeoutMs: 600_000 });
    const { fetch, events, observe } = scene([
      () => {
        controller.abort(late);
        return new Promise(() => undefined);
      },
    ]);
    await expect(fetch.startWalk({ observe, signal: controller.signal })(url)).rejects.toBe(late);
    expect(events).toEqual([]);
  });

  test("while waiting for a retry ends the call", async () => {
    const controller = new AbortController();
    const sleep = vi.fn<(ms: number, signal: AbortSignal | undefined) => Promise<void>>(async (_ms, signal) => {
      controller.abort(reason);
      signal?.throwIfAborted();
    });
    const { fetch, sent } = scene([refusal(500, "X")], { sleep });
    await expect(fetch.startWalk({ signal: controller.signal })(url)).rejects.toBe(reason);
    expect(sent).toHaveLength(1);
  });

  test("while the credentials are awaited ends the call", async () => {
    const controller = new AbortController();
    const { fetch } = scene([ok], {
      credentials: () => {
        controller.abort(reason);
        return new Promise(() => undefined);
      },
    });
    await expect(fetch(url, { signal: controller.signal })).rejects.toBe(reason);
  });

  test("by either the walk's or the request's signal counts", async () => {
    for (const which of ["walk", "request"]) {
      const controllers = { walk: new AbortController(), request: new AbortController() };
      const { fetch } = scene([
        () => {
          controllers[which === "walk" ? "walk" : "request"].abort(reason);
          return new Promise(() => undefined);
        },
      ]);
      const call = fetch.startWalk({ signal: controllers.walk.signal })(url, { signal: controllers.request.signal });
      await expect(call).rejects.toBe(reason);
    }
  });
});
