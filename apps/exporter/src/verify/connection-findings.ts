import { clockSkewFrom, formatIso8601Seconds } from "@fc-async/protocol";
import type { Finding } from "./verify-report.ts";
import { asAssumed, differs, unknown, type Verdict } from "./verdict.ts";

const SKEW_TOLERATED_MS = 60_000;
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/iu;
const RATE_HEADER = /(?:^|-)(?:rate|limit|quota|throttl|retry)/u;

/** What only the connection knows of an answer. */
export interface ConnectionDetails {
  readonly httpVersion: string;
  /** `Content-Encoding` as received. */
  readonly encoding: string | undefined;
  /** `undefined` without TLS. */
  readonly tls: TlsDetails | undefined;
}

export interface TlsDetails {
  /** `TLSv1.3`, … */
  readonly protocol: string;
  readonly cipher: string;
  /** Organisation or name of who signed the certificate. */
  readonly issuer: string;
  readonly validToMs: number;
}

/** One answer, without what it said. */
export interface AnswerHead {
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly connection: ConnectionDetails | undefined;
  readonly sentAtMs: number;
  readonly receivedAtMs: number;
}

/** What the head of an answer shows. `mask` takes the account's own out of a value. */
export function connectionFindings(head: AnswerHead, mask: (text: string) => string): readonly Finding[] {
  const headers = new Map(head.headers.map(([name, value]) => [name.toLowerCase(), value]));
  const asked = "the head of the first answer";
  const requestId = headers.get("x-fc-request-id") ?? headers.get("x-acs-request-id");
  const rateHeaders = [...headers].filter(([name]) => RATE_HEADER.test(name));
  return [
    {
      title: "Request id",
      asked,
      answered: requestIdText(headers),
      verdict: requestIdVerdict(headers.get("x-fc-request-id"), requestId),
      settles: "openapi/README.md: X-Fc-Request-Id of 36 characters",
    },
    {
      title: "Headers",
      asked,
      answered: [...headers.keys()].toSorted().join(", "),
      verdict: commonHeaders(headers),
      settles: "common parameters page: X-Fc-Request-Id, Date, Content-Type, Content-Length",
    },
    {
      title: "Headers about a rate",
      asked,
      answered:
        rateHeaders.length === 0 ? "none" : rateHeaders.map(([name, value]) => mask(`${name}: ${value}`)).join(", "),
      verdict: rateHeaders.length === 0 ? asAssumed() : differs("a rate is told that nothing describes"),
      settles: "openapi/README.md, what stays open: how many calls per second are allowed",
    },
    {
      title: "Compression",
      asked,
      answered: encodingText(head.connection, headers),
      verdict: encodingVerdict(head.connection),
      settles: "packages/emulator answers uncompressed",
    },
    {
      title: "TLS",
      asked,
      answered: tlsText(head.connection),
      verdict: tlsVerdict(head.connection, head.receivedAtMs),
      settles: "endpoints page: HTTPS",
    },
    {
      title: "The service's clock",
      asked,
      answered: skewText(head, headers),
      verdict: skewVerdict(head, headers),
      settles: "docs: a date more than 15 minutes off is refused",
    },
  ];
}

function requestIdText(headers: ReadonlyMap<string, string>): string {
  const found = [...headers].filter(([name]) => /request-?id/u.test(name));
  if (found.length === 0) return "none";
  return found
    .map(([name, value]) => `${name} of ${value.length} characters${UUID.test(value) ? ", a UUID" : ""}`)
    .join(", ");
}

function requestIdVerdict(documented: string | undefined, any: string | undefined): Verdict {
  if (documented === undefined) return differs(any === undefined ? "no request id" : "no X-Fc-Request-Id");
  return UUID.test(documented) ? asAssumed() : differs("no UUID");
}

function commonHeaders(headers: ReadonlyMap<string, string>): Verdict {
  const missing = ["date", "content-type"].filter((name) => !headers.has(name));
  if (missing.length > 0) return differs(`without ${missing.join(" and ")}`);
  const type = headers.get("content-type") ?? "";
  return type.startsWith("application/json") ? asAssumed() : differs("content-type is not application/json");
}

function encodingText(connection: ConnectionDetails | undefined, headers: ReadonlyMap<string, string>): string {
  if (connection === undefined) return "not seen";
  const encoding = connection.encoding ?? "uncompressed";
  return `${encoding}, HTTP/${connection.httpVersion}, ${headers.get("content-length") ?? "an unknown number of"} bytes`;
}

function encodingVerdict(connection: ConnectionDetails | undefined): Verdict {
  if (connection === undefined) return unknown("this connection does not tell");
  return connection.encoding === undefined ? asAssumed() : differs(`compressed with ${connection.encoding}`);
}

function tlsText(connection: ConnectionDetails | undefined): string {
  if (connection === undefined) return "not seen";
  const { tls } = connection;
  if (tls === undefined) return "no TLS";
  return `${tls.protocol}, ${tls.cipher}, certificate by ${tls.issuer} until ${formatIso8601Seconds(tls.validToMs)}`;
}

function tlsVerdict(connection: ConnectionDetails | undefined, nowMs: number): Verdict {
  if (connection === undefined) return unknown("this connection does not tell");
  if (connection.tls === undefined) return unknown("the endpoint is plain HTTP");
  const days = Math.floor((connection.tls.validToMs - nowMs) / 86_400_000);
  return asAssumed(`the certificate is good for ${days} more days`);
}

function skewOf(head: AnswerHead, headers: ReadonlyMap<string, string>): number | undefined {
  const { sentAtMs, receivedAtMs } = head;
  return clockSkewFrom({ date: headers.get("date") ?? null, age: headers.get("age") ?? null, sentAtMs, receivedAtMs });
}

function skewText(head: AnswerHead, headers: ReadonlyMap<string, string>): string {
  const skewMs = skewOf(head, headers);
  if (skewMs === undefined) return "its Date does not tell";
  const seconds = Math.round(Math.abs(skewMs) / 1000);
  if (seconds === 0) return "as this machine's";
  return `${seconds} s ${skewMs > 0 ? "ahead of" : "behind"} this machine's`;
}

function skewVerdict(head: AnswerHead, headers: ReadonlyMap<string, string>): Verdict {
  const skewMs = skewOf(head, headers);
  if (skewMs === undefined) return unknown("there is no Date, or a cache answered");
  return Math.abs(skewMs) <= SKEW_TOLERATED_MS
    ? asAssumed()
    : differs("the clock of this machine is wrong, or the service's is");
}
