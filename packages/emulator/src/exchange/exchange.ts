import type { VerifiedScheme } from "@fc-async/protocol/verify";
import { authenticate, claimedScheme, type Authenticator } from "../auth/authenticate.ts";
import type { ContractCheck } from "../contract/contract-check.ts";
import { errorBody } from "../errors/error-body.ts";
import { contractBroken, entityTooLarge, invalidArgument, pathNotSupported, throttled } from "../errors/refusals.ts";
import type { WireError } from "../errors/wire-error.ts";
import type { ArmedFaults } from "../faults/armed-faults.ts";
import { faultAnswer, type FaultScene } from "../faults/fault-answer.ts";
import type { HostPlace } from "../host/host-place.ts";
import { answerBody, type TokenSource } from "../operation/answer-body.ts";
import { operationAt } from "../operation/api-version.ts";
import { rowsLeft } from "../operation/list-page.ts";
import { parseListQuery, type ListQuery } from "../operation/list-query.ts";
import { startPosition } from "../operation/start-position.ts";
import { paginationAction, type PaginationMode } from "../pagination/pagination-mode.ts";
import type { RequestLog } from "../requests/request-log.ts";
import type { RequestRecord } from "../requests/request-record.ts";
import type { RowSets } from "../rows/row-sets.ts";
import { retryAfterHeader } from "../throttle/retry-after.ts";
import type { Throttle, ThrottleBuckets } from "../throttle/throttle.ts";
import { completeAnswer } from "./complete-answer.ts";
import type { ReceivedMessage } from "./received-message.ts";
import type { TransportFault, WireAnswer } from "./wire-answer.ts";

/** Everything an exchange reads and changes. */
export interface World {
  readonly authenticator: Authenticator;
  readonly rowSets: RowSets;
  readonly tokenSource: TokenSource;
  readonly pagination: PaginationMode;
  readonly tokenTtlMs: number | undefined;
  readonly throttle: { readonly rule: Throttle; readonly buckets: ThrottleBuckets } | undefined;
  readonly faults: ArmedFaults;
  readonly contract: ContractCheck | undefined;
  readonly log: RequestLog;
  readonly placeOf: (host: string) => HostPlace;
  readonly defaultRegion: string;
  readonly maxBodyBytes: number;
  readonly now: () => number;
  readonly nextRequestId: () => string;
  readonly sleep: (ms: number) => Promise<void>;
  readonly onRequest: ((record: RequestRecord) => void) | undefined;
}

/** What is known of a request when it arrives. */
interface Arrived {
  readonly message: ReceivedMessage;
  readonly path: string;
  readonly query: string;
  readonly place: HostPlace;
  readonly region: string;
  /** What its `Authorization` claims, before anything is verified. */
  readonly scheme: VerifiedScheme | undefined;
  readonly scene: FaultScene;
}

/** One for all: ten thousand records are kept. */
const NONE: readonly string[] = [];

/** The end of an exchange, and what the log learns from it. */
interface Settled {
  readonly outcome: WireAnswer | TransportFault;
  readonly facts: Partial<RequestRecord>;
}

/** One request and its answer: from the received bytes to what goes on the wire. */
export async function exchange(message: ReceivedMessage, world: World): Promise<WireAnswer | TransportFault> {
  const arrived = arrive(message, world);
  const { scene, place, region, scheme } = arrived;
  const record = {
    atMs: world.now(),
    method: message.method,
    target: message.target,
    host: scene.host,
    account: place.style === "direct" ? place.account : undefined,
    region,
    scheme,
    accessKeyId: undefined,
    nonce: undefined,
    dateMs: undefined,
    verdict: undefined,
    detail: undefined,
    diagnosis: undefined,
    unread: NONE,
    page: undefined,
    fault: undefined,
    status: undefined,
    violations: NONE,
    code: undefined,
    requestId: scene.stamp.requestId,
  } satisfies RequestRecord;
  world.log.push(record);
  const { outcome, facts } = heldToContract(await settle(arrived, world), scene, world.contract);
  // The log holds this very object: requests stand in the order of their arrival, also while one of them waits.
  Object.assign(record, facts, { status: statusOf(outcome) });
  world.onRequest?.(record);
  return outcome;
}

function arrive(message: ReceivedMessage, { nextRequestId, now, placeOf, defaultRegion }: World): Arrived {
  const host = message.headers.get("host") ?? "";
  const place = placeOf(host);
  const [path = "", ...rest] = message.target.split("?");
  const scheme = claimedScheme(message.headers.get("authorization"));
  // An unsigned request gets the error body of the API version it asked for.
  const speaksFc = scheme === undefined ? path.startsWith("/2016-08-15/") : scheme === "fc";
  return {
    message,
    path,
    query: rest.join("?"),
    place,
    region: place.style === "bare" ? defaultRegion : place.region,
    scheme,
    scene: { shape: speaksFc ? "fc" : "acs", host, stamp: { requestId: nextRequestId(), now } },
  };
}

async function settle(arrived: Arrived, world: World): Promise<Settled> {
  const { message, path, place, region, scene } = arrived;
  const words = place.style === "gateway" && scene.shape === "acs" ? "gateway" : "service";
  const api = operationAt(path);
  if (api === undefined || message.method !== "GET")
    return refuse(scene, pathNotSupported(words, message.method, path));
  if ((message.body?.length ?? 0) > world.maxBodyBytes) return refuse(scene, entityTooLarge(world.maxBodyBytes));

  const nowMs = world.now();
  const authentication = await authenticate(
    message,
    { api, place, scheme: arrived.scheme, words, nowMs },
    world.authenticator,
  );
  if (!authentication.ok) {
    const { error, scheme, accessKeyId, verdict, detail, diagnosis } = authentication;
    return refuse(scene, error, { scheme, accessKeyId, verdict, detail, diagnosis });
  }
  const { scheme, accessKeyId, accountId: account, nonce, dateMs } = authentication;
  const facts = { verdict: "ok", scheme, accessKeyId, account, nonce, dateMs } as const;

  const waitMs = world.throttle?.buckets.take(account, region, nowMs) ?? 0;
  if (world.throttle !== undefined && waitMs > 0) return tooFast(scene, world.throttle.rule, waitMs, facts);

  const query = parseListQuery(arrived.query);
  if (typeof query === "string") return refuse(scene, invalidArgument(query), facts);
  return list(arrived, query, { ...facts, unread: query.unread }, world);
}

/** The page that was asked for, and what a fault or a pagination mode makes of it. */
async function list(
  { message, region, scene }: Arrived,
  query: ListQuery,
  facts: Partial<RequestRecord> & { readonly account: string },
  world: World,
): Promise<Settled> {
  const { account } = facts;
  const { tokenSource, tokenTtlMs, pagination } = world;
  const nowMs = world.now();
  const walk = { account, region, nowMs, byOffset: pagination === "offset", tokenTtlMs };
  const position = await startPosition(query, walk, tokenSource.tokens);
  if (typeof position === "string") return refuse(scene, invalidArgument(position), facts);
  const rows = world.rowSets.at(account, region, nowMs);
  const { page } = position;

  const left = rowsLeft(rows, position);
  const endsList = left <= query.limit;
  const hit = world.faults.hit({ account, region, page, endsList, headers: message.headers });
  if (hit.delayMs > 0) await world.sleep(hit.delayMs);
  const injected = hit.fault?.rule.action;
  const standing =
    injected === undefined ? paginationAction(pagination, { page, limit: query.limit, rowsLeft: left }) : undefined;
  const action = injected ?? standing;
  const right = completeAnswer(200, await answerBody(rows, query, position, action, tokenSource), scene.stamp);
  const fault = standing === undefined ? (injected?.type ?? (hit.delayMs > 0 ? "delay" : undefined)) : "pagination";
  if (action === undefined) return { outcome: right, facts: { ...facts, page, fault } };
  const { outcome, code } = await faultAnswer(action, right, scene);
  return { outcome, facts: { ...facts, page, fault, code } };
}

function tooFast(scene: FaultScene, rule: Throttle, waitMs: number, facts: Partial<RequestRecord>): Settled {
  const error = throttled(rule.code ?? "ResourceExhausted");
  const headers = rule.retryAfter === undefined ? {} : retryAfterHeader(rule.retryAfter, waitMs, scene.stamp.now());
  return refuse(scene, error, facts, headers);
}

/** Looks at an answer that no fault shaped, with the checks of the contract where there are any. */
function heldToContract(settled: Settled, scene: FaultScene, contract: ContractCheck | undefined): Settled {
  const { outcome, facts } = settled;
  const isFaulted = facts.fault !== undefined && facts.fault !== "delay";
  if (contract === undefined || isFaulted || outcome.type !== "answer") return settled;
  const violations = contract.violations(outcome);
  if (violations.length === 0) return settled;
  return contract.onViolation === "warn"
    ? { outcome, facts: { ...facts, violations } }
    : refuse(scene, contractBroken(violations), { ...facts, violations });
}

function refuse(
  { shape, host, stamp }: FaultScene,
  error: WireError,
  facts: Partial<RequestRecord> = {},
  headers: Readonly<Record<string, string>> = {},
): Settled {
  const body = errorBody(shape, error, stamp.requestId, host);
  return { outcome: completeAnswer(error.status, body, stamp, headers), facts: { ...facts, code: error.code } };
}

function statusOf(outcome: WireAnswer | TransportFault): number | undefined {
  switch (outcome.type) {
    case "answer":
      return outcome.status;
    case "drip":
    case "broken-framing":
      return outcome.answer.status;
    case "silence":
      return undefined;
    default:
      return outcome.partial?.answer.status;
  }
}
