import { stringify } from "yaml";
import { formatByteSize } from "./byte-size.ts";
import type { AccountConfig, Config, CredentialsConfig } from "./config.ts";
import { formatDuration } from "./duration.ts";

/** What stands in place of a secret, as Prometheus writes it. */
const MASK = "<secret>";
/** Of an access key id: enough to tell two keys apart, not enough to be one. */
const SHOWN_CHARACTERS = 4;

/**
 * The configuration in force as a file would say it, every default filled in: YAML. Secrets are masked, access key ids but for
 * their ends; of a file with a secret its path is shown, of a URL not its query.
 */
export function maskedConfiguration({ store, poll, limits, accounts, privateHosts, exporter, slack }: Config): string {
  return stringify({
    store: `${store.engine}:`,
    poll: {
      interval: formatDuration(poll.intervalMs),
      concurrency: poll.concurrency,
      max_staleness: durationOrNever(poll.maxStalenessMs),
    },
    limits: {
      max_rows: limits.maxRows,
      max_pages: limits.maxPages,
      max_body: formatByteSize(limits.maxBodyBytes),
      walk_deadline: formatDuration(limits.walkDeadlineMs),
      requests_per_second: limits.requestsPerSecond,
    },
    accounts: accounts.map((account) => accountOfFile(account)),
    private_hosts: privateHosts,
    exporter: { max_info_series: exporter.maxInfoSeries, max_service_series: exporter.maxServiceSeries },
    slack: { tables: slack.tables, permissions: slack.permissions },
  });
}

function durationOrNever(durationMs: number): string | number {
  return durationMs === 0 ? 0 : formatDuration(durationMs);
}

function accountOfFile(account: AccountConfig): object {
  const { accountId, alias, regions, credentials, endpoint, intervalMs, requestsPerSecond, include, exclude } = account;
  return {
    account_id: accountId,
    ...(alias === undefined ? {} : { alias }),
    regions,
    credentials: credentialsOfFile(credentials),
    ...(endpoint === undefined ? {} : { endpoint }),
    interval: formatDuration(intervalMs),
    requests_per_second: requestsPerSecond,
    include,
    // An empty list is no value of the file: what is left out of it excludes nothing.
    exclude: Object.fromEntries(Object.entries(exclude).filter(([, globs]) => globs.length > 0)),
  };
}

/** Every form of credentials: the kind is told by its keys, so it has none of its own. */
function credentialsOfFile(config: CredentialsConfig): unknown {
  const { type, ...keys } = config;
  if (Object.keys(keys).length === 0) return type;
  return Object.fromEntries(Object.entries(keys).flatMap(([name, value]) => maskedKey(name, value)));
}

function maskedKey(name: string, value: unknown): readonly (readonly [string, unknown])[] {
  const key = name.replaceAll(/[A-Z]/gu, (letter) => `_${letter.toLowerCase()}`);
  if (value === undefined) return [];
  if (typeof value === "object" && value !== null) {
    if ("reveal" in value) return [[key, MASK]];
    if ("file" in value) return [[`${key}_file`, value.file]];
    return [[key, value]];
  }
  if (typeof value !== "string") return [[key, value]];
  if (name === "accessKeyId") return [[key, endsOf(value)]];
  return [[key, URL.canParse(value) ? withoutQuery(value) : value]];
}

function endsOf(text: string): string {
  if (text.length < 4 * SHOWN_CHARACTERS) return MASK;
  return `${text.slice(0, SHOWN_CHARACTERS)}…${text.slice(-SHOWN_CHARACTERS)}`;
}

/** A query can be the secret of a URL, as can a user in it. */
function withoutQuery(text: string): string {
  const url = new URL(text);
  if (!["http:", "https:"].includes(url.protocol)) return text;
  return `${url.origin}${url.pathname}${url.search === "" ? "" : `?${MASK}`}`;
}
