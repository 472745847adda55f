import { endpointFor, formatIso8601Seconds, type CredentialsProvider } from "@fc-async/protocol";
import { connectionFindings, type AnswerHead } from "./connection-findings.ts";
import { listFindings, listSummary, type ListEnd } from "./list-findings.ts";
import { createMasker, maskAccountId, type Masker } from "./mask.ts";
import type { ListedPage, Outcome } from "./outcome.ts";
import { ACS3_ON_2021, describeProbe, FC_ON_2016, type Pairing, type ProbeRequest } from "./probe-request.ts";
import { PROBES } from "./probes.ts";
import type { Probe } from "./probe.ts";
import { permissionFinding, throttlingFinding } from "./refusal-findings.ts";
import type { Finding, VerifyReport } from "./verify-report.ts";
import { createVerifySession, MAX_REQUESTS, type SessionPlatform, type VerifySession } from "./verify-session.ts";
import { unknown, type Verdict } from "./verdict.ts";

const LIMIT = "100";

export interface RunVerifyOptions extends SessionPlatform {
  readonly accountId: string;
  readonly region: string;
  /** A template as in the configuration. Default: the vendor's own host. */
  readonly endpoint?: string | undefined;
  readonly credentials: CredentialsProvider;
  /** Form of the credentials, for the report. */
  readonly keys: string;
  /** The account's; this run stays below 2 in any case. */
  readonly requestsPerSecond: number;
  readonly version: string;
  readonly nodeVersion: string;
  /** Told after each step, in one line that may name what the report hides. */
  readonly onProgress?: ((line: string) => void) | undefined;
}

/**
 * Reads one list with somebody's own keys, asks the service what nobody could ask it before, and reports what it answered. At
 * most 25 GET requests, some of them wrong on purpose; nothing is ever written. Failures are findings: it rejects only for
 * faults of its own.
 *
 * @throws {TypeError} for an account id, region or endpoint that cannot be right.
 */
export async function runVerify(options: RunVerifyOptions): Promise<VerifyReport> {
  const { accountId, region, endpoint, onProgress = () => undefined } = options;
  const masker = createMasker(accountId);
  const origin = endpointFor({ accountId, region, template: endpoint });
  const gatewayOrigin = endpoint === undefined ? `https://fc.${region}.aliyuncs.com` : undefined;
  const startedAtMs = options.now();
  const session = createVerifySession({ ...options, origin, gatewayOrigin, masker });
  const step: Step = (title, outcome) => onProgress(`${title}: ${progressText(outcome, masker)}`);

  const list = await readList(session, step);
  const { first, main, pages, end } = list;
  masker.addNames(
    pages
      .flatMap(({ rows }) => rows.flatMap(({ serviceName, functionName }) => [serviceName, functionName]))
      .filter((name) => typeof name === "string"),
  );
  const isReadable = first.type === "page" && list.failure === undefined;
  const known = {
    list: isReadable,
    key: isReadable || (first.type === "refused" && first.reason === "denied"),
    reachable: first.type !== "failed",
    main,
    hasGateway: gatewayOrigin !== undefined,
  };

  const findings: Finding[] = [];
  if (list.head !== undefined) findings.push(...connectionFindings(list.head, masker.mask));
  if (pages.length > 0) findings.push(...listFindings(pages, end));
  findings.push(permissionFinding(first, describeProbe(listRequest(main)), masker.mask));
  for (const probe of PROBES) findings.push(await probed(probe, known, session, masker, step));
  findings.push(throttlingFinding(session));

  return {
    version: options.version,
    nodeVersion: options.nodeVersion,
    date: formatIso8601Seconds(startedAtMs),
    account: maskAccountId(accountId),
    region,
    endpoint: endpoint === undefined ? "the vendor's own" : "a configured one",
    keys: options.keys,
    readable: isReadable,
    list: isReadable
      ? `read through ${pairingText(main)}: ${listSummary(pages, end)}`
      : `not read: ${outcomeText(list.failure ?? first, masker)}`,
    requests: session.requests,
    maxRequests: MAX_REQUESTS,
    findings,
  };
}

interface ListReading {
  /** What the first page came to, at last. */
  readonly first: Outcome;
  readonly head: AnswerHead | undefined;
  /** The pairing that read it; the usual one when none did. */
  readonly main: Pairing;
  readonly pages: readonly ListedPage[];
  readonly end: ListEnd;
  /** Why a later page could not be had. */
  readonly failure: Outcome | undefined;
}

type Step = (title: string, outcome: Outcome) => void;

/** Reads the list as far as requests are left beside the probes, in the one or the other version of the API. */
async function readList(session: VerifySession, step: Step): Promise<ListReading> {
  let main = ACS3_ON_2021;
  let reply = await firstPage(session, main, step);
  if (reply.outcome.type === "refused" && reply.outcome.reason !== "denied" && !session.gaveUp) {
    const twin = await firstPage(session, FC_ON_2016, step);
    if (twin.outcome.type === "page") [main, reply] = [FC_ON_2016, twin];
  }
  const { outcome: first, head } = reply;
  if (first.type !== "page") return { first, head, main, pages: [], end: "not reached", failure: undefined };

  const pages = [first];
  const seen = new Set<string>();
  let token = first.nextToken;
  while (token !== undefined && !seen.has(token) && session.requests < MAX_REQUESTS - PROBES.length) {
    seen.add(token);
    const { outcome } = await session.ask(listRequest(main, token));
    step(`page ${pages.length + 1} of the list`, outcome);
    if (outcome.type !== "page") return { first, head, main, pages, end: "not reached", failure: outcome };
    pages.push(outcome);
    token = outcome.nextToken;
  }
  const end = token === undefined ? "reached" : seen.has(token) ? "repeats" : "not reached";
  return { first, head, main, pages, end, failure: undefined };
}

/** A clock that is too far off is corrected once by the service's own. */
async function firstPage(session: VerifySession, main: Pairing, step: Step): ReturnType<VerifySession["ask"]> {
  const reply = await session.ask(listRequest(main));
  step(`the list through ${pairingText(main)}`, reply.outcome);
  if (reply.head === undefined || reply.outcome.type !== "refused" || !reply.outcome.clockSkew) return reply;
  session.learnClock(reply.head);
  const corrected = await session.ask(listRequest(main));
  step("the same by the service's clock", corrected.outcome);
  return corrected;
}

/** What is established before a probe is worth its request. */
interface Known {
  readonly list: boolean;
  readonly key: boolean;
  readonly reachable: boolean;
  readonly main: Pairing;
  readonly hasGateway: boolean;
}

async function probed(
  probe: Probe,
  known: Known,
  session: VerifySession,
  masker: Masker,
  step: Step,
): Promise<Finding> {
  const request = probe.request(known.main);
  const { title, settles } = probe;
  const asked = request === undefined ? "nothing" : describeProbe(request);
  const reason = reasonToSkip(probe, request, known, session);
  if (request === undefined || reason !== undefined) {
    return { title, asked, answered: "not asked", verdict: unknown(reason ?? ""), settles };
  }
  const { outcome } = probe.again === true ? await session.askAgain() : await session.ask(request);
  step(title, outcome);
  return { title, asked, answered: outcomeText(outcome, masker), verdict: judged(probe, outcome), settles };
}

function reasonToSkip(
  { needs }: Probe,
  request: ProbeRequest | undefined,
  known: Known,
  session: VerifySession,
): string | undefined {
  if (!known.reachable) return "there is no connection, or there are no keys";
  if (needs === "key" && !known.key) return "the key itself is refused";
  if (needs === "list" && !known.list) return "the list cannot be read";
  if (request === undefined) return "it does not apply to the pairing that reads the list";
  if (request.gateway === true && !known.hasGateway) return "a configured endpoint has no gateway";
  if (session.gaveUp) return "the service asked for fewer requests";
  return session.requests >= MAX_REQUESTS ? `${MAX_REQUESTS} requests were sent` : undefined;
}

function judged(probe: Probe, outcome: Outcome): Verdict {
  if (outcome.type === "failed") return unknown("there was no answer to judge");
  if (outcome.type === "refused" && outcome.reason === "throttled")
    return unknown("the service asked for fewer requests");
  if (outcome.type === "refused" && outcome.reason === "server") return unknown("the service failed");
  return probe.judge(outcome);
}

function listRequest(pairing: Pairing, nextToken?: string): ProbeRequest {
  return {
    pairing,
    query: [["limit", LIMIT], ...(nextToken === undefined ? [] : [["nextToken", nextToken] as const])],
  };
}

function pairingText({ api, scheme }: Pairing): string {
  return `${api} with ${scheme === "acs3" ? "ACS3" : "FC"}`;
}

/** The same with why there is no answer, for the person who runs it. */
function progressText(outcome: Outcome, masker: Masker): string {
  const why = outcome.type === "failed" ? `: ${masker.mask(outcome.message)}` : "";
  return `${outcomeText(outcome, masker)}${why}`;
}

/** What the report says of an answer. */
function outcomeText(outcome: Outcome, masker: Masker): string {
  if (outcome.type === "failed") return outcome.reason === "auth" ? "no keys" : `no answer (${outcome.reason})`;
  if (outcome.type === "page") {
    const { status, rows, token } = outcome;
    return `${status} with ${rows.length} ${rows.length === 1 ? "row" : "rows"}, nextToken ${token === "text" ? "given" : token}`;
  }
  const said = outcome.message === undefined ? "" : `: ${masker.mask(outcome.message)}`;
  return `${outcome.status} ${outcome.code === undefined ? "without a code" : masker.mask(outcome.code)}${said}`;
}
