import type { AsyncFunction } from "@fc-async/core";
import type { FormValues } from "../../request/explorer-request.ts";
import type { RelayedAnswer } from "../../relay/relay-message.ts";
import type { SigningStages } from "../../signing/signing-stages.ts";
import type { Refusal } from "../answer/refusal.ts";

/** Who did not do its part when no answer came. */
export interface NoAnswer {
  /** `page`: the relay was not reached. `relay`: it would not send. `upstream`: it sent, and nothing good came back. */
  readonly side: "page" | "relay" | "upstream";
  readonly code: string;
  readonly message: string;
}

/** How a call ended. */
export type CallEnd =
  | { readonly kind: "complete" }
  | { readonly kind: "cancelled" }
  | { readonly kind: "refused"; readonly refusal: Refusal }
  /** An answer, but none the contract knows. */
  | { readonly kind: "unreadable"; readonly message: string }
  | { readonly kind: "no_answer"; readonly failure: NoAnswer };

/** One call of this tab: a page, or a walk through the whole list. */
export interface Call {
  readonly id: number;
  readonly kind: "page" | "list";
  /** Milliseconds since the epoch. */
  readonly startedAtMs: number;
  readonly durationMs: number;
  /** The form as it was, without secret and security token. */
  readonly values: FormValues;
  /** Of the last request that was sent; `undefined` when none was. */
  readonly stages: SigningStages | undefined;
  /** The last answer. */
  readonly answer: RelayedAnswer | undefined;
  /** What was read until the end; the whole page or list only when it is complete. */
  readonly rows: readonly AsyncFunction[];
  /** Where the next page starts; `undefined` at the end of the list. */
  readonly nextToken: string | undefined;
  readonly pages: number;
  readonly retries: number;
  readonly end: CallEnd;
}

/** How far a walk has come. */
export interface Progress {
  readonly pages: number;
  readonly rows: number;
  readonly retries: number;
  readonly startedAtMs: number;
}

/** The form without what must not be kept. */
export function withoutSecrets(values: FormValues): FormValues {
  return { ...values, accessKeySecret: "", securityToken: "" };
}
