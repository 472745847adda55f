import { once } from "node:events";
import { canonicalBcryptHash } from "./bcrypt-hash.ts";

/** What the thread is sent. `hash` is in its canonical spelling. */
export interface BcryptQuestion {
  readonly password: string;
  readonly hash: string;
}

export interface BcryptAnswer {
  readonly matches: boolean;
}

/** Whether a password has this bcrypt hash. Rejects when the thread that compares fails. */
export type BcryptComparer = (password: string, hash: string) => Promise<boolean>;

/** A thread that has nothing to do ends after this time; a new one is there within 50 ms. */
const IDLE_MS = 10_000;

/**
 * Compares in a thread of its own, one password at a time, so that nothing else waits for it: bcryptjs, which needs no native
 * code and no install script, is JavaScript and would hold up the event loop for 100 ms at a stretch. The thread keeps no program
 * alive.
 */
export function createBcryptComparer(): BcryptComparer {
  let thread: Promise<Thread> | undefined;
  let last: Promise<unknown> = Promise.resolve();
  let idle: NodeJS.Timeout | undefined;

  async function compare(question: BcryptQuestion): Promise<boolean> {
    clearTimeout(idle);
    try {
      thread ??= startThread();
      const { matches } = await (await thread).ask(question);
      return matches;
    } catch (error) {
      // The next one gets a new thread.
      thread = undefined;
      throw error;
    } finally {
      idle = setTimeout(() => {
        void thread?.then((running) => running.end());
        thread = undefined;
      }, IDLE_MS).unref();
    }
  }

  return (password, hash) => {
    const turn = last.then(() => compare({ password, hash: canonicalBcryptHash(hash) }));
    last = turn.catch(() => undefined);
    return turn;
  };
}

interface Thread {
  ask(question: BcryptQuestion): Promise<BcryptAnswer>;
  end(): void;
}

async function startThread(): Promise<Thread> {
  const { Worker } = await import("node:worker_threads");
  // Beside this file when it runs as it is written; beside the bundle otherwise, which has an entry of this name.
  const file = import.meta.url.endsWith(".ts") ? "./bcrypt-worker.ts" : "./bcrypt-worker.js";
  const worker = new Worker(new URL(file, import.meta.url), { env: {}, argv: [], execArgv: [] });
  worker.unref();
  worker.on("error", () => undefined);
  return {
    async ask(question) {
      const ended = new AbortController();
      const gone = once(worker, "exit", { signal: ended.signal }).then(() => {
        throw new Error("the thread that compares passwords ended");
      });
      gone.catch(() => undefined);
      try {
        const answered = once(worker, "message", { signal: ended.signal });
        worker.ref();
        // eslint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
        worker.postMessage(question);
        const [answer]: BcryptAnswer[] = await Promise.race([answered, gone]);
        if (answer === undefined) throw new Error("the thread that compares passwords said nothing");
        return answer;
      } finally {
        worker.unref();
        ended.abort();
      }
    },
    end: () => void worker.terminate(),
  };
}
