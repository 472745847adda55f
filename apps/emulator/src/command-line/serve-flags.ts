import {
  defaultFlag,
  parseDuration,
  parseListenAddress,
  parseOneOf,
  parseText,
  switchFlag,
  valueFlag,
  type FlagReading,
  type FlagValues,
  type ListenAddress,
} from "@fc-async/daemon";
import { PAGINATION_MODES, parsePaginationMode, type Churn, type PaginationMode } from "@fc-async/emulator";

const REQUEST_LEVELS = ["silent", "info", "debug"] as const;

/** `info` logs requests that were refused, hit by a fault or off the contract, `debug` every request, `silent` none. */
export type RequestLevel = (typeof REQUEST_LEVELS)[number];

/** What `--churn` does where the seed says nothing. */
export const CHURN: Churn = { perMinute: 6 };

const NONE = "none";
const TEN_YEARS_MS = 3650 * 86_400_000;

/** The flags of `fc-async-emulator serve`. */
export const SERVE_FLAGS = {
  "listen-address": defaultFlag({
    placeholder: "host:port",
    help: "Where to serve; port 0 takes a free one, without a host every address.",
    defaultText: "127.0.0.1:10407",
    parse: parseListenAddress,
  }),
  "admin.listen-address": defaultFlag({
    placeholder: "host:port",
    help: "Where to serve the admin API: state, faults, clock, requests. Whoever reaches it may change all of that. none: nowhere.",
    defaultText: "127.0.0.1:10411",
    parse: parseAdminAddress,
  }),
  "seed.file": valueFlag({
    placeholder: "file",
    help: "Accounts, keys and rows as YAML or JSON. Without it the built-in demo.",
    parse: parseText,
  }),
  "fault.file": valueFlag({
    placeholder: "file",
    help: "Fault rules as a YAML or JSON list. Without it none.",
    parse: parseText,
  }),
  "default-region": defaultFlag({
    placeholder: "region",
    help: "Region of requests whose host names none.",
    defaultText: "cn-hangzhou",
    parse: parseRegion,
  }),
  churn: switchFlag(
    `Let functions appear and disappear: ${CHURN.perMinute} changes a minute in each region, unless the seed file says otherwise.`,
  ),
  pagination: defaultFlag<PaginationMode>({
    placeholder: "mode",
    help: `How lists are cut into pages: ${PAGINATION_MODES.join(", ")}. Only stable is right.`,
    defaultText: "stable",
    parse: parsePagination,
  }),
  "token-ttl": valueFlag({
    placeholder: "duration",
    help: "How long a nextToken is good, such as 30s. Without it for ever.",
    parse: parseDuration({ minMs: 1, maxMs: TEN_YEARS_MS }),
  }),
  skew: defaultFlag({
    placeholder: "duration",
    help: "How far the clock is ahead; behind with a minus: --skew=-20m.",
    defaultText: "0s",
    parse: parseDuration({ minMs: -TEN_YEARS_MS, maxMs: TEN_YEARS_MS }),
  }),
  "max-skew": defaultFlag({
    placeholder: "duration",
    help: "How far the date of a request may be off, to either side.",
    defaultText: "15m",
    parse: parseDuration({ minMs: 0, maxMs: TEN_YEARS_MS }),
  }),
  contract: defaultFlag({
    placeholder: "how",
    help: "What to do about an answer that is not as the OpenAPI description says: off (do not look), warn (log it), fail (answer 500 instead).",
    defaultText: "off",
    parse: parseOneOf("off", "warn", "fail"),
  }),
  "tls.self-signed": switchFlag("Serve HTTPS with a certificate made for this run, good for 30 days."),
  "tls.ca-file": valueFlag({
    placeholder: "file",
    help: "Where to write the CA certificate of --tls.self-signed, for clients to trust.",
    parse: parseText,
  }),
  "tls.cert-file": valueFlag({
    placeholder: "file",
    help: "Serve HTTPS with this certificate (PEM, the chain behind it).",
    parse: parseText,
  }),
  "tls.key-file": valueFlag({
    placeholder: "file",
    help: "The private key of --tls.cert-file (PEM, without a passphrase).",
    parse: parseText,
  }),
  "log.level": defaultFlag({
    placeholder: "level",
    help: "Requests to log: silent (none), info (refused or faulted ones, or answers off the contract), debug (all).",
    defaultText: "info",
    parse: parseOneOf(...REQUEST_LEVELS),
  }),
};

export type ServeFlags = FlagValues<typeof SERVE_FLAGS>;

function parseAdminAddress(text: string): FlagReading<ListenAddress | undefined> {
  return text === NONE ? { ok: true, value: undefined } : parseListenAddress(text);
}

function parsePagination(text: string): FlagReading<PaginationMode> {
  const mode = parsePaginationMode(text);
  return mode === undefined
    ? { ok: false, problem: `expected one of ${PAGINATION_MODES.join(", ")}, got "${text}"` }
    : { ok: true, value: mode };
}

function parseRegion(text: string): FlagReading<string> {
  return /^[a-z][a-z0-9-]*$/.test(text)
    ? { ok: true, value: text }
    : { ok: false, problem: `expected a region id like cn-hangzhou, got ${JSON.stringify(text)}` };
}
