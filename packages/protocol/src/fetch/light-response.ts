import { bodyExcerpt } from "../errors/body-excerpt.ts";
import { FcResponseError } from "../errors/fc-response-error.ts";
import { decodeUtf8, decodeUtf8Leniently } from "./decode-utf8.ts";
import { LightHeaders, type HeadersSource } from "./light-headers.ts";
import { repeatedMember } from "./repeated-member.ts";

/** What a `LightResponse` is made of. */
export interface LightResponseInit {
  readonly status: number;
  readonly statusText?: string | undefined;
  /** `LightHeaders` are taken over, not copied. */
  readonly headers?: LightHeaders | HeadersSource | undefined;
  readonly url?: string | undefined;
}

/**
 * A `Response` whose body is all there, decompressed and within bounds. `content-length` is the length of that body, and
 * `content-encoding` and `transfer-encoding` are gone with what they described.
 *
 * Reading is strict where the platform is not: `json()`, and `text()` of a success, throw `FcResponseError` for bytes that are
 * not UTF-8 (the platform puts U+FFFD in their place), for a body that is not one whole JSON value, and for an object in which a
 * member stands twice.
 */
export class LightResponse implements Response {
  readonly status: number;
  readonly statusText: string;
  readonly headers: LightHeaders;
  readonly url: string;
  readonly redirected = false;
  readonly type = "basic";
  readonly #bytes: Uint8Array<ArrayBuffer>;
  #bodyUsed = false;

  constructor(bytes: Uint8Array<ArrayBuffer>, init: LightResponseInit) {
    this.#bytes = bytes;
    this.status = init.status;
    this.statusText = init.statusText ?? "";
    this.url = init.url ?? "";
    this.headers = init.headers instanceof LightHeaders ? init.headers : new LightHeaders(init.headers);
    this.headers.delete("content-encoding");
    this.headers.delete("transfer-encoding");
    this.headers.set("content-length", bytes.byteLength.toString());
  }

  get ok(): boolean {
    return this.status >= 200 && this.status <= 299;
  }

  get bodyUsed(): boolean {
    return this.#bodyUsed;
  }

  get body(): ReadableStream<Uint8Array<ArrayBuffer>> {
    return new Blob([this.#take()]).stream();
  }

  async bytes(): Promise<Uint8Array<ArrayBuffer>> {
    return this.#take();
  }

  async arrayBuffer(): Promise<ArrayBuffer> {
    return this.#take().slice().buffer;
  }

  async blob(): Promise<Blob> {
    return new Blob([this.#take()], { type: this.headers.get("content-type") ?? "" });
  }

  async text(): Promise<string> {
    const bytes = this.#take();
    return this.ok ? this.#decode(bytes) : decodeUtf8Leniently(bytes);
  }

  // eslint-disable-next-line typescript/no-explicit-any -- the platform's own signature
  async json(): Promise<any> {
    const text = this.#decode(this.#take());
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch (cause) {
      throw this.#invalid("the body is not JSON", text, cause);
    }
    const repeated = repeatedMember(text, value);
    if (repeated !== undefined)
      throw this.#invalid(`${JSON.stringify(repeated)} stands in the body more than once`, text);
    return value;
  }

  async formData(): Promise<FormData> {
    return new Response(this.#take(), { headers: [...this.headers] }).formData();
  }

  clone(): LightResponse {
    if (this.#bodyUsed) throw new TypeError("The body was read already");
    return new LightResponse(this.#bytes, {
      status: this.status,
      statusText: this.statusText,
      url: this.url,
      headers: [...this.headers],
    });
  }

  /** The start of an error's body without reading it: the retry layer looks, the caller reads. */
  peekText(): string {
    return decodeUtf8Leniently(this.#bytes);
  }

  #take(): Uint8Array<ArrayBuffer> {
    if (this.#bodyUsed) throw new TypeError("The body was read already");
    this.#bodyUsed = true;
    return this.#bytes;
  }

  #decode(bytes: Uint8Array): string {
    try {
      return decodeUtf8(bytes);
    } catch (cause) {
      throw this.#invalid("the body is not UTF-8", decodeUtf8Leniently(bytes.subarray(0, 1024)), cause);
    }
  }

  #invalid(problem: string, text: string, cause?: unknown): FcResponseError {
    const requestId = this.headers.get("x-fc-request-id") ?? undefined;
    const request = requestId === undefined ? "" : ` (request ${requestId})`;
    return new FcResponseError(
      `The service answered ${this.status}, but ${problem}${request}. Check the endpoint and any proxy on the way.`,
      { status: this.status, requestId, bodyExcerpt: bodyExcerpt(text), cause },
    );
  }
}
