import { ConfigError, configFromEnvironment, type Environment } from "@fc-async/daemon";
import { expect, test } from "vitest";

const ENOUGH = { ALIBABA_CLOUD_ACCOUNT_ID: "1234567890123456", FC_ASYNC_REGIONS: "cn-hangzhou, cn-shanghai," };

function problemsOf(env: Environment): readonly string[] {
  try {
    configFromEnvironment(env);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
}

test("account and regions are enough; keys then come from the vendor's chain", () => {
  const config = configFromEnvironment(ENOUGH);
  expect(config.accounts).toEqual([
    {
      accountId: "1234567890123456",
      alias: undefined,
      regions: ["cn-hangzhou", "cn-shanghai"],
      credentials: { type: "default" },
      endpoint: undefined,
      include: { services: ["*"], functions: ["*"] },
      exclude: { services: [], functions: [] },
      intervalMs: 60_000,
      requestsPerSecond: 10,
    },
  ]);
  expect(config.poll).toEqual({ intervalMs: 60_000, concurrency: 8, maxStalenessMs: 900_000 });
});

test("keys and endpoint of the environment are used, whatever characters a key has", () => {
  const [account] = configFromEnvironment({
    ...ENOUGH,
    FC_ASYNC_ENDPOINT: "http://{account_id}.{region}.localhost:10407",
    ALIBABA_CLOUD_ACCESS_KEY_ID: "LTAI5tExampleKeyId0000",
    ALIBABA_CLOUD_ACCESS_KEY_SECRET: "${Example}Secret",
    ALIBABA_CLOUD_SECURITY_TOKEN: "token",
  }).accounts;
  expect(account?.endpoint).toBe("http://{account_id}.{region}.localhost:10407");
  if (account?.credentials.type !== "static") throw new Error("expected static credentials");
  const { accessKeySecret, securityToken } = account.credentials;
  expect("reveal" in accessKeySecret && accessKeySecret.reveal()).toBe("${Example}Secret");
  expect(securityToken !== undefined && "reveal" in securityToken && securityToken.reveal()).toBe("token");
});

test("all problems come at once, under the names of the variables", () => {
  expect(
    problemsOf({
      FC_ASYNC_REGIONS: "cn-hangzhou,Hangzhou",
      FC_ASYNC_ENDPOINT: "http://h",
      ALIBABA_CLOUD_ACCESS_KEY_ID: "a",
    }),
  ).toEqual([
    "ALIBABA_CLOUD_ACCOUNT_ID: missing; expected the number of the account, such as 1234567890123456",
    'FC_ASYNC_REGIONS: entry 2: expected a region, such as "cn-hangzhou"',
    "FC_ASYNC_ENDPOINT: plain http would show names to the network; use https (http is for loopback: localhost, *.localhost, 127.0.0.1, [::1])",
    "ALIBABA_CLOUD_ACCESS_KEY_SECRET: missing, while ALIBABA_CLOUD_ACCESS_KEY_ID is set; set both or neither",
  ]);
});

test("nothing is asked for that a variable does not take", () => {
  expect(problemsOf({ ALIBABA_CLOUD_ACCOUNT_ID: '"123"', FC_ASYNC_REGIONS: " , " })).toEqual([
    "ALIBABA_CLOUD_ACCOUNT_ID: expected the number of the account, such as 1234567890123456",
    "FC_ASYNC_REGIONS: expected regions with commas between them, such as cn-hangzhou,cn-shanghai",
  ]);
  expect(problemsOf({ ...ENOUGH, FC_ASYNC_REGIONS: "cn-hangzhou,cn-hangzhou" })).toEqual([
    "FC_ASYNC_REGIONS: entry 2: this account and region stand already at entry 1",
  ]);
});

test.each([
  [{}, 2],
  [{ ...ENOUGH, FC_ASYNC_REGIONS: "" }, 1],
  [{ ...ENOUGH, FC_ASYNC_REGIONS: " , " }, 1],
  [{ ...ENOUGH, FC_ASYNC_REGIONS: "cn-hangzhou,cn-hangzhou" }, 1],
  [{ ...ENOUGH, ALIBABA_CLOUD_ACCESS_KEY_SECRET: "ExampleSecret0000000000000000" }, 1],
])("%o is refused", (env, count) => {
  expect(problemsOf(env)).toHaveLength(count);
});

test("an empty variable counts as not set", () => {
  const [account] = configFromEnvironment({
    ...ENOUGH,
    FC_ASYNC_ENDPOINT: "",
    ALIBABA_CLOUD_ACCESS_KEY_ID: "",
  }).accounts;
  expect(account).toMatchObject({ endpoint: undefined, credentials: { type: "default" } });
});
