import { createHmac } from "node:crypto";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import http, { type ClientRequest, type IncomingMessage, type RequestOptions, type ServerResponse } from "node:http";
import https from "node:https";
import type { AddressInfo, Server } from "node:net";
import { text } from "node:stream/consumers";
import { getCACertificates, setDefaultCACertificates } from "node:tls";
import { onTestFinished, vi } from "vitest";

/** One request that a fake service was asked. */
export interface Asked {
  readonly method: string;
  /** Path alone. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** Parameters of query and body. */
  readonly parameters: Readonly<Record<string, string>>;
}

export interface FakeAnswer {
  readonly status: number;
  readonly body: string;
}

/** A service on loopback that answers as told, and remembers what it was asked. */
export interface FakeService {
  readonly port: number;
  readonly asked: readonly Asked[];
}

const pem = (name: string): string =>
  readFileSync(new URL(`../../protocol/test/certificates/${name}.pem`, import.meta.url), "utf8");

export async function httpService(answer: (asked: Asked) => FakeAnswer | Promise<FakeAnswer>): Promise<FakeService> {
  return served((listener) => http.createServer(listener), answer);
}

/** Over TLS, with a certificate for localhost that this process trusts from here on. */
export async function httpsService(answer: (asked: Asked) => FakeAnswer | Promise<FakeAnswer>): Promise<FakeService> {
  setDefaultCACertificates([...getCACertificates("default"), pem("authority")]);
  return served((listener) => https.createServer({ key: pem("server-key"), cert: pem("localhost") }, listener), answer);
}

async function served(
  create: (listener: (request: IncomingMessage, response: ServerResponse) => void) => Server,
  answer: (asked: Asked) => FakeAnswer | Promise<FakeAnswer>,
): Promise<FakeService> {
  const asked: Asked[] = [];
  const respond = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { pathname, searchParams } = new URL(request.url ?? "/", "http://localhost");
    const parameters = Object.fromEntries([...searchParams, ...new URLSearchParams(await text(request))]);
    const headers: Record<string, string | undefined> = {};
    for (const [name, value] of Object.entries(request.headers)) headers[name] = value?.toString();
    const one = { method: request.method ?? "", path: pathname, headers, parameters };
    asked.push(one);
    const { status, body } = await answer(one);
    response.writeHead(status, { "content-type": "application/json", connection: "close" }).end(body);
  };
  const server = create((request, response) => void respond(request, response));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => void server.close());
  // eslint-disable-next-line typescript/no-unsafe-type-assertion -- it listens on a port
  const { port } = server.address() as AddressInfo;
  return { port, asked };
}

/**
 * Sends what the vendor's library sends to `host` to a port of loopback instead: it has no setting for the metadata service's
 * address, nor for the default host of the token service. Everything but the address is the library's own.
 */
export function redirectHost(host: string, { port }: FakeService): void {
  const redirected = (send: (options: RequestOptions) => ClientRequest) => (options: RequestOptions | string | URL) => {
    if (typeof options === "string" || options instanceof URL) throw new Error("the library passes options");
    return send(options.host === host ? { ...options, host: "localhost", port } : options);
  };
  const { request: sendHttp } = http;
  const { request: sendHttps } = https;
  const spies = [
    vi.spyOn(http, "request").mockImplementation(redirected((options) => sendHttp(options))),
    vi.spyOn(https, "request").mockImplementation(redirected((options) => sendHttps(options))),
  ];
  onTestFinished(() => {
    for (const spy of spies) spy.mockRestore();
  });
}

/** Whether an RPC request to the token service is signed with this secret, worked out from what arrived. */
export function isSignedWith(secret: string, { method, parameters }: Asked): boolean {
  const { Signature: signature, ...signed } = parameters;
  const encode = (part: string): string =>
    encodeURIComponent(part).replace(/[!'()*]/gu, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
  const query = Object.keys(signed)
    .toSorted()
    .map((name) => `${encode(name)}=${encode(signed[name] ?? "")}`)
    .join("&");
  const stringToSign = `${method}&${encode("/")}&${encode(query)}`;
  return createHmac("sha1", `${secret}&`).update(stringToSign).digest("base64") === signature;
}

/** The members of a temporary key, good for an hour. */
export function temporaryKey(accessKeyId: string): Record<string, string> {
  return {
    AccessKeyId: accessKeyId,
    AccessKeySecret: "ExampleSecret0000000000000000",
    SecurityToken: `token-of-${accessKeyId}`,
    Expiration: new Date(Date.now() + 3 * 3_600_000).toISOString().replace(/\.\d+/u, ""),
  };
}
