import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { inspect } from "node:util";
import { createLogger, credentialsProvider, readConfig, type CredentialsConfig } from "@fc-async/daemon";
import { FcCredentialsError, type CredentialsProvider } from "@fc-async/protocol";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { temporaryDirectory } from "./temporary-directory.ts";
import {
  httpService,
  httpsService,
  isSignedWith,
  redirectHost,
  temporaryKey,
  type Asked,
  type FakeAnswer,
  type FakeService,
} from "./token-services.ts";

const CANARY = "ExampleSecretCanary0000000000";
const METADATA_HOST = "100.100.100.200";
const METADATA_PATH = "/latest/meta-data/ram/security-credentials/";
const ROLE_ARN = "acs:ram::1234567890123456:role/fc-async";
const PROVIDER_ARN = "acs:ram::1234567890123456:oidc-provider/ack-rrsa";

/** The vendor's library reads the environment of the process; here it finds nothing but what a test gives it. */
beforeEach(async () => {
  for (const name of Object.keys(process.env).filter((candidate) => candidate.startsWith("ALIBABA_CLOUD_"))) {
    vi.stubEnv(name, undefined);
  }
  vi.stubEnv("HOME", await temporaryDirectory());
});
afterEach(() => {
  vi.unstubAllEnvs();
});

/** A credentials block as it stands in a file. */
function configured(block: string): CredentialsConfig {
  const [account] = readConfig(`accounts: [{ account_id: "1", regions: [cn-hangzhou], credentials: ${block} }]`, {
    fileName: "/etc/fc-async.yaml",
    env: {},
  }).accounts;
  if (account === undefined) throw new Error("no account");
  return account.credentials;
}

const provided = (block: string): CredentialsProvider => credentialsProvider(configured(block));

async function refusal(provider: CredentialsProvider): Promise<FcCredentialsError> {
  try {
    await provider();
  } catch (error) {
    if (error instanceof FcCredentialsError) return error;
    throw error;
  }
  throw new Error("expected a refusal");
}

const ok = (body: unknown): FakeAnswer => ({ status: 200, body: JSON.stringify(body) });

/** The metadata service of a machine with the role `fc-reader`. */
async function metadata(answer: (asked: Asked) => FakeAnswer = goodMetadata): Promise<FakeService> {
  const service = await httpService(answer);
  redirectHost(METADATA_HOST, service);
  return service;
}

function goodMetadata({ path }: Asked): FakeAnswer {
  if (path === "/latest/api/token") return { status: 200, body: "metadata-token" };
  if (path === METADATA_PATH) return { status: 200, body: "fc-reader" };
  if (path === `${METADATA_PATH}fc-reader`) return ok({ Code: "Success", ...temporaryKey("STS.machine") });
  return { status: 404, body: "" };
}

const tokenService = (): Promise<FakeService> => httpsService(() => ok({ Credentials: temporaryKey("STS.role") }));

async function tokenFile(content = "pod-token"): Promise<string> {
  const file = join(await temporaryDirectory(), "token");
  await writeFile(file, content);
  return file;
}

const roleKey = {
  accessKeyId: "STS.role",
  accessKeySecret: "ExampleSecret0000000000000000",
  securityToken: "token-of-STS.role",
};

describe("the role of the machine", () => {
  test("is asked for with a metadata token", async () => {
    const { asked } = await metadata();
    expect(await provided("{ ecs_ram_role: fc-reader }")()).toMatchObject({ accessKeyId: "STS.machine" });
    expect(asked.map(({ method, path }) => `${method} ${path}`)).toEqual([
      "PUT /latest/api/token",
      `GET ${METADATA_PATH}fc-reader`,
    ]);
    expect(asked[0]?.headers).toMatchObject({ "x-aliyun-ecs-metadata-token-ttl-seconds": "21600" });
    expect(asked[1]?.headers).toMatchObject({ "x-aliyun-ecs-metadata-token": "metadata-token" });
  });

  test("is asked for its name when there is none", async () => {
    const { asked } = await metadata();
    expect(await provided("ecs_ram_role")()).toMatchObject({ securityToken: "token-of-STS.machine" });
    expect(asked.map(({ path }) => path)).toContain(METADATA_PATH);
  });

  test("is read without a token from a machine that gives none, unless that is forbidden", async () => {
    const { asked } = await metadata((one) => (one.method === "PUT" ? { status: 404, body: "" } : goodMetadata(one)));
    expect(await provided("{ ecs_ram_role: fc-reader }")()).toMatchObject({ accessKeyId: "STS.machine" });
    expect(asked.at(-1)?.headers).not.toHaveProperty("x-aliyun-ecs-metadata-token");
    vi.stubEnv("ALIBABA_CLOUD_IMDSV1_DISABLED", "true");
    const error = await refusal(provided("{ ecs_ram_role: fc-reader }"));
    expect(error.message).toContain("No credentials from the role of the machine: get metadata token failed with 404");
  });

  test("that the machine does not have is told with the next step", async () => {
    await metadata();
    const error = await refusal(provided("{ ecs_ram_role: other }"));
    expect(error).toMatchObject({ reason: "auth", message: expect.stringContaining("httpStatus: 404") });
    expect(error.message).toContain("Check that the machine has this RAM role");
  });

  test("is not asked for where the environment forbids it", async () => {
    vi.stubEnv("ALIBABA_CLOUD_ECS_METADATA_DISABLED", "true");
    expect((await refusal(provided("ecs_ram_role"))).message).toContain("IMDS credentials is disabled");
  });
});

describe("an OIDC token", () => {
  test("is exchanged for keys of the role, with everything that was configured", async () => {
    const { port, asked } = await tokenService();
    const policy = '{"Version":"1","Statement":[]}';
    const block = `{ oidc: { role_arn: "${ROLE_ARN}", oidc_provider_arn: "${PROVIDER_ARN}", oidc_token_file: "${await tokenFile()}",
      session_name: fc-test, duration: 30m, policy: '${policy}', sts_endpoint: "localhost:${port}" } }`;
    expect(await provided(block)()).toEqual(roleKey);
    expect(asked.map(({ parameters }) => parameters)).toMatchObject([
      {
        Action: "AssumeRoleWithOIDC",
        OIDCProviderArn: PROVIDER_ARN,
        OIDCToken: "pod-token",
        RoleArn: ROLE_ARN,
        RoleSessionName: "fc-test",
        DurationSeconds: "1800",
        Policy: policy,
      },
    ]);
  });

  test("is found by the variables of RRSA alone", async () => {
    const service = await tokenService();
    redirectHost("sts.cn-hangzhou.aliyuncs.com", service);
    vi.stubEnv("ALIBABA_CLOUD_ROLE_ARN", ROLE_ARN);
    vi.stubEnv("ALIBABA_CLOUD_OIDC_PROVIDER_ARN", PROVIDER_ARN);
    vi.stubEnv("ALIBABA_CLOUD_OIDC_TOKEN_FILE", await tokenFile());
    vi.stubEnv("ALIBABA_CLOUD_STS_REGION", "cn-hangzhou");
    expect(await provided("oidc")()).toEqual(roleKey);
    expect(service.asked[0]?.parameters).toMatchObject({
      RoleArn: ROLE_ARN,
      OIDCProviderArn: PROVIDER_ARN,
      RoleSessionName: "fc-async",
      DurationSeconds: "3600",
    });
  });

  test.each([
    ["the role", {}, "roleArn does not exist and env ALIBABA_CLOUD_ROLE_ARN is null"],
    ["the provider", { ALIBABA_CLOUD_ROLE_ARN: ROLE_ARN }, "env ALIBABA_CLOUD_OIDC_PROVIDER_ARN is null"],
    [
      "the file",
      { ALIBABA_CLOUD_ROLE_ARN: ROLE_ARN, ALIBABA_CLOUD_OIDC_PROVIDER_ARN: PROVIDER_ARN },
      "env ALIBABA_CLOUD_OIDC_TOKEN_FILE is null",
    ],
  ])("without %s says which variable is missing", async (_, variables, message) => {
    for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value);
    expect((await refusal(provided("oidc"))).message).toContain(message);
  });

  test("is read again after its file was gone, and for each key", async () => {
    const { port, asked } = await tokenService();
    const file = await tokenFile();
    await rm(file);
    const provider = provided(
      `{ oidc: { role_arn: "${ROLE_ARN}", oidc_provider_arn: "${PROVIDER_ARN}", oidc_token_file: "${file}", sts_endpoint: "localhost:${port}" } }`,
    );
    expect((await refusal(provider)).message).toMatch(
      /from the OIDC token \(RRSA\): ENOENT\. Check the role's trust policy/u,
    );
    await writeFile(file, "first");
    const first = await provider();
    await writeFile(file, "second");
    await provider(first);
    expect(asked.map(({ parameters }) => parameters["OIDCToken"])).toEqual(["first", "second"]);
  });
});

describe("a role", () => {
  const source = "{ access_key_id: LTAI5tExampleKeyId0000, access_key_secret: ExampleSecretOfTheSource }";

  test("is assumed with everything that was configured, signed by its source", async () => {
    const { port, asked } = await tokenService();
    const block = `{ role_arn: "${ROLE_ARN}", source: ${source}, session_name: fc-test, duration: 12h, external_id: "partner:42",
      policy: '{"Version":"1"}', sts_endpoint: "localhost:${port}" }`;
    expect(await provided(block)()).toEqual(roleKey);
    const [request] = asked;
    expect(request?.parameters).toMatchObject({
      Action: "AssumeRole",
      AccessKeyId: "LTAI5tExampleKeyId0000",
      RoleArn: ROLE_ARN,
      RoleSessionName: "fc-test",
      DurationSeconds: "43200",
      ExternalId: "partner:42",
      Policy: '{"Version":"1"}',
    });
    if (request === undefined) throw new Error("nothing was asked");
    expect(isSignedWith("ExampleSecretOfTheSource", request)).toBe(true);
    expect(isSignedWith("another", request)).toBe(false);
  });

  test("takes its source's keys from files, as they are at that moment", async () => {
    const { port, asked } = await tokenService();
    const file = await tokenFile("ExampleSecret1");
    const provider = provided(
      `{ role_arn: "${ROLE_ARN}", source: { access_key_id: LTAI5tExampleKeyId0000, access_key_secret_file: "${file}" }, sts_endpoint: "localhost:${port}" }`,
    );
    const first = await provider();
    await writeFile(file, "ExampleSecret2");
    await provider(first);
    expect(asked.map((one) => [1, 2].find((n) => isSignedWith(`ExampleSecret${n}`, one)))).toEqual([1, 2]);
  });

  test("can be assumed with the keys of the default chain, which is its source when none is given", async () => {
    const { port, asked } = await tokenService();
    vi.stubEnv("ALIBABA_CLOUD_ACCESS_KEY_ID", "LTAI5tExampleKeyId0000");
    vi.stubEnv("ALIBABA_CLOUD_ACCESS_KEY_SECRET", "ExampleSecretOfTheSource");
    expect(await provided(`{ role_arn: "${ROLE_ARN}", sts_endpoint: "localhost:${port}" }`)()).toEqual(roleKey);
    expect(asked[0]?.parameters["AccessKeyId"]).toBe("LTAI5tExampleKeyId0000");
  });

  test("can be assumed with the role of the machine, whose token goes along", async () => {
    await metadata();
    const { port, asked } = await tokenService();
    const block = `{ role_arn: "${ROLE_ARN}", source: ecs_ram_role, sts_endpoint: "localhost:${port}" }`;
    expect(await provided(block)()).toEqual(roleKey);
    expect(asked[0]?.parameters).toMatchObject({
      AccessKeyId: "STS.machine",
      SecurityToken: "token-of-STS.machine",
    });
  });

  test("can be assumed with the role of a pod: OIDC first, then the role of another account", async () => {
    const { port, asked } = await tokenService();
    const endpoint = `sts_endpoint: "localhost:${port}"`;
    const block = `{ role_arn: "acs:ram::2:role/reader", ${endpoint},
      source: { oidc: { role_arn: "${ROLE_ARN}", oidc_provider_arn: "${PROVIDER_ARN}", oidc_token_file: "${await tokenFile()}", ${endpoint} } } }`;
    expect(await provided(block)()).toEqual(roleKey);
    expect(asked.map(({ parameters }) => [parameters["Action"], parameters["RoleArn"]])).toEqual([
      ["AssumeRoleWithOIDC", ROLE_ARN],
      ["AssumeRole", "acs:ram::2:role/reader"],
    ]);
  });

  test("can be assumed with keys of a URI, and of a profile", async () => {
    const { port, asked } = await tokenService();
    const keys = await httpService(() => ok({ Code: "Success", ...temporaryKey("STS.uri") }));
    const file = join(await temporaryDirectory(), "credentials");
    await writeFile(file, "[ops]\ntype = access_key\naccess_key_id = LTAI5tOfProfile\naccess_key_secret = Example\n");
    vi.stubEnv("ALIBABA_CLOUD_CREDENTIALS_FILE", file);
    for (const form of [`{ uri: "http://127.0.0.1:${keys.port}/keys" }`, "{ profile: ops }"]) {
      await provided(`{ role_arn: "${ROLE_ARN}", source: ${form}, sts_endpoint: "localhost:${port}" }`)();
    }
    expect(asked.map(({ parameters }) => parameters["AccessKeyId"])).toEqual(["STS.uri", "LTAI5tOfProfile"]);
  });

  test.each([
    ["sts.aliyuncs.com", {}],
    ["sts.cn-beijing.aliyuncs.com", { ALIBABA_CLOUD_STS_REGION: "cn-beijing" }],
    [
      "sts-vpc.cn-beijing.aliyuncs.com",
      { ALIBABA_CLOUD_STS_REGION: "cn-beijing", ALIBABA_CLOUD_VPC_ENDPOINT_ENABLED: "true" },
    ],
  ])("is asked for at %s when no host is configured and the variables say so", async (host, variables) => {
    const service = await tokenService();
    redirectHost(host, service);
    for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value);
    expect(await provided(`{ role_arn: "${ROLE_ARN}", source: ${source} }`)()).toEqual(roleKey);
    expect(service.asked).toHaveLength(1);
  });

  test("that may not be assumed is told by the code of the token service", async () => {
    const { port } = await httpsService(() => ({
      status: 403,
      body: JSON.stringify({ Code: "NoPermission", Message: "You are not authorized to do this action." }),
    }));
    const error = await refusal(
      provided(`{ role_arn: "${ROLE_ARN}", source: ${source}, sts_endpoint: "localhost:${port}" }`),
    );
    expect(error.message).toBe(
      "No credentials from the RAM role: refresh session token failed (NoPermission). " +
        "Check that its source has keys and that the role's trust policy lets them assume it.",
    );
  });

  test("whose source has no keys says so before anything is sent", async () => {
    vi.stubEnv("ALIBABA_CLOUD_ECS_METADATA_DISABLED", "true");
    const error = await refusal(provided(`{ role_arn: "${ROLE_ARN}" }`));
    expect(error.message).toContain("No credentials from the RAM role: ");
    expect(error.message).toContain("trust policy");
  });
});

/** What a token service or the metadata service may answer, each with a key in it. */
const BAD_ANSWERS: readonly FakeAnswer[] = [
  { status: 403, body: JSON.stringify({ Code: "NoPermission", Message: CANARY, AccessKeySecret: CANARY }) },
  { status: 500, body: CANARY },
  { status: 200, body: `${CANARY} is no JSON` },
  { status: 200, body: JSON.stringify({ Credentials: { AccessKeySecret: CANARY }, AccessKeySecret: CANARY }) },
];

describe.each(BAD_ANSWERS)("case 43: what a token service answers ($status $body) is never quoted", (answer) => {
  test.each(["role_arn", "oidc", "ecs_ram_role"])("by %s", async (form) => {
    const { port } = form === "ecs_ram_role" ? await metadata(() => answer) : await httpsService(() => answer);
    const oidc = `{ oidc: { role_arn: "${ROLE_ARN}", oidc_provider_arn: "${PROVIDER_ARN}", oidc_token_file: "${await tokenFile(CANARY)}", sts_endpoint: "localhost:${port}" } }`;
    const role = `{ role_arn: "${ROLE_ARN}", external_id: "${CANARY}", source: { access_key_id: LTAI5tExampleKeyId0000, access_key_secret: ${CANARY} }, sts_endpoint: "localhost:${port}" }`;
    const error = await refusal(provided(form === "oidc" ? oidc : form === "role_arn" ? role : "{ ecs_ram_role: r }"));
    const lines: string[] = [];
    createLogger({ level: "debug", format: "logfmt", write: (line) => lines.push(line) }).error("failed", { error });
    expect(`${inspect(error, { depth: 9 })}${error.stack}${lines.join("")}`).not.toContain(CANARY);
    expect(error.reason).toBe("auth");
  });
});
