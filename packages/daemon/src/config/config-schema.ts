import * as z from "zod";
import type { AccountConfig, Config } from "./config.ts";
import { credentialsSchema } from "./credentials-schema.ts";
import { endpointProblem } from "./endpoint-problem.ts";
import { byteSize, duration, expected, integer, mapping, positiveNumber, text } from "./schema-parts.ts";

const SECOND_MS = 1000;
const DAY_MS = 86_400_000;
const MIN_STALENESS_MS = 900_000;
const STALENESS_INTERVALS = 3;
const KIB = 1024;
const GIB = 1024 ** 3;

const globs = (what: string, meaning: string) =>
  z
    .array(
      text(`a glob for ${what} names, such as "tmp-*"`, /^.{1,128}$/),
      expected(`a list of globs for ${what} names`),
    )
    .min(1, 'an empty list matches nothing; leave the key out, or write ["*"]')
    .describe(meaning)
    .optional();

const include = mapping({
  services: globs("service", "Services to keep, as globs: `*` is any text, `?` one character. Default: all."),
  functions: globs("function", "Functions to keep, as globs. Default: all."),
}).prefault({});

const exclude = mapping({
  services: globs("service", "Services to leave out of those kept, as globs. Default: none."),
  functions: globs("function", "Functions to leave out of those kept, as globs. Default: none."),
}).prefault({});

const pollInterval = duration({ minMs: 100, maxMs: DAY_MS });
const requestRate = positiveNumber(1000);

/** An account before it takes over what is said for all. */
interface AccountOfFile extends Omit<AccountConfig, "intervalMs" | "requestsPerSecond"> {
  readonly intervalMs: number | undefined;
  readonly requestsPerSecond: number | undefined;
}

const account = mapping({
  account_id: text('the number of the account in quotes, such as "1234567890123456"', /^\d{1,20}$/).describe(
    "The account that owns the functions, not a RAM user. In quotes: YAML readers round long numbers.",
  ),
  alias: text("a short name of letters, digits, dots, dashes and underscores", /^[A-Za-z0-9][\w.-]{0,62}$/)
    .describe("A short name for people, such as `prod`.")
    .optional(),
  regions: z
    .array(
      text('a region, such as "cn-hangzhou"', /^[a-z]{2,}(-[a-z0-9]+)+$/),
      expected('a list of regions, such as ["cn-hangzhou"]'),
    )
    .min(1, "expected at least one region")
    .describe("The regions to read; each is a target of its own."),
  credentials: credentialsSchema,
  endpoint: text('a URL, such as "https://{account_id}.{region}.fc.aliyuncs.com"', /^\S+$/)
    .superRefine((template, context) => {
      const problem = endpointProblem(template);
      if (problem !== undefined) context.addIssue({ code: "custom", message: problem });
    })
    .describe(
      "A URL in which `{account_id}` and `{region}` may stand, for the emulator or a proxy. Default: the vendor's own.",
    )
    .optional(),
  interval: pollInterval
    .describe("Time from one walk of its targets to the next. Default: `poll.interval`.")
    .optional(),
  requests_per_second: requestRate
    .describe("Requests to this account, all its regions together. Default: `limits.requests_per_second`.")
    .optional(),
  include,
  exclude,
}).transform((keys): AccountOfFile => ({
  accountId: keys.account_id,
  alias: keys.alias,
  regions: keys.regions,
  credentials: keys.credentials,
  endpoint: keys.endpoint,
  include: { services: keys.include.services ?? ["*"], functions: keys.include.functions ?? ["*"] },
  exclude: { services: keys.exclude.services ?? [], functions: keys.exclude.functions ?? [] },
  intervalMs: keys.interval,
  requestsPerSecond: keys.requests_per_second,
}));

const store = z
  .string(expected('"memory:"'))
  .superRefine((url, context) => {
    const engine = /^(?<engine>sqlite|postgres(ql)?):/.exec(url)?.groups?.["engine"];
    if (engine !== undefined) {
      context.addIssue({ code: "custom", message: `${engine}: is not built yet; this version has "memory:" only` });
    } else if (url !== "memory:") {
      context.addIssue({ code: "custom", message: 'expected "memory:"' });
    }
  })
  .transform((): Config["store"] => ({ engine: "memory" }))
  .describe("Where lists are kept. This version has `memory:` only.")
  .prefault("memory:");

const poll = mapping({
  interval: pollInterval.describe("Time from one walk of a target to the next.").prefault("60s"),
  concurrency: integer(1, 256).describe("Walks at the same time.").prefault(8),
  max_staleness: z
    .union(
      [z.literal(0), z.literal("0").transform(() => 0), duration({ minMs: 0, maxMs: 365 * DAY_MS })],
      expected("a duration such as 15m, or 0 for never"),
    )
    .describe(
      "Time since the last complete walk after which a list is no longer shown; `0` = never. At least two intervals. Default: three intervals, of the account with the longest one, but at least 15m.",
    )
    .optional(),
})
  .transform(({ interval: intervalMs, concurrency, max_staleness: maxStalenessMs }) => ({
    intervalMs,
    concurrency,
    maxStalenessMs,
  }))
  .prefault({});

const limits = mapping({
  max_rows: integer(1, 10_000_000).describe("Rows of one target; a longer list fails its walk.").prefault(1_000_000),
  max_pages: integer(1, 1_000_000).describe("Pages of one walk.").prefault(10_000),
  max_body: byteSize({ minBytes: KIB, maxBytes: GIB })
    .describe("Size of one answer after decompression.")
    .prefault("4MiB"),
  walk_deadline: duration({ minMs: SECOND_MS, maxMs: DAY_MS })
    .describe("Time for one walk, retries included.")
    .prefault("10m"),
  requests_per_second: requestRate.describe("Requests to one account, all regions together.").prefault(10),
})
  .transform((keys): Config["limits"] => ({
    maxRows: keys.max_rows,
    maxPages: keys.max_pages,
    maxBodyBytes: keys.max_body,
    walkDeadlineMs: keys.walk_deadline,
    requestsPerSecond: keys.requests_per_second,
  }))
  .prefault({});

const exporter = mapping({
  max_info_series: integer(0, 10_000_000)
    .describe(
      "A target with more rows (function and qualifier) than this has no info series; `0` switches the info family off.",
    )
    .prefault(10_000),
  max_service_series: integer(2, 10_000_000)
    .describe(
      'Two series for each service of a target; above it the smallest services are folded into `service_name="__overflow__"`, so that sums stay exact.',
    )
    .prefault(8000),
})
  .transform((keys): Config["exporter"] => ({
    maxInfoSeries: keys.max_info_series,
    maxServiceSeries: keys.max_service_series,
  }))
  .prefault({});

const slack = mapping({
  tables: z
    .enum(["auto", "text"], expected("auto or text"))
    .describe("How the bot draws tables: `auto` uses Slack's table block where it fits, `text` never does.")
    .prefault("auto"),
  permissions: z
    .array(z.unknown(), expected("an empty list"))
    .max(
      0,
      "permissions are not supported yet: leave the list empty. Everybody who may use the command sees every account",
    )
    .describe("Must be empty: not supported yet.")
    .prefault([]),
})
  .transform(({ tables }): Config["slack"] => ({ tables, permissions: [] }))
  .prefault({});

/** The whole file: every key with its form, default and meaning. Gives the configuration with every default filled in. */
export const configSchema: z.ZodType<Config> = mapping({
  store,
  poll,
  limits,
  accounts: z
    .array(account, expected("a list of accounts, each with account_id, regions and credentials"))
    .min(1, "expected at least one account")
    .describe("The accounts to read."),
  private_hosts: z
    .array(
      text("a host, such as fc-gateway.corp.example or 10.1.2.3", /^[^\s/:@]{1,253}$|^\[[0-9a-fA-F:.]{2,45}\]$/),
      expected("a list of hosts"),
    )
    .transform((hosts) => hosts.map((host) => host.replaceAll(/[[\]]/g, "")))
    .describe(
      "Hosts of `endpoint` that may have a private address (10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16, 100.64.0.0/10, fc00::/7); those under `.aliyuncs.com` always may. Link-local and metadata addresses never.",
    )
    .prefault([]),
  exporter,
  slack,
}).transform(({ poll: polled, accounts: listed, private_hosts: privateHosts, ...rest }): Config => {
  const accounts = listed.map((each): AccountConfig => ({
    ...each,
    intervalMs: each.intervalMs ?? polled.intervalMs,
    requestsPerSecond: each.requestsPerSecond ?? rest.limits.requestsPerSecond,
  }));
  const longestMs = Math.max(polled.intervalMs, ...accounts.map(({ intervalMs }) => intervalMs));
  const maxStalenessMs = polled.maxStalenessMs ?? Math.max(STALENESS_INTERVALS * longestMs, MIN_STALENESS_MS);
  return { ...rest, accounts, privateHosts, poll: { ...polled, maxStalenessMs } };
});
