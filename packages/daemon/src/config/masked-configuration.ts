import { stringify } from "yaml";
import { formatByteSize } from "./byte-size.ts";
import type { AccountConfig, Config, CredentialsConfig, RoleSessionConfig, SecretSource } from "./config.ts";
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

function credentialsOfFile(config: CredentialsConfig): unknown {
  switch (config.type) {
    case "default":
      return config.type;
    case "profile":
      return { profile: config.profile };
    case "uri":
      return { uri: withoutQuery(config.uri) };
    case "ecs_ram_role":
      return config.roleName === undefined ? config.type : { ecs_ram_role: config.roleName };
    case "oidc": {
      const { roleArn, providerArn, tokenFile } = config;
      const keys = { role_arn: roleArn, oidc_provider_arn: providerArn, oidc_token_file: tokenFile };
      return { oidc: given({ ...keys, ...sessionOfFile(config) }) };
    }
    case "role_arn": {
      const { roleArn, source, externalId } = config;
      const keys = { role_arn: roleArn, source: credentialsOfFile(source), external_id: externalId && MASK };
      return given({ ...keys, ...sessionOfFile(config) });
    }
    default:
      return given({
        ...maskedKey("access_key_id", config.accessKeyId),
        ...maskedKey("access_key_secret", config.accessKeySecret),
        ...(config.securityToken === undefined ? {} : maskedKey("security_token", config.securityToken)),
      });
  }
}

function sessionOfFile({ sessionName, durationMs, policy, stsEndpoint }: RoleSessionConfig): object {
  return { session_name: sessionName, duration: formatDuration(durationMs), policy, sts_endpoint: stsEndpoint };
}

function maskedKey(key: string, source: string | SecretSource): object {
  if (typeof source === "string") return { [key]: endsOf(source) };
  return "file" in source ? { [`${key}_file`]: source.file } : { [key]: MASK };
}

/** Keys without a value are left out, as in a file. */
function given(keys: object): object {
  return Object.fromEntries(Object.entries(keys).filter(([, value]) => value !== undefined));
}

function endsOf(text: string): string {
  if (text.length < 4 * SHOWN_CHARACTERS) return MASK;
  return `${text.slice(0, SHOWN_CHARACTERS)}…${text.slice(-SHOWN_CHARACTERS)}`;
}

/** A query can be the secret of a URL, as can a user in it. */
function withoutQuery(text: string): string {
  const url = new URL(text);
  return `${url.origin}${url.pathname}${url.search === "" ? "" : `?${MASK}`}`;
}
