import { DEFAULT_MAX_SKEW_MS, webCryptoHash, type SignatureHash } from "@fc-async/protocol/verify";
import { abortableSleep } from "./abortable-sleep.ts";
import type { Account } from "./account.ts";
import { keyRing } from "./auth/key-ring.ts";
import { createNonceMemory } from "./auth/nonce-memory.ts";
import { createEmulatorClock, type EmulatorClock } from "./clock/emulator-clock.ts";
import type { ContractCheck } from "./contract/contract-check.ts";
import { exchange, type World } from "./exchange/exchange.ts";
import type { ReceivedMessage } from "./exchange/received-message.ts";
import type { TransportFault, WireAnswer } from "./exchange/wire-answer.ts";
import { createArmedFaults, type ArmedFault } from "./faults/armed-faults.ts";
import type { FaultRule } from "./faults/fault-rule.ts";
import { parseFaults } from "./faults/parse-faults.ts";
import { createTokenCycles } from "./faults/token-cycles.ts";
import { emulatorFetch } from "./fetch/emulator-fetch.ts";
import { receivedMessageFrom } from "./fetch/received-message-from.ts";
import { responseFrom } from "./fetch/response-from.ts";
import { hostPlace, type HostPlace } from "./host/host-place.ts";
import { createBoundedMemory } from "./memory/bounded-memory.ts";
import { createPageTokens } from "./operation/page-token.ts";
import type { PaginationMode } from "./pagination/pagination-mode.ts";
import { seededHex, seededRandom, seededUuid } from "./random/seeded-random.ts";
import { createRequestLog } from "./requests/request-log.ts";
import type { RequestRecord } from "./requests/request-record.ts";
import type { Rows } from "./rows/row-set.ts";
import { createRowSets } from "./rows/row-sets.ts";
import type { Churn } from "./scale/churn.ts";
import { accountStates, type EmulatorState } from "./state/emulator-state.ts";
import { createThrottleBuckets, type Throttle } from "./throttle/throttle.ts";

const DEFAULT_REGION = "cn-hangzhou";
const DEFAULT_RANDOM_SEED = 1;
const DEFAULT_MAX_REQUESTS = 10_000;
const MAX_REMEMBERED_HOSTS = 1024;
const DEFAULT_MAX_BODY_BYTES = 1024 * 1024;

export interface EmulatorOptions {
  /** Who there is. An access key id belongs to one account. */
  readonly accounts: readonly Account[];
  /** Rules armed from the start, and again after `reset()`. */
  readonly faults?: readonly FaultRule[] | undefined;
  /** Milliseconds since the epoch: the clock that dates are held against, and that `Date` shows. Default `Date.now`. */
  readonly now?: (() => number) | undefined;
  /**
   * Seeds request ids and the key of the tokens. The default is fixed, so that tokens survive a restart; two emulators with
   * different seeds refuse each other's tokens.
   */
  readonly randomSeed?: number | undefined;
  /** Region of a request whose host names none (`127.0.0.1`, `localhost`). Default `cn-hangzhou`. */
  readonly defaultRegion?: string | undefined;
  /** Default `webCryptoHash`. `nodeHash` of `@fc-async/protocol/node` is faster on Node. */
  readonly hash?: SignatureHash | undefined;
  /** How far the date of a request may be off, to either side, in milliseconds. Default 15 minutes. */
  readonly maxSkewMs?: number | undefined;
  /** Largest body of a request in bytes. Default 1 MiB. */
  readonly maxBodyBytes?: number | undefined;
  /** How far the clock is ahead of `now`, in milliseconds; negative when behind. Default 0. */
  readonly skewMs?: number | undefined;
  /** How fast an account may ask in one region. Default: as fast as it likes. */
  readonly throttle?: Throttle | undefined;
  /** How lists are cut into pages: right, or wrong on every request. Default `stable`. */
  readonly pagination?: PaginationMode | undefined;
  /** How long a token is good, in milliseconds. Default: for ever. */
  readonly tokenTtlMs?: number | undefined;
  /** Functions that appear and disappear over time, in every region that has rows. Default: none. */
  readonly churn?: Churn | undefined;
  /** Holds each answer against the description in openapi/. Default: nothing does. */
  readonly contract?: ContractCheck | undefined;
  /** How many requests `requests` remembers. Default 10,000. */
  readonly maxRequests?: number | undefined;
  /** Waits for `delay` and `drip`; rejects with the signal's reason when it aborts. Default: a timer. */
  readonly sleep?: ((ms: number, signal?: AbortSignal) => Promise<void>) | undefined;
  /** Told about each request once its outcome is known. */
  readonly onRequest?: ((record: RequestRecord) => void) | undefined;
}

/** The endpoint of ListStatefulAsyncInvocationFunctions, in memory. */
export interface Emulator {
  /** Stands wherever a `fetch` is taken. A transport fault is a rejected `TypeError` whose `cause.code` says which, or a body that fails. */
  readonly fetch: (input: string | URL | Request, init?: RequestInit) => Promise<Response>;
  /** One exchange, with the answer as it stands on the wire; a transport fault is handed out, not performed. */
  readonly handle: (request: Request) => Promise<Response | TransportFault>;
  /** The same for a server that has the raw request line: nothing normalises the target. */
  readonly answer: (message: ReceivedMessage) => Promise<WireAnswer | TransportFault>;
  /**
   * The rows of a region, to change while it is being read. `reset()` takes every change back.
   *
   * @throws {RangeError} for an account the emulator does not know, or rows that are generated.
   */
  readonly rows: (accountId: string, region: string) => Rows;
  readonly faults: {
    /** The armed rules with their hit counts. */
    readonly armed: readonly ArmedFault[];
    /**
     * Arms further rules behind those there are.
     *
     * @throws {EmulatorInputError} when a rule has an unknown key or an impossible value; then none is armed.
     */
    arm(rules: readonly FaultRule[]): void;
    disarm(): void;
  };
  /** The clock, to set forward or back. `reset()` sets it to what it was made with. */
  readonly clock: EmulatorClock;
  /** What there is at this moment. Holds no secret. */
  readonly state: EmulatorState;
  /** The last requests, in the order of their arrival. */
  readonly requests: readonly RequestRecord[];
  /** Back to how it was made: rows, faults with their counts, throttling, clock, the time of keys, nonces, requests, the sequence of request ids. */
  reset(): void;
}

/**
 * Makes an emulator of `GET /2021-04-06/stateful-async-invocation-functions` (ACS3-HMAC-SHA256) and its twin on `/2016-08-15/`
 * (`FC` scheme). It is strict: signature, clock, nonce and account are verified, and a crossed scheme is refused.
 *
 * @throws {EmulatorInputError} when an account or key id stands twice, or a fault rule is wrong.
 * @see openapi/fc-2021-04-06.yaml
 * @example
 * const emulator = createEmulator({ accounts: demoAccounts() });
 * const client = createFcClient({ ...demoCredentials, fetch: emulator.fetch });
 */
export function createEmulator(options: EmulatorOptions): Emulator {
  const {
    accounts,
    onRequest,
    hash = webCryptoHash,
    maxSkewMs = DEFAULT_MAX_SKEW_MS,
    sleep = abortableSleep,
  } = options;
  const seed = options.randomSeed ?? DEFAULT_RANDOM_SEED;
  const firstFaults = parseFaults(options.faults ?? []);

  const tokenSecret = seededHex(seededRandom(seed));
  // Of another sequence than the key, so that `reset()` can start it over.
  let requestIds = seededRandom(seed + 1);
  const skewMs = options.skewMs ?? 0;
  const clock = createEmulatorClock(options.now ?? Date.now, skewMs);
  let startedAtMs = clock.nowMs;
  const nonces = createNonceMemory(maxSkewMs);
  const faults = createArmedFaults();
  faults.arm(firstFaults);
  const cycles = createTokenCycles();
  const log = createRequestLog(options.maxRequests ?? DEFAULT_MAX_REQUESTS);
  const rowSets = createRowSets(accounts, options.churn);
  const throttle =
    options.throttle === undefined
      ? undefined
      : { rule: options.throttle, buckets: createThrottleBuckets(options.throttle) };
  const pagination = options.pagination ?? "stable";

  // A client names the same host in every request.
  const places = createBoundedMemory<string, HostPlace>(MAX_REMEMBERED_HOSTS);

  const world: World = {
    authenticator: { keys: keyRing(accounts), nonces, hash, maxSkewMs, startedAtMs: () => startedAtMs },
    rowSets,
    tokenSource: { tokens: createPageTokens(tokenSecret, hash), cycles },
    pagination,
    tokenTtlMs: options.tokenTtlMs,
    throttle,
    faults,
    contract: options.contract,
    log,
    placeOf: (host) => places.get(host, () => hostPlace(host)),
    defaultRegion: options.defaultRegion ?? DEFAULT_REGION,
    maxBodyBytes: options.maxBodyBytes ?? DEFAULT_MAX_BODY_BYTES,
    now: () => clock.nowMs,
    nextRequestId: () => seededUuid(requestIds),
    sleep,
    onRequest,
  };
  const answer = (message: ReceivedMessage): Promise<WireAnswer | TransportFault> => exchange(message, world);

  return {
    answer,
    fetch: emulatorFetch(answer, sleep),
    async handle(request) {
      const outcome = await answer(await receivedMessageFrom(request));
      return outcome.type === "answer" ? responseFrom(outcome, request.method) : outcome;
    },
    rows(accountId, region) {
      const rows = rowSets.changeable(accountId, region);
      if (rows !== undefined) return rows;
      throw new RangeError(
        accounts.some((account) => account.accountId === accountId)
          ? `The rows of account ${accountId} in ${region} are generated; give them as a list to change them.`
          : `The emulator knows no account ${accountId}; name one of its accounts.`,
      );
    },
    faults: {
      get armed() {
        return faults.armed;
      },
      arm: (rules) => faults.arm(parseFaults(rules)),
      disarm: () => faults.disarm(),
    },
    clock,
    get state() {
      const { nowMs } = clock;
      return {
        now: new Date(nowMs).toISOString(),
        skewMs: clock.skewMs,
        pagination,
        accounts: accountStates(accounts, rowSets, nowMs),
        armedFaults: faults.armed.length,
        requests: log.records.length,
      };
    },
    get requests() {
      return log.records;
    },
    reset() {
      requestIds = seededRandom(seed + 1);
      clock.skew(skewMs);
      startedAtMs = clock.nowMs;
      rowSets.restore();
      faults.disarm();
      faults.arm(firstFaults);
      cycles.clear();
      throttle?.buckets.clear();
      nonces.clear();
      log.clear();
    },
  };
}
