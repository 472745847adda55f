import { parseQuery } from "../../encoding/parse-query.ts";

const HTTP_TRIGGER_PATH = /^\/[^/]+\/proxy\//;

/**
 * What the `FC` scheme signs of the URL: for an API call the decoded path and nothing of the query; for an HTTP trigger
 * (`/{version}/proxy/…`) also its decoded `name=value` pairs, sorted, one per line, after a newline that is there even
 * without any.
 *
 * Source: vendor page "Signature authentication" (2016-08-15); recordings of @alicloud/fc2 2.6.6.
 * @throws {URIError} when path or query is not well-formed percent-encoding.
 */
export function fcCanonicalResource(path: string, query: string): string {
  const decodedPath = decodeURIComponent(path);
  if (!HTTP_TRIGGER_PATH.test(path)) return decodedPath;
  const pairs = parseQuery(query).map(([name, value]) => `${name}=${value}`);
  return `${decodedPath}\n${pairs.toSorted().join("\n")}`;
}
