import { authenticate, claimedScheme, type Authenticator } from "../auth/authenticate.ts";
import { errorBody } from "../errors/error-body.ts";
import { entityTooLarge, invalidArgument, pathNotSupported } from "../errors/refusals.ts";
import type { WireError } from "../errors/wire-error.ts";
import type { ArmedFaults } from "../faults/armed-faults.ts";
import { faultAnswer, type FaultScene } from "../faults/fault-answer.ts";
import { hostPlace, type HostPlace } from "../host/host-place.ts";
import { answerBody, type TokenSource } from "../operation/answer-body.ts";
import { operationAt } from "../operation/api-version.ts";
import { endsList } from "../operation/list-page.ts";
import { parseListQuery } from "../operation/list-query.ts";
import { startPosition } from "../operation/start-position.ts";
import type { RequestLog } from "../requests/request-log.ts";
import type { RequestRecord } from "../requests/request-record.ts";
import type { RowSets } from "../rows/row-sets.ts";
import { completeAnswer } from "./complete-answer.ts";
import type { ReceivedMessage } from "./received-message.ts";
import type { TransportFault, WireAnswer } from "./wire-answer.ts";

/** Everything an exchange reads and changes. */
export interface World {
  readonly authenticator: Authenticator;
  readonly rowSets: RowSets;
  readonly tokenSource: TokenSource;
  readonly faults: ArmedFaults;
  readonly log: RequestLog;
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
  readonly scene: FaultScene;
}

/** The end of an exchange, and what the log learns from it. */
interface Settled {
  readonly outcome: WireAnswer | TransportFault;
  readonly facts: Partial<RequestRecord>;
}

/** One request and its answer: from the received bytes to what goes on the wire. */
export async function exchange(message: ReceivedMessage, world: World): Promise<WireAnswer | TransportFault> {
  const arrived = arrive(message, world);
  const { scene, place, region } = arrived;
  const record = {
    atMs: world.now(),
    method: message.method,
    target: message.target,
    host: scene.host,
    account: place.style === "direct" ? place.account : undefined,
    region,
    scheme: claimedScheme(message.headers.get("authorization")),
    accessKeyId: undefined,
    nonce: undefined,
    dateMs: undefined,
    verdict: undefined,
    detail: undefined,
    page: undefined,
    fault: undefined,
    status: undefined,
    code: undefined,
    requestId: scene.stamp.requestId,
  } satisfies RequestRecord;
  world.log.push(record);
  const { outcome, facts } = await settle(arrived, world);
  // The log holds this very object: requests stand in the order of their arrival, also while one of them waits.
  Object.assign(record, facts, { status: statusOf(outcome) });
  world.onRequest?.(record);
  return outcome;
}

function arrive(message: ReceivedMessage, { nextRequestId, now, defaultRegion }: World): Arrived {
  const host = message.headers.get("host") ?? "";
  const place = hostPlace(host);
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

  const authentication = await authenticate(message, { api, place, words, nowMs: world.now() }, world.authenticator);
  if (!authentication.ok) {
    const { error, scheme, accessKeyId, verdict, detail } = authentication;
    return refuse(scene, error, { scheme, accessKeyId, verdict, detail });
  }
  const { scheme, accessKeyId, accountId: account, nonce, dateMs } = authentication;
  const facts = { verdict: "ok", scheme, accessKeyId, account, nonce, dateMs } as const;

  const query = parseListQuery(arrived.query);
  if (typeof query === "string") return refuse(scene, invalidArgument(query), facts);
  const position = await startPosition(query, account, region, world.tokenSource.tokens);
  const rows = world.rowSets.of(account, region);
  if (position === undefined || rows === undefined) {
    const detail = `nextToken is not one that was issued for account ${account} in region ${region}`;
    return refuse(scene, invalidArgument(detail), facts);
  }
  const { page } = position;

  const hit = world.faults.hit({ account, region, page, endsList: endsList(rows, position.after, query.limit) });
  if (hit.delayMs > 0) await world.sleep(hit.delayMs);
  const action = hit.fault?.rule.action;
  const right = completeAnswer(200, await answerBody(rows, query, position, action, world.tokenSource), scene.stamp);
  const fault = action?.type ?? (hit.delayMs > 0 ? "delay" : undefined);
  if (action === undefined) return { outcome: right, facts: { ...facts, page, fault } };
  const { outcome, code } = await faultAnswer(action, right, scene);
  return { outcome, facts: { ...facts, page, fault, code } };
}

function refuse({ shape, host, stamp }: FaultScene, error: WireError, facts: Partial<RequestRecord> = {}): Settled {
  const body = errorBody(shape, error, stamp.requestId, host);
  return { outcome: completeAnswer(error.status, body, stamp), facts: { ...facts, code: error.code } };
}

function statusOf(outcome: WireAnswer | TransportFault): number | undefined {
  switch (outcome.type) {
    case "answer":
      return outcome.status;
    case "drip":
      return outcome.answer.status;
    case "silence":
      return undefined;
    default:
      return outcome.partial?.answer.status;
  }
}
