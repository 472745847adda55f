import { once } from "node:events";
import { mkdir, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { join } from "node:path";
import { inspect } from "node:util";
import { createLogger, credentialsProvider } from "@fc-async/daemon";
import { FcCredentialsError } from "@fc-async/protocol";
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from "vitest";
import { temporaryDirectory } from "./temporary-directory.ts";

const CANARY = "ExampleSecretCanary0000000000";
const INI =
  "[ops]\ntype = access_key\naccess_key_id = LTAI5tExampleKeyId0000\naccess_key_secret = ExampleSecret0000000000000000\n";

interface KeyServer {
  readonly uri: string;
  readonly requests: () => number;
  answer: { status: number; body: string };
}

async function keyServer(): Promise<KeyServer> {
  let requests = 0;
  const state = { answer: { status: 200, body: keys("LTAI5tExampleKeyId0000") } };
  const server = createServer((_, response) => {
    requests++;
    response
      .writeHead(state.answer.status, { "content-type": "application/json", connection: "close" })
      .end(state.answer.body);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => void server.close());
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return Object.assign(state, { uri: `http://127.0.0.1:${port}/keys`, requests: () => requests });
}

function keys(accessKeyId: string): string {
  const expiration = new Date(Date.now() + 3_600_000).toISOString().replace(/\.\d+/u, "");
  return JSON.stringify({
    Code: "Success",
    AccessKeyId: accessKeyId,
    AccessKeySecret: "ExampleSecret0000000000000000",
    SecurityToken: "token",
    Expiration: expiration,
  });
}

async function refusal(ask: () => unknown): Promise<FcCredentialsError> {
  try {
    await ask();
  } catch (error) {
    if (error instanceof FcCredentialsError) return error;
    throw error;
  }
  throw new Error("expected a refusal");
}

/** The vendor's chain reads the environment of the process; here it finds nothing but what a test gives it. */
beforeEach(async () => {
  for (const name of Object.keys(process.env).filter((candidate) => candidate.startsWith("ALIBABA_CLOUD_"))) {
    vi.stubEnv(name, undefined);
  }
  vi.stubEnv("ALIBABA_CLOUD_ECS_METADATA_DISABLED", "true");
  vi.stubEnv("HOME", await temporaryDirectory());
});
afterEach(() => {
  vi.unstubAllEnvs();
});

describe("a credentials URI", () => {
  test("answers with temporary keys, asked once while they last", async () => {
    const server = await keyServer();
    const provider = credentialsProvider({ type: "uri", uri: server.uri });
    const expected = {
      accessKeyId: "LTAI5tExampleKeyId0000",
      accessKeySecret: "ExampleSecret0000000000000000",
      securityToken: "token",
    };
    expect(await Promise.all([provider(), provider()])).toEqual([expected, expected]);
    expect(await provider()).toEqual(expected);
    expect(server.requests()).toBe(1);
  });

  test("is asked again after a failure", async () => {
    const server = await keyServer();
    server.answer = { status: 503, body: "busy" };
    const provider = credentialsProvider({ type: "uri", uri: server.uri });
    const error = await refusal(provider);
    expect(error).toMatchObject({ code: "FC_CREDENTIALS", reason: "auth" });
    expect(error.message).toContain("No credentials from the credentials URI: get sts token failed, httpStatus: 503");
    server.answer = { status: 200, body: keys("LTAI5tExampleKeyId1111") };
    expect(await provider()).toMatchObject({ accessKeyId: "LTAI5tExampleKeyId1111" });
  });

  test.each([
    ["a status", 403, JSON.stringify({ Code: "NoPermission", AccessKeySecret: CANARY })],
    ["no JSON", 200, `${CANARY} is no JSON`],
    ["half a key pair", 200, JSON.stringify({ AccessKeySecret: CANARY })],
  ])("never quotes its answer: %s", async (_, status, body) => {
    const server = await keyServer();
    server.answer = { status, body };
    const error = await refusal(credentialsProvider({ type: "uri", uri: `${server.uri}?token=${CANARY}` }));
    const lines: string[] = [];
    createLogger({ level: "debug", format: "logfmt", write: (line) => lines.push(line) }).error("failed", { error });
    expect(lines).toHaveLength(1);
    expect(`${inspect(error, { depth: 9 })}${lines[0]}`).not.toContain(CANARY);
    expect(error.message).toContain("Check that it answers 200");
  });

  test("that nobody serves fails with the next step", async () => {
    const error = await refusal(credentialsProvider({ type: "uri", uri: "http://127.0.0.1:1/keys" }));
    expect(error.message).toMatch(/^No credentials from the credentials URI: .+\. Check that it answers 200/u);
  });
});

describe("a profile", () => {
  test("is found in the file that ALIBABA_CLOUD_CREDENTIALS_FILE names", async () => {
    const file = join(await temporaryDirectory(), "credentials");
    await writeFile(file, INI);
    vi.stubEnv("ALIBABA_CLOUD_CREDENTIALS_FILE", file);
    expect(await credentialsProvider({ type: "profile", profile: "ops" })()).toEqual({
      accessKeyId: "LTAI5tExampleKeyId0000",
      accessKeySecret: "ExampleSecret0000000000000000",
      securityToken: undefined,
    });
  });

  test("is found in the CLI's file first", async () => {
    const home = await temporaryDirectory();
    vi.stubEnv("HOME", home);
    await mkdir(join(home, ".aliyun"));
    const profile = {
      name: "ops",
      mode: "AK",
      access_key_id: "LTAI5tExampleKeyId2222",
      access_key_secret: "ExampleSecret",
    };
    await writeFile(join(home, ".aliyun", "config.json"), JSON.stringify({ current: "ops", profiles: [profile] }));
    const credentials = await credentialsProvider({ type: "profile", profile: "ops" })();
    expect(credentials).toMatchObject({ accessKeyId: "LTAI5tExampleKeyId2222" });
  });

  test("that is missing is told, and found once it is there", async () => {
    const file = join(await temporaryDirectory(), "credentials");
    vi.stubEnv("ALIBABA_CLOUD_CREDENTIALS_FILE", file);
    const provider = credentialsProvider({ type: "profile", profile: "ops" });
    await writeFile(file, "[other]\ntype = access_key\n");
    expect((await refusal(provider)).message).toContain('Can not find credential type for "ops"');
    await writeFile(file, INI);
    expect(await provider()).toMatchObject({ accessKeyId: "LTAI5tExampleKeyId0000" });
  });

  test("in a broken CLI file never shows that file", async () => {
    const home = await temporaryDirectory();
    vi.stubEnv("HOME", home);
    await mkdir(join(home, ".aliyun"));
    await writeFile(join(home, ".aliyun", "config.json"), `{ "access_key_secret": "${CANARY}"`);
    const error = await refusal(credentialsProvider({ type: "profile", profile: "ops" }));
    expect(inspect(error, { depth: 9 })).not.toContain(CANARY);
    expect(error.message).toContain("parse aliyun cli config");
  });
});

describe("the default chain", () => {
  test("takes the keys of the environment", async () => {
    vi.stubEnv("ALIBABA_CLOUD_ACCESS_KEY_ID", "LTAI5tExampleKeyId0000");
    vi.stubEnv("ALIBABA_CLOUD_ACCESS_KEY_SECRET", "ExampleSecret0000000000000000");
    expect(await credentialsProvider({ type: "default" })()).toMatchObject({ accessKeyId: "LTAI5tExampleKeyId0000" });
  });

  test("is built anew after a failure, when keys have appeared", async () => {
    const provider = credentialsProvider({ type: "default" });
    expect((await refusal(provider)).message).toContain("Set ALIBABA_CLOUD_ACCESS_KEY_ID");
    vi.stubEnv("ALIBABA_CLOUD_ACCESS_KEY_ID", "LTAI5tExampleKeyId0000");
    vi.stubEnv("ALIBABA_CLOUD_ACCESS_KEY_SECRET", "ExampleSecret0000000000000000");
    expect(await provider()).toMatchObject({ accessKeyId: "LTAI5tExampleKeyId0000" });
  });
});
