import type { IncomingHttpHeaders } from "node:http";

/**
 * Whether a browser sent this on behalf of a page that is not this server's own. Programs send none of these headers. Under which
 * names the server is reached is not known here, so the page's origin is held against the `Host` of the request itself.
 *
 * @see https://www.w3.org/TR/fetch-metadata/
 */
export function sentFromAnotherSite(headers: IncomingHttpHeaders): boolean {
  const site = headers["sec-fetch-site"];
  if (site !== undefined && site !== "same-origin" && site !== "none") return true;
  const { origin } = headers;
  return origin !== undefined && (!URL.canParse(origin) || new URL(origin).host !== headers.host);
}
