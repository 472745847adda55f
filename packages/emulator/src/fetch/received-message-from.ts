import type { ReceivedMessage } from "../exchange/received-message.ts";

/** The arguments of a `fetch` as they would arrive. Without a `Host` header the host is the URL's, port included. */
export async function receivedMessageFrom(
  input: string | URL | Request,
  init: RequestInit = {},
): Promise<ReceivedMessage> {
  const request = typeof input === "string" || input instanceof URL ? undefined : input;
  const url = input instanceof URL ? input : new URL(typeof input === "string" ? input : input.url);
  const headers = headerMap(init.headers ?? request?.headers ?? []);
  if (!headers.has("host")) headers.set("host", url.host);
  return {
    method: (init.method ?? request?.method ?? "GET").toUpperCase(),
    target: url.pathname + url.search,
    headers,
    body: await bodyBytes(request, init),
  };
}

/** Read by hand: the platform's `Headers` drops nothing here, but costs more than the rest of an exchange in memory. */
function headerMap(headers: HeadersInit): Map<string, string> {
  const pairs: Iterable<readonly string[]> = Symbol.iterator in headers ? headers : Object.entries(headers);
  const map = new Map<string, string>();
  for (const [name = "", value = ""] of pairs) {
    const key = name.toLowerCase();
    const before = map.get(key);
    map.set(key, before === undefined ? value.trim() : `${before}, ${value.trim()}`);
  }
  return map;
}

async function bodyBytes(
  request: Request | undefined,
  { body }: RequestInit,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  if (body !== undefined && body !== null) return new Uint8Array(await new Response(body).arrayBuffer());
  if (request?.body === undefined || request.body === null) return undefined;
  return new Uint8Array(await request.arrayBuffer());
}
