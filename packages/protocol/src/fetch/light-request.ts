import { LightHeaders } from "./light-headers.ts";
import { urlOf } from "./url-of.ts";

/**
 * A `Request` that only keeps what it is given; the URL is not parsed and nothing of the platform's HTTP client is loaded.
 * For openapi-fetch's `Request` option.
 */
export class LightRequest implements Request {
  readonly url: string;
  readonly method: string;
  readonly headers: LightHeaders;
  /** The signal as given: most requests have none, and making one is not free. */
  readonly givenSignal: AbortSignal | undefined;
  /** The body as given, not yet turned into bytes. */
  readonly bodyInit: BodyInit | null;
  readonly cache = "no-store";
  readonly credentials = "omit";
  readonly destination = "";
  readonly integrity = "";
  readonly keepalive = false;
  readonly mode = "cors";
  readonly duplex = "half";
  readonly redirect = "manual";
  readonly referrer = "";
  readonly referrerPolicy = "no-referrer";
  readonly isHistoryNavigation = false;
  readonly isReloadNavigation = false;
  #bodyUsed = false;

  constructor(input: string | URL | Request, init: RequestInit = {}) {
    const from = typeof input === "string" || input instanceof URL ? undefined : input;
    this.url = urlOf(input);
    this.method = (init.method ?? from?.method ?? "GET").toUpperCase();
    this.headers = new LightHeaders(init.headers ?? from?.headers);
    this.givenSignal = init.signal ?? (from instanceof LightRequest ? from.givenSignal : from?.signal);
    this.bodyInit = init.body ?? (from instanceof LightRequest ? from.bodyInit : (from?.body ?? null));
  }

  get signal(): AbortSignal {
    return this.givenSignal ?? new AbortController().signal;
  }

  get body(): ReadableStream<Uint8Array<ArrayBuffer>> | null {
    return this.bodyInit === null ? null : this.#read().body;
  }

  get bodyUsed(): boolean {
    return this.#bodyUsed;
  }

  arrayBuffer(): Promise<ArrayBuffer> {
    return this.#read().arrayBuffer();
  }

  blob(): Promise<Blob> {
    return this.#read().blob();
  }

  bytes(): Promise<Uint8Array<ArrayBuffer>> {
    return this.#read().bytes();
  }

  formData(): Promise<FormData> {
    return this.#read().formData();
  }

  // eslint-disable-next-line typescript/no-explicit-any -- the platform's own signature
  json(): Promise<any> {
    return this.#read().json();
  }

  text(): Promise<string> {
    return this.#read().text();
  }

  clone(): LightRequest {
    return new LightRequest(this);
  }

  /** Bodies are rare here; the platform knows all their forms. */
  #read(): Response {
    if (this.#bodyUsed) throw new TypeError("The body was read already");
    this.#bodyUsed = true;
    return new Response(this.bodyInit, { headers: [...this.headers] });
  }
}
