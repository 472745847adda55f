import type { Origin } from "../fetch/split-url.ts";
import { isLoopback } from "../fetch/split-url.ts";

/** The environment variables that name proxies; lower case wins, as everywhere. */
export interface ProxyEnvironment {
  readonly https_proxy?: string | undefined;
  readonly HTTPS_PROXY?: string | undefined;
  readonly http_proxy?: string | undefined;
  readonly HTTP_PROXY?: string | undefined;
  readonly no_proxy?: string | undefined;
  readonly NO_PROXY?: string | undefined;
}

/**
 * A proxy as Node takes it. Without a scheme it is http, as in curl; Node would go around such a one, and around every other
 * scheme, without a word.
 *
 * @throws {TypeError} when it is no http or https URL. The message does not hold it: there may be a password in it.
 */
export function proxyUrl(text: string): string {
  const withScheme = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `http://${text}`;
  const url = URL.canParse(withScheme) ? new URL(withScheme) : undefined;
  if (url === undefined || (url.protocol !== "http:" && url.protocol !== "https:")) {
    throw new TypeError(
      "HTTPS_PROXY or HTTP_PROXY is not the URL of an http or https proxy. Write it like http://proxy.example.com:3128.",
    );
  }
  return url.href;
}

/**
 * The proxy an origin is reached through, or `undefined` for the direct way: no proxy of its scheme, a match in `NO_PROXY`, or
 * loopback, which another machine could not reach.
 *
 * `NO_PROXY` is a list of names by comma or space. `example.com`, `.example.com` and `*.example.com` all stand for the name and
 * everything below it, as in curl; `:port` narrows an entry; `*` is every host.
 */
export function proxyFor(origin: Origin, env: ProxyEnvironment): string | undefined {
  const proxy = origin.protocol === "https:" ? env.https_proxy || env.HTTPS_PROXY : env.http_proxy || env.HTTP_PROXY;
  if (proxy === undefined || proxy === "" || isLoopback(origin)) return undefined;
  const exceptions = (env.no_proxy || env.NO_PROXY || "").split(/[\s,]+/).filter((entry) => entry !== "");
  return exceptions.some((entry) => matches(entry.toLowerCase(), origin)) ? undefined : proxy;
}

function matches(entry: string, origin: Origin): boolean {
  if (entry === "*") return true;
  const withPort = /^(.*?):(\d+)$/.exec(entry);
  // An IPv6 address holds colons of its own.
  const isPort = withPort !== null && withPort[1]?.includes(":") === false;
  if (isPort && Number(withPort[2]) !== origin.port) return false;
  const name = (isPort ? (withPort[1] ?? "") : entry).replace(/^\*?\./, "").replace(/^\[(.*)\]$/, "$1");
  return origin.hostname === name || origin.hostname.endsWith(`.${name}`);
}
