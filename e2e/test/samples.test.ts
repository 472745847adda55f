import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdir, writeFile } from "node:fs/promises";
import { createServer, type IncomingMessage } from "node:http";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { demoAccounts, type AccessKey, type FunctionRow } from "@fc-async/emulator";
import { verifyRequest } from "@fc-async/protocol/verify";
import { readRequest, samplesFor, type Sample } from "fc-async-explorer";
import { beforeAll, describe, expect, onTestFinished, test, vi } from "vitest";
import { requireProgram } from "../required-program.ts";
import { runToEnd } from "../run-to-end.ts";
import { sampleProject } from "../sample-project.ts";
import { startEmulator, type RunningEmulator } from "../start-emulator.ts";

vi.setConfig({ testTimeout: 60_000 });

const TOOLS = join(fileURLToPath(new URL("../../node_modules", import.meta.url)), ".bin");
const EXECUTED = ["curl", "typescript-core", "typescript-sdk"] as const;
const LIMIT = 4;
/** What can stand in a form and break a program that is written around it. */
const HOSTILE_TOKENS = [
  "it's",
  'say "hi"',
  "back\\slash\\",
  "$(touch pwned)",
  "`touch pwned`",
  "${process.exit(9)}",
  "%0a%s {x}",
  "-x --y",
  "a;touch pwned #",
  "🦖 函数",
  "\u202Etxt.exe\uFEFF",
  "!'()*~",
  " blanks ",
];
const HOSTILE_TRACE_ID = `it's "$(touch pwned)" \`touch pwned\` \\ \${x} # ; %s !`;

let emulator: RunningEmulator;
beforeAll(async () => {
  emulator = await startEmulator();
  return () => emulator.stop();
});

interface Form {
  readonly accountId: string;
  readonly region: string;
  readonly port: string;
  readonly nextToken?: string;
  readonly traceId?: string;
  readonly date?: string;
}

/** The samples for a request to an emulator on this machine, as the page writes them. */
function samplesOf({ accountId, region, port, nextToken = "", traceId = "", date = "" }: Form): readonly Sample[] {
  const reading = readRequest({
    accountId,
    region,
    endpoint: `http://{account_id}.{region}.localhost:${port}`,
    limit: String(LIMIT),
    nextToken,
    "X-Fc-Account-Id": accountId,
    "X-Fc-Date": date,
    "X-Fc-Trace-Id": traceId,
  });
  if (!reading.ok) throw new Error([...reading.problems.values()].join("\n"));
  return samplesFor(reading.request);
}

function codeOf(id: Sample["id"], form: Form): string {
  const sample = samplesOf(form).find((candidate) => candidate.id === id);
  if (sample === undefined) throw new Error(`there is no sample ${id}`);
  return sample.code;
}

/** Runs a sample as its reader would: pasted into a file, with the keys in the environment. */
async function execute(
  id: Sample["id"],
  form: Form,
  key: AccessKey,
): Promise<{ readonly code: number | null; readonly stdout: string; readonly stderr: string }> {
  const folder = await sampleProject();
  const file = id === "curl" ? "sample.sh" : "sample.ts";
  await writeFile(join(folder, file), codeOf(id, form));
  const child = spawn(id === "curl" ? "bash" : process.execPath, [file], {
    cwd: folder,
    env: {
      PATH: process.env["PATH"],
      ALIBABA_CLOUD_ACCESS_KEY_ID: key.accessKeyId,
      ALIBABA_CLOUD_ACCESS_KEY_SECRET: key.accessKeySecret,
      ...(key.securityToken === undefined ? {} : { ALIBABA_CLOUD_SECURITY_TOKEN: key.securityToken }),
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr), once(child, "close")]);
  expect(await readdir(folder), "files that a value of the form made").not.toContain("pwned");
  return { code: child.exitCode, stdout, stderr };
}

/** The rows a sample printed: curl prints the page, the programs a line for each row and one for the token. */
function printedRows(id: Sample["id"], stdout: string): readonly string[] {
  if (id !== "curl") return stdout.split("\n").filter((line) => line !== "" && !line.startsWith("next token:"));
  const { data }: { readonly data: readonly FunctionRow[] } = JSON.parse(stdout);
  return data.map(lineOf);
}

const lineOf = ({ serviceName, functionName, qualifier }: FunctionRow): string =>
  `${serviceName} ${functionName} ${qualifier}`;

const HOLDERS = demoAccounts()
  .filter(({ regions }) => Object.values(regions).some(({ length }) => length > LIMIT))
  .flatMap(({ accountId, accessKeys, regions }) =>
    Object.keys(regions)
      .filter((region) => region !== "eu-central-1")
      .flatMap((region) =>
        accessKeys.map((key) => ({
          accountId,
          region,
          key,
          accessKeyId: key.accessKeyId,
          rows: regions[region] ?? [],
        })),
      ),
  );

describe.each(EXECUTED)("the sample for %s", (id) => {
  test.each(HOLDERS)(
    "lists the rows of $accountId in $region with $accessKeyId",
    async ({ accountId, region, key, rows }) => {
      const { code, stdout, stderr } = await execute(id, { accountId, region, port: new URL(emulator.url).port }, key);
      expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
      const printed = printedRows(id, stdout);
      expect(printed).toHaveLength(LIMIT);
      expect(rows.map(lineOf)).toEqual(expect.arrayContaining([...printed]));
    },
  );

  test("fails with the service's own words when it is refused", async () => {
    const form = { accountId: "1000000000000001", region: "cn-hangzhou", port: new URL(emulator.url).port };
    const key = { accessKeyId: "LTAI5tFakeDemoKeyOne0001", accessKeySecret: "ExampleSecret0000000000000000" };
    const { code, stdout, stderr } = await execute(id, form, key);
    expect(code).not.toBe(0);
    expect(stdout + stderr).toContain("SignatureNotMatch");
  });

  test.each(["it's", "$(touch pwned)", "back\\slash\\", " blanks ", HOSTILE_TOKENS.join("|")])(
    "sends and signs just this token: %j",
    async (nextToken) => {
      const key = { accessKeyId: "LTAI5tExampleKeyId0000", accessKeySecret: "ExampleSecret0000000000000000" };
      const upstream = await startUpstream(key);
      const form = {
        accountId: "42",
        region: "cn-hangzhou",
        port: upstream.port,
        nextToken,
        traceId: HOSTILE_TRACE_ID,
      };
      const { code, stderr } = await execute(id, form, key);
      expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
      expect(upstream.received()).toEqual({
        isAccepted: true,
        query: [
          ["limit", String(LIMIT)],
          ["nextToken", nextToken],
        ],
        traceId: HOSTILE_TRACE_ID,
        accountId: "42",
        host: `42.cn-hangzhou.localhost:${upstream.port}`,
      });
    },
  );
});

interface Received {
  readonly isAccepted: boolean;
  readonly query: readonly (readonly [string, string])[];
  readonly traceId: unknown;
  readonly accountId: unknown;
  readonly host: unknown;
}

/** A server that verifies one request and keeps what came; it answers an empty last page. */
async function startUpstream(key: AccessKey): Promise<{ readonly port: string; received(): Received | undefined }> {
  let received: Received | undefined;
  const judge = async ({ url: target = "", headers }: IncomingMessage): Promise<Received> => {
    const pairs = Object.entries(headers).map(([name, value]): [string, string] => [name, String(value)]);
    const request = { method: "GET", target, headers: new Map(pairs) };
    const verdict = await verifyRequest(request, { findKey: () => key, nowMs: Date.now() });
    return {
      isAccepted: verdict.ok,
      query: [...new URL(target, "http://h").searchParams],
      traceId: headers["x-fc-trace-id"],
      accountId: headers["x-fc-account-id"],
      host: headers.host,
    };
  };
  const server = createServer(async (request, response) => {
    received = await judge(request);
    response.setHeader("content-type", "application/json");
    response.end('{"data":null,"nextToken":""}');
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  const address = server.address();
  return {
    port: typeof address === "object" && address !== null ? String(address.port) : "",
    received: () => received,
  };
}

const FORMS: readonly (readonly [name: string, form: Form])[] = [
  ["a plain request", { accountId: "42", region: "cn-hangzhou", port: "10407" }],
  [
    "a hostile one",
    {
      accountId: "42",
      region: "cn-hangzhou",
      port: "10407",
      nextToken: HOSTILE_TOKENS.join("|"),
      traceId: HOSTILE_TRACE_ID,
      date: "Wed, 11 May 2022 09:00:00 GMT",
    },
  ],
];

describe.each(FORMS)("of %s", (_name, form) => {
  test("the samples in TypeScript pass the compiler, strict", async () => {
    const folder = await sampleProject();
    for (const id of ["typescript-core", "typescript-sdk"] as const) {
      await writeFile(join(folder, `${id}.ts`), codeOf(id, form));
    }
    expect(await runToEnd(folder, join(TOOLS, "tsc"), ["--project", "tsconfig.json"])).toEqual({
      code: 0,
      stdout: "",
      stderr: "",
    });
  });

  test("the sample in Python is Python, and its literals stand for their texts", async (context) => {
    requireProgram("python3", context);
    const folder = await sampleProject();
    await writeFile(join(folder, "sample.py"), codeOf("python", form));
    const script = `
import ast, json
source = open("sample.py", encoding="utf-8").read()
compile(source, "sample.py", "exec")
calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.keyword)]
print(json.dumps({call.arg: call.value.value for call in calls if isinstance(call.value, ast.Constant)}))
`;
    const { code, stdout, stderr } = await runToEnd(folder, "python3", ["-c", script]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(JSON.parse(stdout)).toMatchObject({
      endpoint: "42.cn-hangzhou.localhost:10407",
      limit: LIMIT,
      x_fc_account_id: "42",
      ...(form.nextToken === undefined
        ? {}
        : { next_token: form.nextToken, x_fc_trace_id: form.traceId, x_fc_date: form.date }),
    });
  });

  test("the sample in Go is what gofmt writes", async (context) => {
    requireProgram("gofmt", context);
    const folder = await sampleProject();
    await writeFile(join(folder, "sample.go"), codeOf("go", form));
    expect(await runToEnd(folder, "gofmt", ["-e", "-d", "sample.go"])).toEqual({ code: 0, stdout: "", stderr: "" });
  });
});

test("every sample that claims to be executed is executed here", () => {
  const executed = samplesOf({ accountId: "42", region: "cn-hangzhou", port: "1" }).filter(
    ({ proof }) => proof === "executed",
  );
  expect(executed.map(({ id }) => id)).toEqual(EXECUTED);
});
