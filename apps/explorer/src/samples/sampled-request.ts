import { canonicalQuery, endpointFor, type QueryPair } from "@fc-async/protocol";
import { OPERATION } from "../generated/operation.ts";
import type { ExplorerRequest } from "../request/explorer-request.ts";
import type { HeaderName } from "../request/parameter-of.ts";

/** A request in the parts that samples are written from. */
export interface SampledRequest extends ExplorerRequest {
  /** Scheme and host. */
  readonly origin: string;
  readonly scheme: "http" | "https";
  /** With the port, unless it is the scheme's own. */
  readonly host: string;
  readonly path: string;
  /** Whether the host is below `localhost`: this machine (RFC 6761), but neither Node nor glibc resolves it. */
  readonly isLocalhostName: boolean;
  /** In canonical form; `""` without parameters. */
  readonly query: string;
  /** The value of a header; `undefined` when it is left out. */
  header(name: HeaderName): string | undefined;
}

/** Takes a request apart for the samples. */
export function sampledRequest(request: ExplorerRequest): SampledRequest {
  const origin = endpointFor({ ...request, template: request.endpoint });
  const { host, protocol } = new URL(origin);
  const { limit, nextToken } = request;
  const pairs: QueryPair[] = [];
  if (limit !== undefined) pairs.push(["limit", limit.toString()]);
  if (nextToken !== undefined) pairs.push(["nextToken", nextToken]);
  return {
    ...request,
    origin,
    scheme: protocol === "https:" ? "https" : "http",
    host,
    isLocalhostName: /\.localhost(?::\d+)?$/.test(host),
    path: OPERATION.path,
    query: canonicalQuery(pairs),
    header: (wanted) => request.headers.find(([name]) => name === wanted)?.[1],
  };
}

/** What to say, as a comment, where a language leaves names below `localhost` to the system. */
export const LOCALHOST_REMARK = "*.localhost is this machine; the system has to resolve it, as systemd-resolved does.";

/** Lines that are there, each with the same indent; a line that is `undefined` is left out. */
export function indented(indent: string, lines: readonly (string | undefined)[]): string {
  return lines.flatMap((line) => (line === undefined ? [] : [`${indent}${line}\n`])).join("");
}

/** The same between brackets: a line break before and the indent of the closing bracket behind, or nothing at all. */
export function enclosed(indent: string, lines: readonly (string | undefined)[], closing = ""): string {
  const text = indented(indent, lines);
  return text === "" ? "" : `\n${text}${closing}`;
}

/** What `write` makes of a value that is there. */
export function given<T>(value: T | undefined, write: (value: T) => string): string | undefined {
  return value === undefined ? undefined : write(value);
}
