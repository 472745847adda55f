import { createInventoryOptions, readConfig, yieldToLoop } from "@fc-async/daemon";
import { describe, expect, test } from "vitest";

const TEXT = `
accounts:
  - account_id: "1234567890123456"
    alias: prod
    regions: [cn-hangzhou]
    credentials: { access_key_id: LTAI5tExampleKeyId0000, access_key_secret: "\${KEY_SECRET}" }
`;
const env = { KEY_SECRET: "ExampleSecret0000000000000000" };
const config = readConfig(TEXT, { fileName: "fc-async.yaml", env });

describe("the options of an inventory", () => {
  test("are the configured accounts, with a provider in place of the credentials block", async () => {
    const { accounts, poll, limits } = createInventoryOptions(env)(config);
    expect({ poll, limits }).toEqual({ poll: config.poll, limits: config.limits });
    expect(accounts).toMatchObject([{ accountId: "1234567890123456", alias: "prod", regions: ["cn-hangzhou"] }]);
    expect(await accounts[0]?.credentials()).toMatchObject({
      accessKeyId: "LTAI5tExampleKeyId0000",
      accessKeySecret: env.KEY_SECRET,
    });
  });

  test("are refused with a proxy that is no URL, which is not repeated", () => {
    const proxied = { ...env, HTTPS_PROXY: "ftp://user:hidden@proxy" };
    expect(() => createInventoryOptions(proxied)).toThrow(TypeError);
    expect(() => createInventoryOptions(proxied)).not.toThrow(/hidden/u);
  });

  test("of a later configuration keep the provider of an account whose credentials are the same, and only of that", () => {
    const optionsOf = createInventoryOptions(env);
    const [before] = optionsOf(config).accounts;
    const [same] = optionsOf(readConfig(TEXT, { fileName: "fc-async.yaml", env })).accounts;
    expect(same?.credentials).toBe(before?.credentials);
    const rotated = { KEY_SECRET: "AnotherSecret0000000000000000" };
    const [other] = optionsOf(readConfig(TEXT, { fileName: "fc-async.yaml", env: rotated })).accounts;
    expect(other?.credentials).not.toBe(before?.credentials);
  });

  test("yield until other work has had its turn", async () => {
    const order: string[] = [];
    setImmediate(() => order.push("other work"));
    await yieldToLoop();
    order.push("after the yield");
    expect(order).toEqual(["other work", "after the yield"]);
  });
});
