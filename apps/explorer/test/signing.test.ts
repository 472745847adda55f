import { readFileSync } from "node:fs";
import {
  acs3CanonicalRequest,
  acs3SignedHeaders,
  acs3StringToSign,
  canonicalQuery,
  signAcs3,
  webCryptoHash,
  type Credentials,
  type HeaderPair,
} from "@fc-async/protocol";
import { nodeHash } from "@fc-async/protocol/node";
import { verifyRequest } from "@fc-async/protocol/verify";
import { createEmulator, DEMO_ACCOUNT, demoAccounts, openApiContract } from "@fc-async/emulator";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { OPERATION } from "../src/generated/operation.ts";
import type { ExplorerRequest, FormValues } from "../src/request/explorer-request.ts";
import { textOf } from "../src/signing/parts.ts";
import { signingStages } from "../src/signing/sign-stages.ts";
import type { FinalRequest, Part, SigningStages } from "../src/signing/signing-stages.ts";
import { readOrThrow } from "./form-values.ts";

const INSTANT = { dateMs: Date.UTC(2026, 10, 23, 8, 56, 27), nonce: "bf5063e32b810f0eb4292b72cd11685d" };

function stagesOf(changes: Partial<FormValues> = {}): Promise<SigningStages> {
  const { request, credentials } = readOrThrow(changes);
  return signingStages(request, credentials, INSTANT);
}

const headersOf = ({ headers, url }: FinalRequest): HeaderPair[] => [["host", new URL(url).host], ...headers];
const partsOf = ({ canonicalRequest, stringToSign, finalLines }: SigningStages): Part[] =>
  [canonicalRequest, stringToSign, finalLines].flat(2);

/** Forms that are right, with everything in them that may be there. */
const anyChanges: fc.Arbitrary<Partial<FormValues>> = fc.record(
  {
    accountId: fc.stringMatching(/^\d{1,32}$/),
    region: fc.stringMatching(/^[a-z][a-z0-9]{0,10}(-[a-z0-9]{1,5}){0,3}$/),
    endpoint: fc.constantFrom(
      "https://{account_id}.{region}.fc.aliyuncs.com",
      "https://fc.{region}.aliyuncs.com:443",
      "HTTPS://FC.Example.com/",
      "http://localhost:10407",
      "http://[::1]:10407",
    ),
    securityToken: fc.stringMatching(/^[A-Za-z0-9+/=]{0,20}$/),
    limit: fc.integer({ min: 1, max: 100 }).map(String),
    nextToken: fc.string({ unit: "grapheme" }).filter((text) => !/\p{Cc}/u.test(text)),
    "X-Fc-Account-Id": fc.stringMatching(/^\d{0,16}$/),
    "X-Fc-Trace-Id": fc.stringMatching(/^[\x21-\x7e]{0,20}$/),
  },
  { requiredKeys: [] },
);

describe("the stages of a signature", () => {
  test("are the texts of the protocol, whatever stands in the form", async () => {
    await fc.assert(
      fc.asyncProperty(anyChanges, async (changes) => {
        const { request, credentials } = readOrThrow(changes);
        const stages = await signingStages(request, credentials, INSTANT, nodeHash);
        const { search, host } = new URL(stages.finalRequest.url);
        const pairs = [
          ...(request.limit === undefined ? [] : [["limit", String(request.limit)] as const]),
          ...(request.nextToken === undefined ? [] : [["nextToken", request.nextToken] as const]),
        ];
        const query = canonicalQuery(pairs);
        expect(search.slice(1)).toBe(query);
        const signedHeaders = acs3SignedHeaders(headersOf(stages.finalRequest));
        const bodySha256Hex = await nodeHash.sha256Hex("");
        const canonicalRequest = acs3CanonicalRequest({
          method: "GET",
          path: OPERATION.path,
          query,
          signedHeaders,
          bodySha256Hex,
        });
        expect(textOf(stages.canonicalRequest)).toBe(canonicalRequest);
        expect(textOf(stages.stringToSign)).toBe(await acs3StringToSign(canonicalRequest, nodeHash));

        const signed = await signAcs3(
          { method: "GET", host, path: OPERATION.path, query, headers: [] },
          { credentials, hash: nodeHash, ...INSTANT, action: OPERATION.id, version: OPERATION.version },
        );
        const authorization = signed.find(([name]) => name === "authorization");
        expect(stages.finalRequest.headers.at(-1)).toEqual(authorization);
        expect(authorization?.[1].endsWith(`,Signature=${stages.signature}`)).toBe(true);
        expect(textOf(stages.finalLines)).toBe(
          [
            `GET ${OPERATION.path}${search} HTTP/1.1`,
            ...headersOf(stages.finalRequest).map(([name, value]) => `${name}: ${value}`),
          ].join("\n"),
        );
      }),
    );
  });

  test("verify, whatever stands in the form", async () => {
    await fc.assert(
      fc.asyncProperty(anyChanges, async (changes) => {
        const { request, credentials } = readOrThrow(changes);
        const { finalRequest } = await signingStages(request, credentials, INSTANT, nodeHash);
        const { pathname, search } = new URL(finalRequest.url);
        const received = {
          method: finalRequest.method,
          target: `${pathname}${search}`,
          headers: new Map(headersOf(finalRequest)),
        };
        expect(
          await verifyRequest(received, { findKey: () => credentials, nowMs: INSTANT.dateMs, hash: nodeHash }),
        ).toMatchObject({ ok: true, scheme: "acs3", nonce: INSTANT.nonce });
      }),
    );
  });

  test("are the same with WebCrypto, which the page uses, and node:crypto", async () => {
    const { request, credentials } = readOrThrow({ nextToken: "函数 !'()*", securityToken: "t" });
    expect(await signingStages(request, credentials, INSTANT)).toEqual(
      await signingStages(request, credentials, INSTANT, nodeHash),
    );
  });

  test("name the field that each piece came from", async () => {
    const stages = await stagesOf({
      nextToken: "a b",
      securityToken: "the-token",
      "X-Fc-Account-Id": "42",
      "X-Fc-Date": "Wed, 11 May 2022 09:00:00 GMT",
      "X-Fc-Trace-Id": "t-1",
    });
    const textsFrom = (origin: Part["origin"]): string[] => [
      ...new Set(
        partsOf(stages)
          .filter((part) => part.origin === origin)
          .map(({ text }) => text),
      ),
    ];
    expect(textsFrom("accountId")).toEqual([DEMO_ACCOUNT.accountId]);
    expect(textsFrom("region")).toEqual([DEMO_ACCOUNT.region]);
    expect(textsFrom("endpoint")).toEqual([".", ".localhost:10407"]);
    expect(textsFrom("accessKeyId")).toEqual([DEMO_ACCOUNT.accessKeyId]);
    expect(textsFrom("securityToken")).toEqual(["the-token"]);
    expect(textsFrom("limit")).toEqual(["limit=", "20"]);
    expect(textsFrom("nextToken")).toEqual(["nextToken=", "a%20b"]);
    expect(textsFrom("X-Fc-Account-Id")).toEqual(["x-fc-account-id", "42"]);
    expect(textsFrom("X-Fc-Date")).toEqual(["x-fc-date", "Wed, 11 May 2022 09:00:00 GMT"]);
    expect(textsFrom("X-Fc-Trace-Id")).toEqual(["x-fc-trace-id", "t-1"]);
    expect(textsFrom("clock")).toEqual(["2026-11-23T08:56:27Z"]);
    expect(textsFrom("nonce")).toEqual([INSTANT.nonce]);
    expect(textsFrom("signature")).toEqual([stages.signature]);
    expect(textsFrom("canonicalRequest")).toEqual([await webCryptoHash.sha256Hex(textOf(stages.canonicalRequest))]);
    expect(textsFrom("accessKeySecret")).toEqual([]);
  });

  test("never hold the secret", async () => {
    expect(JSON.stringify(await stagesOf())).not.toContain(DEMO_ACCOUNT.accessKeySecret);
  });

  test("read as the vendor's page writes them", async () => {
    const stages = await stagesOf({ nextToken: "a/b+c==", "X-Fc-Trace-Id": "trace-1" });
    const text = [
      textOf(stages.canonicalRequest),
      textOf(stages.stringToSign),
      stages.signature,
      textOf(stages.finalLines),
    ];
    await expect(`${text.join("\n\n")}\n`).toMatchFileSnapshot("golden/stages.txt");
  });
});

describe("a final request", () => {
  test("is accepted by the emulator and lists rows", async () => {
    const emulator = createEmulator({
      accounts: demoAccounts(),
      now: () => INSTANT.dateMs,
      contract: openApiContract("fail"),
    });
    const { finalRequest } = await stagesOf({ limit: "3", "X-Fc-Account-Id": DEMO_ACCOUNT.accountId });
    const headers = finalRequest.headers.map(([name, value]): [string, string] => [name, value]);
    const response = await emulator.fetch(finalRequest.url, { headers });
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ data: [{ serviceName: "billing-jobs" }, {}, {}] });
  });

  test("is refused by it with another secret", async () => {
    const emulator = createEmulator({
      accounts: demoAccounts(),
      now: () => INSTANT.dateMs,
      contract: openApiContract("fail"),
    });
    const { finalRequest } = await stagesOf({ accessKeySecret: "ExampleSecret0000000000000000" });
    const headers = finalRequest.headers.map(([name, value]): [string, string] => [name, value]);
    const response = await emulator.fetch(finalRequest.url, { headers });
    expect(response.status).toBe(403);
    expect(await response.json()).toMatchObject({ Code: "SignatureNotMatch" });
  });
});

interface Recording {
  readonly name: string;
  readonly input: {
    readonly query: { readonly limit?: number; readonly nextToken?: string };
    readonly xFcHeaders: { readonly accountId: string; readonly date: string; readonly traceId: string } | null;
  };
  readonly credential: Credentials;
  readonly recorded: { readonly rawHeaders: readonly HeaderPair[] };
}

const RECORDINGS = new URL("../../../packages/protocol/test/vectors/fc-open20210406.acs3.json", import.meta.url);
const { vectors }: { readonly vectors: readonly Recording[] } = JSON.parse(readFileSync(RECORDINGS, "utf8"));
/** What the form cannot say: it leaves an empty token out, and stops a limit of 0. */
const UNSAYABLE: ReadonlySet<string> = new Set(["token-empty", "limit-zero"]);

test.each(vectors.filter(({ name }) => !UNSAYABLE.has(name)))(
  "a request signs what the vendor's SDK signed, less what only the SDK sends: $name",
  async ({ input, credential, recorded }) => {
    const lower = recorded.rawHeaders.map(([name, value]): HeaderPair => [name.toLowerCase(), value]);
    const headerOf = (wanted: string): string => lower.find(([name]) => name === wanted)?.[1] ?? "";
    const { limit, nextToken } = input.query;
    const request: ExplorerRequest = {
      accountId: "1234567890123456",
      region: "cn-hangzhou",
      endpoint: "https://{account_id}.{region}.fc.aliyuncs.com",
      limit,
      nextToken,
      headers:
        input.xFcHeaders === null
          ? []
          : [
              ["X-Fc-Account-Id", input.xFcHeaders.accountId],
              ["X-Fc-Date", input.xFcHeaders.date],
              ["X-Fc-Trace-Id", input.xFcHeaders.traceId],
            ],
    };
    const instant = { dateMs: Date.parse(headerOf("x-acs-date")), nonce: headerOf("x-acs-signature-nonce") };
    const { canonicalRequest, finalRequest } = await signingStages(request, credential, instant, nodeHash);

    const recordedCanonical = acs3CanonicalRequest({
      method: "GET",
      path: OPERATION.path,
      query: canonicalQuery([
        ...(limit === undefined ? [] : [["limit", String(limit)] as const]),
        ...(nextToken === undefined ? [] : [["nextToken", nextToken] as const]),
      ]),
      signedHeaders: acs3SignedHeaders(lower.filter(([name]) => name !== "x-acs-credentials-provider")),
      bodySha256Hex: headerOf("x-acs-content-sha256"),
    });
    expect(textOf(canonicalRequest)).toBe(recordedCanonical);
    const onlySdk = new Set(["host", "user-agent", "x-acs-credentials-provider", "authorization", "connection"]);
    const common = (headers: readonly HeaderPair[]): object =>
      Object.fromEntries(headers.filter(([name]) => !onlySdk.has(name)));
    expect(common(finalRequest.headers)).toEqual(common(lower));
  },
);
