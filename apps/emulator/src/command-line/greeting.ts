import { DEMO_ACCOUNT, type Account } from "@fc-async/emulator";
import { shellQuoted } from "./shell-quoted.ts";

const PATH_2021 = "/2021-04-06/stateful-async-invocation-functions";
const PATH_2016 = "/2016-08-15/stateful-async-invocation-functions";

/** What is served, and how to ask for it. */
export interface Greeting {
  readonly url: string;
  readonly endpointTemplate: string;
  /** `undefined` when there is no admin API. */
  readonly adminUrl: string | undefined;
  readonly defaultRegion: string;
  readonly accounts: readonly Account[];
  /** The rows there are now, by account and region. */
  readonly rowCount: (accountId: string, region: string) => number;
  /** The demo's keys are printed with their secrets; those of a seed file by id only. */
  readonly isDemo: boolean;
  /** What is not as usual, a sentence each: faults, churn, another pagination, a clock that is off. */
  readonly notes: readonly string[];
  /** `undefined` for plain HTTP. */
  readonly tls: GreetingTls | undefined;
}

/** A certificate that was made for this run, or one that was given. */
export type GreetingTls =
  | { readonly kind: "given" }
  | { readonly kind: "self-made"; readonly validUntil: Date; readonly caFile: string | undefined };

/** The text printed at start. */
export function greeting(facts: Greeting): string {
  const { url, endpointTemplate, adminUrl, defaultRegion, accounts, isDemo, notes, tls } = facts;
  const paragraphs = [
    `fc-async-emulator listens on ${url}`,
    accounts.map((account) => accountLines(account, facts)).join("\n\n"),
    [...(isDemo ? ["These keys are throw-away: they open nothing but this process."] : []), ...notes].join("\n"),
    [
      `  Account host   ${endpointTemplate}`,
      `  Bare host      ${url} (account of the key, region ${defaultRegion})`,
      ...(adminUrl === undefined ? [] : [`  Admin API      ${adminUrl}/_emulator/state`]),
      ...(tls === undefined ? [] : [`  TLS            ${tlsText(tls)}`]),
      `  Operation      GET ${PATH_2021} (ACS3-HMAC-SHA256)`,
      `                 GET ${PATH_2016} (FC)`,
    ].join("\n"),
    isDemo ? curlHint(url, tls) : "",
  ];
  return `${paragraphs.filter((paragraph) => paragraph !== "").join("\n\n")}\n`;
}

function accountLines({ accountId, accessKeys, regions }: Account, { isDemo, rowCount }: Greeting): string {
  const rows = Object.keys(regions).map((region) => `${region} ${rowCount(accountId, region)}`);
  const keys = accessKeys.map(({ accessKeyId, accessKeySecret, securityToken }) => {
    const token = securityToken === undefined ? "" : `  token ${isDemo ? securityToken : "[redacted]"}`;
    return `    key ${accessKeyId}  secret ${isDemo ? accessKeySecret : "[redacted]"}${token}`;
  });
  return [`  account ${accountId}  rows: ${rows.join(", ")}`, ...keys].join("\n");
}

function tlsText(tls: GreetingTls): string {
  if (tls.kind === "given") return "the certificate of --tls.cert-file";
  const until = tls.validUntil.toISOString().slice(0, "2026-01-01".length);
  const { caFile } = tls;
  return caFile === undefined
    ? `a certificate made for this run, good until ${until}; --tls.ca-file=<file> writes the CA for clients to trust`
    : `a certificate made for this run, good until ${until}; its CA is in ${caFile}\n                 (NODE_EXTRA_CA_CERTS=${caFile}, curl --cacert ${caFile})`;
}

/** The FC scheme is the one a shell can sign. */
function curlHint(url: string, tls: GreetingTls | undefined): string {
  const caFile = tls?.kind === "self-made" ? tls.caFile : undefined;
  // Nothing to paste where curl has no CA to trust.
  if (tls?.kind === "self-made" && caFile === undefined) return "";
  const trust = caFile === undefined ? "" : `--cacert ${shellQuoted(caFile)} `;
  const { accessKeyId, accessKeySecret } = DEMO_ACCOUNT;
  return `Signed by hand, to paste into a shell:

  d=$(LC_ALL=C date -u '+%a, %d %b %Y %H:%M:%S GMT')
  s=$(printf 'GET\\n\\n\\n%s\\n${PATH_2016}' "$d" | openssl dgst -sha256 -hmac ${accessKeySecret} -binary | base64)
  curl -s ${trust}-H "Date: $d" -H "Authorization: FC ${accessKeyId}:$s" '${url}${PATH_2016}?limit=3'`;
}
