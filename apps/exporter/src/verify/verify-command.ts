import {
  EXIT_FAILED,
  EXIT_OK,
  EXIT_USAGE,
  credentialsProvider,
  readConfiguration,
  type AccountConfig,
  type Config,
  type CredentialsConfig,
  type Environment,
} from "@fc-async/daemon";
import { sleep } from "@fc-async/protocol";
import { nodeHash } from "@fc-async/protocol/node";
import { createInspectingFetch } from "./inspecting-fetch.ts";
import { renderVerifyReport } from "./render-verify-report.ts";
import { runVerify } from "./run-verify.ts";
import type { VerifyFlags } from "./verify-flags.ts";

/** What the command needs of the process. */
export interface VerifyCommandOptions {
  readonly flags: VerifyFlags;
  readonly env: Environment;
  readonly version: string;
  readonly nodeVersion: string;
  /** Standard output: the report alone. */
  readonly print: (text: string) => void;
  /** Standard error: progress and problems, line by line without line breaks. */
  readonly tell: (line: string) => void;
}

/**
 * `fc-async-exporter verify`: reads one list of the configuration, prints what the service answered to questions about it.
 *
 * @returns The exit code: 0 when the list could be read, 1 when not, 2 for wrong flags or a wrong configuration.
 */
export async function verifyCommand(options: VerifyCommandOptions): Promise<number> {
  const { flags, env, print, tell } = options;
  const reading = await readConfiguration({ file: flags["config.file"], env });
  if (!reading.ok) return refuse(reading.problems, tell);
  const chosen = chooseTarget(reading.config, flags);
  if (!chosen.ok) return refuse([chosen.problem], tell);
  const { account, region } = chosen;
  tell(
    `Reading account ${account.accountId} in ${region} with at most 25 GET requests, some of them wrong on purpose. Nothing is written.`,
  );
  const { fetch, connection } = createInspectingFetch({ env, privateHosts: () => reading.config.privateHosts });
  try {
    const report = await runVerify({
      accountId: account.accountId,
      region,
      endpoint: account.endpoint,
      credentials: credentialsProvider(account.credentials),
      keys: keysText(account.credentials),
      requestsPerSecond: account.requestsPerSecond,
      fetch,
      connection,
      hash: nodeHash,
      now: Date.now,
      sleep,
      nonce: () => crypto.randomUUID().replaceAll("-", ""),
      version: options.version,
      nodeVersion: options.nodeVersion,
      onProgress: tell,
    });
    print(renderVerifyReport(report, flags.format));
    return report.readable ? EXIT_OK : EXIT_FAILED;
  } finally {
    fetch.close();
  }
}

function refuse(problems: readonly string[], tell: (line: string) => void): number {
  for (const problem of problems) tell(`fc-async-exporter: ${problem}`);
  return EXIT_USAGE;
}

type Chosen =
  | { readonly ok: true; readonly account: AccountConfig; readonly region: string }
  | { readonly ok: false; readonly problem: string };

function chooseTarget({ accounts }: Config, flags: VerifyFlags): Chosen {
  const { account: wanted, region } = flags;
  const account = accounts.find(
    ({ accountId, alias }) => wanted === undefined || accountId === wanted || alias === wanted,
  );
  if (account === undefined) {
    const known = accounts.map(({ accountId, alias }) => alias ?? accountId).join(", ");
    return { ok: false, problem: `--account: no account ${JSON.stringify(wanted)}; the configuration has ${known}` };
  }
  const [first = ""] = account.regions;
  if (region !== undefined && !/^[a-z]{2,}(-[a-z0-9]+)+$/u.test(region)) {
    return { ok: false, problem: '--region: expected a region, such as "cn-hangzhou"' };
  }
  return { ok: true, account, region: region ?? first };
}

/** Where the keys come from, without saying which they are. */
function keysText(credentials: CredentialsConfig): string {
  if (credentials.type === "role_arn") return `role_arn, source ${credentials.source.type}`;
  if (credentials.type !== "static") return credentials.type;
  return credentials.securityToken === undefined ? "a key pair" : "a temporary key pair";
}
