import type { Outcome } from "./outcome.ts";
import type { Finding } from "./verify-report.ts";
import { asAssumed, differs, unknown, type Verdict } from "./verdict.ts";
import type { VerifySession } from "./verify-session.ts";

/** What a denied key is told; the resource in it is not settled by any source. */
export function permissionFinding(first: Outcome, asked: string, mask: (text: string) => string): Finding {
  const isDenied = first.type === "refused" && first.reason === "denied";
  return {
    title: "A key that may not read the list",
    asked,
    answered: isDenied ? `${first.status} ${first.code ?? ""}: ${mask(first.message ?? "")}` : "the key was not denied",
    verdict: isDenied ? denied(first.message ?? "") : unknown("run it with a key that lacks the permission"),
    settles: "packages/emulator/README.md, unknown: the resource in a RAM denial is *",
  };
}

function denied(message: string): Verdict {
  const resource = /perform 'fc:ListStatefulAsyncInvocationFunctions' on resource '(?<resource>[^']*)'/u.exec(message);
  if (/belong to you|not enabled/u.test(message)) return unknown("the key was denied, but not by its permissions");
  if (resource === null) return differs("another sentence than that of Serverless-Devs/Serverless-Devs#350");
  return resource.groups?.["resource"] === "*" ? asAssumed() : differs("the resource is not *");
}

/** Whether the service asked for fewer requests, and how. */
export function throttlingFinding({ throttling, requests }: Pick<VerifySession, "throttling" | "requests">): Finding {
  const outcome = throttling?.outcome;
  const isRefused = outcome?.type === "refused";
  return {
    title: "Throttling",
    asked: `everything above: ${requests} ${requests === 1 ? "request" : "requests"}, at most 2 a second`,
    answered: isRefused
      ? `${outcome.status} ${outcome.code ?? "without a code"} after ${throttling?.afterRequests ?? 0} requests`
      : "none",
    verdict: isRefused ? throttled(outcome.status, outcome.code) : unknown("the rate is above this run's"),
    settles: "openapi/README.md, what stays open: how many calls per second are allowed",
  };
}

function throttled(status: number, code: string | undefined): Verdict {
  return status === 429 && code === "ResourceExhausted" ? asAssumed() : differs("not 429 ResourceExhausted");
}
