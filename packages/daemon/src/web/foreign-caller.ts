import { formatListenAddress, type ListenAddress } from "../listen-address.ts";

/** What is read of a request's headers: `Headers`, or a `Map` whose names are in lower case. */
export interface CallerHeaders {
  get(name: string): string | null | undefined;
}

/** Why a request is not one of this server's own pages and users. */
export interface ForeignCaller {
  readonly code: "foreign_host" | "foreign_origin";
  /** Who, what, why, next step. Ready to print: what the caller sent is quoted. */
  readonly message: string;
}

/**
 * The `Host` values under which a server on loopback is asked: `localhost`, `127.0.0.1`, `[::1]` and what its listen address
 * says, each with the port it got; without it, too, when that is HTTP's own.
 */
export function ownHosts(address: ListenAddress, boundPort: number): ReadonlySet<string> {
  const { hostname = "localhost" } = address;
  const given = formatListenAddress({ hostname: hostname.toLowerCase(), port: boundPort });
  const names = ["localhost", "127.0.0.1", "[::1]", given.slice(0, given.lastIndexOf(":"))];
  return new Set(names.flatMap((name) => (boundPort === 80 ? [name, `${name}:80`] : [`${name}:${boundPort}`])));
}

/**
 * Tells a request that another website made a browser send. A name that its owner lets resolve to 127.0.0.1 (DNS rebinding) comes
 * with a foreign `Host`; a form or a script of another page with a foreign `Origin`, or with `Sec-Fetch-Site`. Another port
 * of this machine may link to the server, and not do more.
 *
 * @param hosts - as `ownHosts` makes them
 * @returns `undefined` for a request to answer, else why to refuse it, with status 403.
 * @see https://www.w3.org/TR/fetch-metadata/
 */
export function foreignCaller(headers: CallerHeaders, hosts: ReadonlySet<string>): ForeignCaller | undefined {
  const host = headers.get("host") ?? "";
  const [first = ""] = hosts;
  if (!hosts.has(host.toLowerCase())) {
    return {
      code: "foreign_host",
      message: `The request names the host ${JSON.stringify(host)}, which is not this server. Open http://${first} instead.`,
    };
  }
  const origin = headers.get("origin");
  if (origin !== null && origin !== undefined && !isOwnOrigin(origin, hosts)) {
    return {
      code: "foreign_origin",
      message: `The request comes from a page of ${JSON.stringify(origin)}, and only this server's own pages are answered. Open http://${first} in a tab of its own.`,
    };
  }
  const site = headers.get("sec-fetch-site");
  const isNavigation = headers.get("sec-fetch-mode") === "navigate" && headers.get("sec-fetch-dest") === "document";
  if (site === "cross-site" || (site === "same-site" && !isNavigation)) {
    return {
      code: "foreign_origin",
      message: `The request comes from a page of another ${site === "cross-site" ? "site" : "port"}, and only this server's own pages are answered. Open http://${first} in a tab of its own.`,
    };
  }
  return undefined;
}

function isOwnOrigin(origin: string, hosts: ReadonlySet<string>): boolean {
  const [, host = ""] = /^https?:\/\/(.+)$/.exec(origin.toLowerCase()) ?? [];
  return hosts.has(host);
}
