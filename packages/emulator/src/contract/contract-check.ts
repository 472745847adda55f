import type { WireAnswer } from "../exchange/wire-answer.ts";

/** Holds the emulator's own answers against the description in openapi/. Answers that a fault shaped are not looked at. */
export interface ContractCheck {
  /** What is wrong with an answer, one sentence each; empty when nothing is. */
  readonly violations: (answer: WireAnswer) => readonly string[];
  /** `warn` notes violations in the log; `fail` answers 500 `InternalServerError` in place of a wrong answer as well. */
  readonly onViolation: "warn" | "fail";
}
