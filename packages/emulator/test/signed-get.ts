import type { Emulator, TransportFault } from "@fc-async/emulator";
import { canonicalQuery, signAcs3, signFc, webCryptoHash, type Credentials, type HeaderPair } from "@fc-async/protocol";
import { expect } from "vitest";
import { DIRECT_HOST, KEY, NOW_MS } from "./world.ts";

export interface SignedGet {
  readonly api?: "2021-04-06" | "2016-08-15";
  /** Default: the scheme of the API version. */
  readonly scheme?: "acs3" | "fc";
  readonly query?: readonly (readonly [name: string, value: string])[];
  readonly host?: string;
  readonly path?: string;
  readonly method?: string;
  readonly key?: Credentials;
  readonly dateMs?: number;
  readonly nonce?: string;
  readonly headers?: readonly HeaderPair[];
  /** The last word on the headers, after signing. */
  readonly tamper?: (headers: Map<string, string>) => void;
}

export interface Got {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

let nonces = 0;

/** Sends one signed request and holds the answer against the contract. */
export async function signedGet(emulator: Emulator, options: SignedGet = {}): Promise<Got> {
  const outcome = await signedOutcome(emulator, options);
  if (!(outcome instanceof Response)) throw new Error(`a transport fault, not an answer: ${outcome.type}`);
  const text = await outcome.text();
  expect(emulator.requests.at(-1)?.violations).toEqual([]);
  return { status: outcome.status, headers: outcome.headers, text };
}

/** The same without looking at the answer. */
export async function signedOutcome(emulator: Emulator, options: SignedGet = {}): Promise<Response | TransportFault> {
  const { api = "2021-04-06", host = DIRECT_HOST, method = "GET" } = options;
  const path = options.path ?? `/${api}/stateful-async-invocation-functions`;
  const query = canonicalQuery(options.query ?? []);
  const request = { method, host, path, query, headers: options.headers ?? [] };
  const moment = { credentials: options.key ?? KEY, hash: webCryptoHash, dateMs: options.dateMs ?? NOW_MS };
  const scheme = options.scheme ?? (api === "2021-04-06" ? "acs3" : "fc");
  nonces += 1;
  const nonce = options.nonce ?? `nonce-${nonces}`;
  const action = "ListStatefulAsyncInvocationFunctions";
  const signed =
    scheme === "acs3"
      ? await signAcs3(request, { ...moment, nonce, action, version: "2021-04-06" })
      : await signFc(request, moment);
  const headers = new Map(signed);
  options.tamper?.(headers);
  const url = `http://${host}${path}${query === "" ? "" : `?${query}`}`;
  return emulator.handle(new Request(url, { method, headers: [...headers].map(([name, value]) => [name, value]) }));
}
