import { EXIT_FAILED, EXIT_OK } from "./exit-code.ts";

/** The signals that ask a program to stop. */
export type StopSignal = "SIGINT" | "SIGTERM";

export interface RunUntilSignalOptions {
  /** Where the signals come from: `process`. */
  readonly signals: { on(signal: StopSignal, listener: () => void): unknown };
  /** Stops everything in good order; settles when nothing is left to do. */
  readonly stop: () => Promise<void>;
  /** Ends the program: `process.exit`. Called once. */
  readonly exit: (code: number) => void;
  /** How long `stop` may take. Default 10,000. */
  readonly graceMs?: number | undefined;
  /** Called at the first signal, before `stop`. */
  readonly onStopping?: ((signal: StopSignal) => void) | undefined;
  /** Called with a sentence for the log when stopping failed or took too long, before `exit(1)`. */
  readonly onStopFailed?: ((problem: string, error: unknown) => void) | undefined;
  /** Runs a callback later and returns what cancels it. Default: `setTimeout`. */
  readonly setTimer?: ((callback: () => void, delayMs: number) => () => void) | undefined;
}

/**
 * Keeps a program running until SIGINT or SIGTERM. The first signal stops it in good order: exit 0, or 1 when stopping failed
 * or took longer than the grace. A second signal exits with 1 at once.
 */
export function runUntilSignal(options: RunUntilSignalOptions): void {
  const { signals, stop, exit, graceMs = 10_000, onStopping, onStopFailed, setTimer = startTimer } = options;
  let state: "running" | "stopping" | "ended" = "running";

  function end(code: number): void {
    if (state === "ended") return;
    state = "ended";
    exit(code);
  }

  function fail(problem: string, error?: unknown): void {
    if (state === "ended") return;
    onStopFailed?.(problem, error);
    end(EXIT_FAILED);
  }

  async function stopInOrder(signal: StopSignal): Promise<void> {
    const cancelTimer = setTimer(() => {
      fail(`stopping took longer than ${graceMs} ms; leaving what is unfinished`);
    }, graceMs);
    try {
      onStopping?.(signal);
      await stop();
      end(EXIT_OK);
    } catch (error) {
      fail("stopping failed", error);
    } finally {
      cancelTimer();
    }
  }

  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    signals.on(signal, () => {
      if (state === "running") {
        state = "stopping";
        void stopInOrder(signal);
      } else {
        end(EXIT_FAILED);
      }
    });
  }
}

function startTimer(callback: () => void, delayMs: number): () => void {
  const timer = setTimeout(callback, delayMs);
  return () => {
    clearTimeout(timer);
  };
}
