import { formatListenAddress, type ListenAddress } from "@fc-async/daemon";
import type { AccessKey, Account } from "@fc-async/emulator";
import { shellQuoted } from "../command-line/shell-quoted.ts";
import type { Input } from "../input/read-input.ts";
import { connectableHostname } from "../server/connectable-hostname.ts";

/** Whose key to export, and where its emulator serves. */
export interface ShellExportsOptions {
  readonly accounts: readonly Account[];
  readonly address: ListenAddress;
  /** Default: the account of the key, or the first. */
  readonly accountId?: string | undefined;
  /** Default: the first key of the account that is active. */
  readonly accessKeyId?: string | undefined;
  /** Of an emulator that serves HTTPS with a certificate it made: the file of its CA. */
  readonly caFile?: string | undefined;
}

/** Of an account without regions: any region answers, with nothing in it. */
const SOME_REGION = "cn-hangzhou";

/**
 * Exports for a POSIX shell that point the vendor's default credential chain, the vendor's SDK and the fc-async programs at an
 * emulator. The chain looks at the key in the environment first (`providers/default` of @alicloud/credentials 2.4.7), so that
 * nothing else of it needs switching off.
 */
export function shellExports(options: ShellExportsOptions): Input<string> {
  const { address, caFile } = options;
  const found = chosenKey(options);
  if (!found.ok) return found;
  const { account, key } = found.value;
  const { accessKeyId, accessKeySecret, securityToken } = key;
  const scheme = caFile === undefined ? "http" : "https";
  const regions = Object.keys(account.regions);
  const reached = formatListenAddress({ hostname: connectableHostname(address.hostname), port: address.port });

  const lines = [
    "# Throw-away credentials of the emulator, where the vendor's default chain looks first.",
    exported("ALIBABA_CLOUD_ACCOUNT_ID", account.accountId),
    exported("ALIBABA_CLOUD_ACCESS_KEY_ID", accessKeyId),
    exported("ALIBABA_CLOUD_ACCESS_KEY_SECRET", accessKeySecret),
    securityToken === undefined
      ? "unset ALIBABA_CLOUD_SECURITY_TOKEN"
      : exported("ALIBABA_CLOUD_SECURITY_TOKEN", securityToken),
    "# For the fc-async programs and clients: account and region are filled in.",
    exported("FC_ASYNC_REGIONS", (regions.length > 0 ? regions : [SOME_REGION]).join(",")),
    exported("FC_ASYNC_ENDPOINT", `${scheme}://{account_id}.{region}.localhost:${address.port}`),
    `# For the vendor's SDK: Config.endpoint, beside protocol ${scheme.toUpperCase()}. The account is the key's, the region the emulator's --default-region.`,
    exported("FC_ENDPOINT", reached),
    ...(caFile === undefined
      ? []
      : ["# Node trusts the emulator's certificate.", exported("NODE_EXTRA_CA_CERTS", caFile)]),
  ];
  return { ok: true, value: `${lines.join("\n")}\n` };
}

interface ChosenKey {
  readonly account: Account;
  readonly key: AccessKey;
}

function chosenKey({ accounts, accountId, accessKeyId }: ShellExportsOptions): Input<ChosenKey> {
  const candidates = accounts.filter((account) => accountId === undefined || account.accountId === accountId);
  if (candidates.length === 0) {
    const known = accounts.map((account) => account.accountId).join(", ");
    return { ok: false, problems: [`--account: there is no account ${JSON.stringify(accountId)}; there are ${known}`] };
  }
  for (const account of candidates) {
    const keys = account.accessKeys;
    const key =
      accessKeyId === undefined
        ? (keys.find(({ status }) => status !== "Inactive") ?? keys[0])
        : keys.find((candidate) => candidate.accessKeyId === accessKeyId);
    if (key !== undefined) return { ok: true, value: { account, key } };
  }
  const known = candidates.flatMap(({ accessKeys }) => accessKeys.map((key) => key.accessKeyId)).join(", ");
  const whose = accountId === undefined ? "" : ` of account ${accountId}`;
  return {
    ok: false,
    problems: [`--access-key-id: there is no key ${JSON.stringify(accessKeyId)}${whose}; there are ${known}`],
  };
}

function exported(name: string, value: string): string {
  return `export ${name}=${shellQuoted(value)}`;
}
