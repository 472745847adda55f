import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";

const FOLDER = new URL("../ram/", import.meta.url);
const ACTION = "fc:ListStatefulAsyncInvocationFunctions";

interface Policy {
  readonly Version: string;
  readonly Statement: readonly {
    readonly Effect: string;
    readonly Action: string;
    readonly Resource?: string;
    readonly Principal?: Readonly<Record<string, readonly string[]>>;
    readonly Condition?: object;
  }[];
}

function policy(name: string): Policy {
  return JSON.parse(readFileSync(new URL(name, FOLDER), "utf8"));
}

test("the folder holds one permission, one way to assume a role, and one trust policy for each kind of caller", () => {
  expect(readdirSync(FOLDER).toSorted()).toEqual([
    "assume-role-policy.json",
    "policy.json",
    "trust-policy-account.json",
    "trust-policy-ecs.json",
    "trust-policy-rrsa.json",
  ]);
});

test("the permission is the one action, on everything, because the operation lists and knows no single resource", () => {
  expect(policy("policy.json")).toEqual({
    Version: "1",
    Statement: [{ Effect: "Allow", Action: ACTION, Resource: "*" }],
  });
});

test("a role may be assumed, and only the one", () => {
  expect(policy("assume-role-policy.json")).toEqual({
    Version: "1",
    Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Resource: "acs:ram::1234567890123456:role/fc-async" }],
  });
});

test.each([
  ["trust-policy-account.json", "RAM", /^acs:ram::\d{16}:(?:role|user)\/[\w-]+$/u],
  ["trust-policy-ecs.json", "Service", /^ecs\.aliyuncs\.com$/u],
  ["trust-policy-rrsa.json", "Federated", /^acs:ram::\d{16}:oidc-provider\/ack-rrsa-c[0-9a-f]{32}$/u],
])("%s trusts named callers of kind %s, and nobody else", (name, kind, pattern) => {
  const { Version, Statement } = policy(name);
  expect(Version).toBe("1");
  expect(Statement).toMatchObject([{ Effect: "Allow", Action: "sts:AssumeRole" }]);
  const [{ Principal = {} } = { Principal: {} }] = Statement;
  expect(Object.keys(Principal)).toEqual([kind]);
  for (const trusted of Principal[kind] ?? []) expect(trusted).toMatch(pattern);
});

test("a cluster is trusted for one service account, by issuer, audience and subject", () => {
  expect(policy("trust-policy-rrsa.json").Statement[0]?.Condition).toEqual({
    StringEquals: {
      "oidc:aud": "sts.aliyuncs.com",
      "oidc:iss": expect.stringMatching(/^https:\/\//u),
      "oidc:sub": "system:serviceaccount:fc-async:fc-async-exporter",
    },
  });
});
