import { createRequire } from "node:module";
import type OpenSdk from "@alicloud/fc-open20210406";
import Fc2Client from "@alicloud/fc2";
import { demoAccounts, type AccessKey, type FunctionRow } from "@fc-async/emulator";
import { beforeAll, describe, expect, test } from "vitest";
import { startEmulator, type RunningEmulator } from "../start-emulator.ts";

const REGION = "cn-hangzhou";
const LIMIT = 7;

// By require, as its users load it, and the class of its configuration out of its own dependency, as they do, too.
const here = createRequire(import.meta.url);
const openSdk: typeof OpenSdk = here("@alicloud/fc-open20210406");
type OpenConfig = ConstructorParameters<typeof OpenSdk.default>[0];
const { Config }: { readonly Config: new (fields: Readonly<Record<string, string | undefined>>) => OpenConfig } =
  createRequire(here.resolve("@alicloud/fc-open20210406"))("@alicloud/openapi-client");

/** What both SDKs hand out of one answer. */
interface SdkPage {
  readonly data?: readonly Partial<FunctionRow>[] | null;
  readonly nextToken?: string | null;
}

interface Sdk {
  readonly name: string;
  /** The error it makes out of a refused signature. */
  readonly refusal: object;
  /** Asks for the page behind a token. */
  reader(accountId: string, key: AccessKey): (nextToken: string | undefined) => Promise<SdkPage>;
}

let emulator: RunningEmulator;
beforeAll(async () => {
  emulator = await startEmulator();
  return () => emulator.stop();
});

const SDKS: readonly Sdk[] = [
  {
    name: "@alicloud/fc-open20210406",
    refusal: {
      code: "SignatureNotMatch",
      statusCode: 403,
      message: expect.stringMatching(
        /^SignatureNotMatch: code: 403, The request signature .* request id: [\da-f-]{36}$/,
      ),
    },
    reader(_accountId, { accessKeyId, accessKeySecret, securityToken }) {
      const endpoint = new URL(emulator.url).host;
      const client = new openSdk.default(
        new Config({ accessKeyId, accessKeySecret, securityToken, endpoint, protocol: "HTTP", regionId: REGION }),
      );
      return async (nextToken) => {
        const fields = { limit: LIMIT, ...(nextToken === undefined ? {} : { nextToken }) };
        const request = new openSdk.ListStatefulAsyncInvocationFunctionsRequest(fields);
        return (await client.listStatefulAsyncInvocationFunctions(request)).body;
      };
    },
  },
  {
    name: "@alicloud/fc2",
    refusal: {
      name: "FCSignatureNotMatchError",
      code: "SignatureNotMatch",
      message: expect.stringMatching(
        /^GET \/stateful-async-invocation-functions failed with 403\. requestid: [\da-f-]{36}, message: The request signature /,
      ),
    },
    reader(accountId, { accessKeyId, accessKeySecret, securityToken }) {
      const client = new Fc2Client(accountId, {
        region: REGION,
        endpoint: emulator.url,
        accessKeyID: accessKeyId,
        accessKeySecret,
        securityToken,
      });
      return async (nextToken) => {
        const query = { limit: LIMIT, ...(nextToken === undefined ? {} : { nextToken }) };
        return (await client.get("/stateful-async-invocation-functions", query)).data;
      };
    },
  },
];

const KEYS = demoAccounts().flatMap(({ accountId, accessKeys, regions }) =>
  accessKeys.map((key) => ({ accountId, key, accessKeyId: key.accessKeyId, rows: regions[REGION] ?? [] })),
);

describe.each(SDKS)("$name, as it is published,", ({ reader, refusal }) => {
  test.each(KEYS)("lists every row of account $accountId page by page with $accessKeyId", async (holder) => {
    const page = reader(holder.accountId, holder.key);
    const listed: Partial<FunctionRow>[] = [];
    let pages = 0;
    let nextToken: string | undefined;
    do {
      const { data, nextToken: next } = await page(nextToken);
      listed.push(...(data ?? []));
      pages += 1;
      nextToken = next ?? "";
    } while (nextToken !== "");

    expect(pages).toBe(Math.max(1, Math.ceil(holder.rows.length / LIMIT)));
    expect(names(listed)).toEqual(names(holder.rows));
  });

  test.each(KEYS)("is refused with $accessKeyId and another secret", async ({ accountId, key }) => {
    const page = reader(accountId, { ...key, accessKeySecret: "ExampleSecret0000000000000000" });
    await expect(page(undefined)).rejects.toMatchObject(refusal);
  });
});

test("the demo has a list of several pages, a temporary key and an account without functions", () => {
  expect(KEYS.map(({ key, rows }) => ({ rows: rows.length, isTemporary: key.securityToken !== undefined }))).toEqual([
    { rows: 50, isTemporary: false },
    { rows: 18, isTemporary: false },
    { rows: 18, isTemporary: true },
    { rows: 0, isTemporary: false },
  ]);
});

/** Rows as texts in one order, so that a row too much, too little or twice is seen. */
function names(rows: readonly Partial<FunctionRow>[]): string[] {
  return rows
    .map(({ serviceName, functionName, qualifier }) => JSON.stringify([serviceName, functionName, qualifier]))
    .toSorted();
}
