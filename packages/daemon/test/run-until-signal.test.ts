import { EventEmitter } from "node:events";
import { EXIT_FAILED, EXIT_OK, EXIT_USAGE, runUntilSignal, type RunUntilSignalOptions } from "@fc-async/daemon";
import { expect, test } from "vitest";

/** A program with a clock and an exit that only remember. */
function program(stop: () => Promise<void>, extra: Partial<RunUntilSignalOptions> = {}) {
  const signals = new EventEmitter();
  const codes: number[] = [];
  const timers = new Map<() => void, number>();
  const said: string[] = [];
  runUntilSignal({
    signals,
    stop,
    exit: (code) => codes.push(code),
    onStopping: (signal) => said.push(`stopping for ${signal}`),
    onStopFailed: (problem, error) => said.push(error instanceof Error ? `${problem}: ${error.message}` : problem),
    setTimer: (callback, delayMs) => {
      timers.set(callback, delayMs);
      return () => timers.delete(callback);
    },
    ...extra,
  });
  return { signals, codes, timers, said };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

test("the exit codes are those of Prometheus' programs", () => {
  expect([EXIT_OK, EXIT_FAILED, EXIT_USAGE]).toEqual([0, 1, 2]);
});

test.each(["SIGINT", "SIGTERM"])("case 38: the first %s stops in good order and exits with 0", async (signal) => {
  const stopped = Promise.withResolvers<undefined>();
  const { signals, codes, timers, said } = program(() => stopped.promise);
  expect(codes).toEqual([]);
  signals.emit(signal);
  await settled();
  expect(codes).toEqual([]);
  expect([...timers.values()]).toEqual([10_000]);
  stopped.resolve(undefined);
  await settled();
  expect(codes).toEqual([EXIT_OK]);
  expect(timers.size).toBe(0);
  expect(said).toEqual([`stopping for ${signal}`]);
});

test("case 38: a second signal exits at once with 1, and once only", async () => {
  const stopped = Promise.withResolvers<undefined>();
  const { signals, codes } = program(() => stopped.promise);
  signals.emit("SIGTERM");
  signals.emit("SIGINT");
  expect(codes).toEqual([EXIT_FAILED]);
  signals.emit("SIGINT");
  stopped.resolve(undefined);
  await settled();
  expect(codes).toEqual([EXIT_FAILED]);
});

test("a stop that takes longer than the grace exits with 1 and says so", async () => {
  const { signals, codes, timers, said } = program(() => new Promise(() => {}), { graceMs: 250 });
  signals.emit("SIGTERM");
  await settled();
  const [[expire, delayMs] = []] = timers;
  expect(delayMs).toBe(250);
  expire?.();
  expect(codes).toEqual([EXIT_FAILED]);
  expect(said).toEqual(["stopping for SIGTERM", "stopping took longer than 250 ms; leaving what is unfinished"]);
});

test("a stop that fails exits with 1 and says why", async () => {
  const { signals, codes, said, timers } = program(() => Promise.reject(new Error("disk gone")));
  signals.emit("SIGTERM");
  await settled();
  expect(codes).toEqual([EXIT_FAILED]);
  expect(said).toEqual(["stopping for SIGTERM", "stopping failed: disk gone"]);
  expect(timers.size).toBe(0);
});

test("the platform's timer does not outlive a stop in good order", async () => {
  const { signals, codes } = program(() => Promise.resolve(), { setTimer: undefined });
  signals.emit("SIGTERM");
  await settled();
  expect(codes).toEqual([EXIT_OK]);
});
