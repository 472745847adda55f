import { parentPort } from "node:worker_threads";
import { compareSync } from "bcryptjs";
import type { BcryptAnswer, BcryptQuestion } from "./bcrypt-comparer.ts";

// This file is the thread's own: a comparison takes 60 to 100 ms at cost 10, and twice that with each step of the cost.
parentPort?.on("message", ({ password, hash }: BcryptQuestion) => {
  const answer: BcryptAnswer = { matches: matches(password, hash) };
  // eslint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
  parentPort?.postMessage(answer);
});

function matches(password: string, hash: string): boolean {
  try {
    return compareSync(password, hash);
  } catch {
    // A hash with a character that is none of its alphabet: no password has it.
    return false;
  }
}
