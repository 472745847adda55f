import { DEMO_ACCOUNT, type Account } from "@fc-async/emulator";

const PATH_2021 = "/2021-04-06/stateful-async-invocation-functions";
const PATH_2016 = "/2016-08-15/stateful-async-invocation-functions";

/** What is served, and how to ask for it. */
export interface Greeting {
  readonly url: string;
  readonly endpointTemplate: string;
  readonly defaultRegion: string;
  readonly accounts: readonly Account[];
  /** The demo's keys are printed with their secrets; those of a seed file by id only. */
  readonly isDemo: boolean;
  readonly faultRules: number;
}

/** The text printed at start. */
export function greeting({ url, endpointTemplate, defaultRegion, accounts, isDemo, faultRules }: Greeting): string {
  return `fc-async-emulator listens on ${url}

${accounts.map((account) => accountLines(account, isDemo)).join("\n")}
${isDemo ? "These keys are throw-away: they open nothing but this process.\n" : ""}${faultRules > 0 ? `${faultRules} fault rule(s) armed.\n` : ""}
  Account host   ${endpointTemplate}
  Bare host      ${url} (account of the key, region ${defaultRegion})
  Operation      GET ${PATH_2021} (ACS3-HMAC-SHA256)
                 GET ${PATH_2016} (FC)
${isDemo ? curlHint(url) : ""}`;
}

function accountLines({ accountId, accessKeys, regions }: Account, withSecrets: boolean): string {
  const rows = Object.entries(regions).map(([region, { length }]) => `${region} ${length}`);
  const keys = accessKeys.map(({ accessKeyId, accessKeySecret, securityToken }) => {
    const token = securityToken === undefined ? "" : `  token ${withSecrets ? securityToken : "[redacted]"}`;
    return `    key ${accessKeyId}  secret ${withSecrets ? accessKeySecret : "[redacted]"}${token}\n`;
  });
  return `  account ${accountId}  rows: ${rows.join(", ")}\n${keys.join("")}`;
}

/** The FC scheme is the one a shell can sign. */
function curlHint(url: string): string {
  const { accessKeyId, accessKeySecret } = DEMO_ACCOUNT;
  return `
Signed by hand, to paste into a shell:

  d=$(LC_ALL=C date -u '+%a, %d %b %Y %H:%M:%S GMT')
  s=$(printf 'GET\\n\\n\\n%s\\n${PATH_2016}' "$d" | openssl dgst -sha256 -hmac ${accessKeySecret} -binary | base64)
  curl -s -H "Date: $d" -H "Authorization: FC ${accessKeyId}:$s" '${url}${PATH_2016}?limit=3'
`;
}
