/** Where a request goes: what stands before the path. */
export interface Origin {
  readonly protocol: "http:" | "https:";
  /** As in the `Host` header: with the port, unless it is the scheme's own. */
  readonly host: string;
  /** Without port and without the brackets of an IPv6 address. */
  readonly hostname: string;
  readonly port: number;
}

/** A URL in the parts a request is made of. */
export interface UrlParts {
  readonly origin: Origin;
  /** Percent-encoded, beginning with `/`. */
  readonly path: string;
  /** Without `?`, as it stood in the URL. */
  readonly query: string;
}

const PLAIN = /^(https?:\/\/[a-z0-9.:-]+)(\/[A-Za-z0-9\-._~%/]*)(?:\?([^#]*))?$/;
/** Enough for every target of a large fleet; a caller that has more has an unbounded number. */
const MAX_REMEMBERED_ORIGINS = 1000;

/**
 * A splitter of http and https URLs that remembers origins: the URL parser of the platform runs once per origin and not once
 * per request. Anything unusual in a path goes through the parser as a whole.
 */
export function createUrlSplitter(): (url: string) => UrlParts {
  const origins = new Map<string, Origin>();
  return (url) => {
    const plain = PLAIN.exec(url);
    if (plain === null || plain[2]?.includes("/.") === true) return splitUrl(new URL(url));
    const [, originText = "", path = "/", query = ""] = plain;
    let origin = origins.get(originText);
    if (origin === undefined) {
      ({ origin } = splitUrl(new URL(originText)));
      if (origins.size >= MAX_REMEMBERED_ORIGINS) origins.clear();
      origins.set(originText, origin);
    }
    return { origin, path, query };
  };
}

/** @throws {TypeError} for any scheme but http and https, and for a user name or password in the URL. */
export function splitUrl(url: URL): UrlParts {
  const { protocol, host, hostname, port, pathname, search } = url;
  if (protocol !== "http:" && protocol !== "https:") {
    throw new TypeError(`Cannot send to ${protocol} URLs, only to https: (and http: on loopback)`);
  }
  if (url.username !== "" || url.password !== "") {
    throw new TypeError(`The URL of ${host} carries a user name or password. Give credentials as credentials.`);
  }
  const defaultPort = protocol === "https:" ? 443 : 80;
  return {
    origin: {
      protocol,
      host,
      hostname: hostname.startsWith("[") ? hostname.slice(1, -1) : hostname,
      port: port === "" ? defaultPort : Number(port),
    },
    path: pathname,
    query: search.slice(1),
  };
}

/** Whether the origin is this machine itself: `localhost`, `*.localhost`, 127.0.0.0/8 or ::1. */
export function isLoopback(origin: Origin): boolean {
  const { hostname } = origin;
  return (
    hostname === "localhost" ||
    hostname.endsWith(".localhost") ||
    hostname === "::1" ||
    /^127\.\d+\.\d+\.\d+$/.test(hostname)
  );
}
