import { execFileSync } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type OpenSdk from "@alicloud/fc-open20210406";
import Fc2Client from "@alicloud/fc2";
import { allRows, DEMO_ACCOUNT, demoAccounts, type AccessKey, type FunctionRow } from "@fc-async/emulator";
import { beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { startEmulator, type RunningEmulator } from "../start-emulator.ts";
import { temporaryFolder } from "../temporary-folder.ts";

const EMULATOR = fileURLToPath(new URL("../../apps/emulator/src/main.ts", import.meta.url));
const PROGRAM = fileURLToPath(new URL("../list-with-vendor-sdk.ts", import.meta.url));

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
  reader(holder: Holder): (nextToken: string | undefined) => Promise<SdkPage>;
}

/** Whose list to read, where, and how much of it at a time. */
interface Holder {
  readonly accountId: string;
  readonly key: AccessKey;
  readonly url: string;
  readonly limit: number;
}

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
    reader({ key: { accessKeyId, accessKeySecret, securityToken }, url, limit }) {
      const endpoint = new URL(url).host;
      const client = new openSdk.default(
        new Config({ accessKeyId, accessKeySecret, securityToken, endpoint, protocol: "HTTP", regionId: REGION }),
      );
      return async (nextToken) => {
        const fields = { limit, ...(nextToken === undefined ? {} : { nextToken }) };
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
    reader({ accountId, key: { accessKeyId, accessKeySecret, securityToken }, url, limit }) {
      const client = new Fc2Client(accountId, {
        region: REGION,
        endpoint: url,
        accessKeyID: accessKeyId,
        accessKeySecret,
        securityToken,
      });
      return async (nextToken) => {
        const query = { limit, ...(nextToken === undefined ? {} : { nextToken }) };
        return (await client.get("/stateful-async-invocation-functions", query)).data;
      };
    },
  },
];

const KEYS = demoAccounts().flatMap(({ accountId, accessKeys, regions }) =>
  accessKeys.map((key) => ({ accountId, key, accessKeyId: key.accessKeyId, rows: regions[REGION] ?? [] })),
);

/** 100,000 rows of one account in one region. */
const MANY = { generate: { services: 100, functions: 500, qualifiers: 2, names: "plain", seed: 7 } } as const;

/** Starts an emulator for the tests of one block. */
function withEmulator(...flags: readonly string[]): () => RunningEmulator {
  let emulator: RunningEmulator | undefined;
  beforeAll(async () => {
    const started = await startEmulator(...flags);
    emulator = started;
    return () => started.stop();
  });
  return () => emulator ?? expect.fail("the emulator has not been started");
}

// Each SDK has an emulator of its own, and with it sockets of its own. Both take them from one pool, keyed by host and port, and
// the timers that one leaves running at a socket end the reading of the other at the same socket (httpx 2.3.3).
describe.each(SDKS)("$name, as it is published,", ({ reader, refusal }) => {
  const emulator = withEmulator();

  test.each(KEYS)("lists every row of account $accountId page by page with $accessKeyId", async (holder) => {
    const { rows, pages } = await readAll(reader({ ...holder, url: emulator().url, limit: LIMIT }));
    expect(pages).toBe(Math.max(1, Math.ceil(holder.rows.length / LIMIT)));
    expect(names(rows)).toEqual(names(holder.rows));
  });

  test.each(KEYS)("is refused with $accessKeyId and another secret", async ({ accountId, key }) => {
    const wrong = { ...key, accessKeySecret: "ExampleSecret0000000000000000" };
    const page = reader({ accountId, key: wrong, url: emulator().url, limit: LIMIT });
    await expect(page(undefined)).rejects.toMatchObject(refusal);
  });

  test("lists 100,000 rows as the generator makes them, each once", { timeout: 60_000 }, async () => {
    const file = join(await temporaryFolder(), "seed.json");
    const { accountId, accessKeyId, accessKeySecret } = DEMO_ACCOUNT;
    const key = { accessKeyId, accessKeySecret };
    await writeFile(
      file,
      JSON.stringify({ accounts: [{ accountId, accessKeys: [key], regions: { [REGION]: MANY } }] }),
    );
    const large = await startEmulator(`--seed.file=${file}`);
    onTestFinished(async () => {
      await large.stop();
    });

    const { rows, pages } = await readAll(reader({ accountId, key, url: large.url, limit: 100 }));
    expect(pages).toBe(1000);
    const [listed, made] = [names(rows), names([...allRows(MANY)])];
    expect(made).toHaveLength(100_000);
    // As one text each: a difference is told all the same, and without a page of it for every row.
    expect(listed.join("\n") === made.join("\n"), "the rows are those of the generator").toBe(true);
  });
});

describe("what fc-async-emulator env prints", () => {
  const emulator = withEmulator();

  test.each([
    ["1000000000000001", "LTAI5tFakeDemoKeyOne0001"],
    ["1000000000000002", "STS.FakeDemoKeyTwo0002"],
  ])("makes a program with the vendor's SDK list account %s with %s, with nothing else set", async (account, keyId) => {
    const words = [`--listen-address=${new URL(emulator().url).host}`, `--access-key-id=${keyId}`];
    const script = `eval "$("$NODE" "$EMULATOR" env ${words.join(" ")})" && exec "$NODE" "$PROGRAM"`;
    const printed = execFileSync("sh", ["-c", script], {
      encoding: "utf8",
      env: {
        PATH: process.env["PATH"],
        NODE: process.execPath,
        EMULATOR,
        PROGRAM,
        // Left over from before: the exports have the last word.
        ALIBABA_CLOUD_SECURITY_TOKEN: "left-over",
      },
    });
    const rows = demoAccounts().find(({ accountId }) => accountId === account)?.regions[REGION] ?? [];
    expect(names(JSON.parse(printed))).toEqual(names(rows));
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

/** Follows the tokens of a list to its end. */
async function readAll(
  page: (nextToken: string | undefined) => Promise<SdkPage>,
): Promise<{ readonly rows: readonly Partial<FunctionRow>[]; readonly pages: number }> {
  const rows: Partial<FunctionRow>[] = [];
  let pages = 0;
  let nextToken: string | undefined;
  do {
    const { data, nextToken: next } = await page(nextToken);
    rows.push(...(data ?? []));
    pages += 1;
    nextToken = next ?? "";
  } while (nextToken !== "");
  return { rows, pages };
}

/** Rows as texts in one order, so that a row too much, too little or twice is seen. */
function names(rows: readonly Partial<FunctionRow>[]): string[] {
  return rows
    .map(({ serviceName, functionName, qualifier }) => JSON.stringify([serviceName, functionName, qualifier]))
    .toSorted();
}
