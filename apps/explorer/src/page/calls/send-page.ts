import type { Credentials } from "@fc-async/protocol";
import type { ExplorerRequest, FormValues } from "../../request/explorer-request.ts";
import { signingStages } from "../../signing/sign-stages.ts";
import type { RelayedAnswer } from "../../relay/relay-message.ts";
import { readPage } from "../answer/read-page.ts";
import { readRefusal } from "../answer/refusal.ts";
import { withoutSecrets, type Call, type CallEnd } from "./call.ts";
import type { CallPorts } from "./call-ports.ts";

/** A form that was read, as typed and as understood. */
export interface Filled {
  readonly values: FormValues;
  readonly request: ExplorerRequest;
  readonly credentials: Credentials;
}

/** Signs one request and has it sent, without any retry: what the service says is what is to be seen. */
export async function sendPage(filled: Filled, ports: CallPorts, signal?: AbortSignal): Promise<Omit<Call, "id">> {
  const { values, request, credentials } = filled;
  const startedAtMs = ports.now();
  const stages = await signingStages(request, credentials, { dateMs: startedAtMs, nonce: ports.nonce() });
  const base = { kind: "page", startedAtMs, values: withoutSecrets(values), stages, pages: 1, retries: 0 } as const;
  const none = { answer: undefined, rows: [], nextToken: undefined };
  const since = (): number => ports.now() - startedAtMs;
  try {
    const outcome = await ports.relay(stages.finalRequest, signal);
    if (!outcome.ok) {
      return { ...base, ...none, durationMs: since(), end: { kind: "no_answer", failure: outcome.failure } };
    }
    const { answer } = outcome;
    return { ...base, answer, durationMs: answer.durationMs, ...readAnswer(answer) };
  } catch (error) {
    if (signal?.aborted === true) return { ...base, ...none, durationMs: since(), end: { kind: "cancelled" } };
    throw error;
  }
}

function readAnswer(answer: RelayedAnswer): Pick<Call, "rows" | "nextToken"> & { readonly end: CallEnd } {
  const none = { rows: [], nextToken: undefined };
  if (answer.status !== 200) return { ...none, end: { kind: "refused", refusal: readRefusal(answer) } };
  const page = readPage(answer);
  if (!page.ok) return { ...none, end: { kind: "unreadable", message: page.message } };
  return { rows: page.rows, nextToken: page.nextToken, end: { kind: "complete" } };
}
