import { readFileSync } from "node:fs";
import { createFcClient } from "@fc-async/core";
import { createEmulator, DEMO_ACCOUNT, demoAccounts, type RamPolicy, type RamStatement } from "@fc-async/emulator";
import { nodeHash } from "@fc-async/protocol/node";
import { expect, test } from "vitest";

const POLICY: RamPolicy = JSON.parse(readFileSync(new URL("../../deploy/ram/policy.json", import.meta.url), "utf8"));

/** Reads the demo's first account with a key that may do what the policy says. */
function listWith(policy: RamPolicy): Promise<readonly unknown[]> {
  const { accountId, region, accessKeyId, accessKeySecret } = DEMO_ACCOUNT;
  const key = { accessKeyId, accessKeySecret };
  const [account, ...others] = demoAccounts();
  if (account === undefined) expect.fail("the demo has accounts");
  const emulator = createEmulator({
    accounts: [{ ...account, accessKeys: [{ ...key, policy }] }, ...others],
    hash: nodeHash,
  });
  const client = createFcClient({ accountId, region, credentials: key, fetch: emulator.fetch, hash: nodeHash });
  return Array.fromAsync(client.listFunctions());
}

test("the policy that is shipped is enough to read a whole list", async () => {
  expect((await listWith(POLICY)).length).toBeGreaterThan(40);
});

test("a policy for any other action, or on a single service, is not", async () => {
  const [statement] = POLICY.Statement;
  if (statement === undefined) expect.fail("the policy has a statement");
  const others: readonly RamStatement[] = [
    { ...statement, Action: "fc:ListFunctions" },
    { ...statement, Resource: "acs:fc:*:*:services/orders" },
  ];
  for (const other of others) {
    await expect(listWith({ ...POLICY, Statement: [other] })).rejects.toMatchObject({ reason: "denied" });
  }
});
