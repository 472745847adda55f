import { isLoopback, splitUrl } from "../fetch/split-url.ts";
import { isRefusedHost } from "./is-refused-host.ts";

/** Which endpoint is wanted. */
export interface EndpointParts {
  /** Digits: the account, not a RAM user. It is a label of the host name. */
  readonly accountId: string;
  /** For example `cn-hangzhou`; not held against a list, because regions are added. */
  readonly region: string;
  /** Instead of the vendor's host: an origin in which `{account_id}` and `{region}` are replaced. */
  readonly template?: string | undefined;
}

/**
 * The origin of one account in one region, `https://{account_id}.{region}.fc.aliyuncs.com` unless a template says otherwise
 * (vendor's endpoint page). Without a trailing slash.
 *
 * @throws {TypeError} for an account or region that no host name can hold, and for a template that is no origin, names an
 * unknown placeholder, is not https outside of loopback, or points at a link-local or metadata address.
 */
export function endpointFor({ accountId, region, template }: EndpointParts): string {
  if (!/^\d{1,32}$/.test(accountId)) {
    throw new TypeError(`The account id must be digits, for example "1234567890123456", not "${accountId}".`);
  }
  if (!/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/.test(region)) {
    throw new TypeError(`The region must be an id such as "cn-hangzhou", not "${region}".`);
  }
  if (template === undefined) return `https://${accountId}.${region}.fc.aliyuncs.com`;
  const filled = template.replaceAll("{account_id}", accountId).replaceAll("{region}", region);
  const unknown = /\{[^}]*\}?/.exec(filled);
  if (unknown !== null) {
    throw new TypeError(`The endpoint "${template}" holds ${unknown[0]}; only {account_id} and {region} are replaced.`);
  }
  return originOf(filled, template);
}

function originOf(text: string, template: string): string {
  // A user name and a password are refused below; until then they must not be shown.
  const shown = template.replace(/\/\/[^/]*@/, "//…@");
  if (!URL.canParse(text)) {
    throw new TypeError(`The endpoint "${shown}" is not a URL. Give an origin such as "https://fc.example.com".`);
  }
  const url = new URL(text);
  const { origin } = splitUrl(url);
  if (url.pathname !== "/" || url.search !== "" || url.hash !== "") {
    throw new TypeError(
      `The endpoint "${shown}" has a path or query, which the signature would not match. Give the origin alone.`,
    );
  }
  if (isRefusedHost(url.hostname)) {
    throw new TypeError(`The endpoint "${shown}" is a link-local or metadata address, to which nothing is sent.`);
  }
  if (origin.protocol === "http:" && !isLoopback(origin)) {
    throw new TypeError(
      `The endpoint "${shown}" is http:, which would send requests in the clear. Use https:; http: is for loopback only.`,
    );
  }
  return url.origin;
}
