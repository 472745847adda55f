import { endpointFor } from "@fc-async/protocol";
import { describe, expect, test } from "vitest";

const parts = { accountId: "1234567890123456", region: "cn-hangzhou" };
const withTemplate = (template: string) => () => endpointFor({ ...parts, template });

describe("the endpoint of an account in a region", () => {
  test("an endpoint that is refused is shown without user and password", () => {
    for (const template of ["https://user:CanaryPassword@host:99999", "https://user:CanaryPassword@host/path"]) {
      const endpoint = (): string => endpointFor({ accountId: "1", region: "cn-hangzhou", template });
      expect(endpoint).toThrow(TypeError);
      expect(endpoint).not.toThrow("Canary");
    }
  });

  test("is the vendor's host by default", () => {
    expect(endpointFor(parts)).toBe("https://1234567890123456.cn-hangzhou.fc.aliyuncs.com");
  });

  test.each([
    ["http://{account_id}.{region}.localhost:10407", "http://1234567890123456.cn-hangzhou.localhost:10407"],
    ["http://127.0.0.1:10407/", "http://127.0.0.1:10407"],
    ["http://[::1]:10407", "http://[::1]:10407"],
    [
      "https://{account_id}.{region}-internal.fc.aliyuncs.com",
      "https://1234567890123456.cn-hangzhou-internal.fc.aliyuncs.com",
    ],
    ["https://fc-proxy.corp.example:8443", "https://fc-proxy.corp.example:8443"],
    ["https://10.1.2.3", "https://10.1.2.3"],
  ])("follows the template %s", (template, origin) => {
    expect(endpointFor({ ...parts, template })).toBe(origin);
  });

  test.each(["", "12 34", "prod", "1234.evil", "１２３"])(
    "refuses the account id %j, which is not digits",
    (accountId) => {
      expect(() => endpointFor({ ...parts, accountId })).toThrow(/account id must be digits/);
    },
  );

  test.each(["", "CN-Hangzhou", "cn_hangzhou", "cn-hangzhou.evil", "-cn", "cn-"])("refuses the region %j", (region) => {
    expect(() => endpointFor({ ...parts, region })).toThrow(/region must be an id/);
  });
});

describe("a template", () => {
  test.each([
    "http://fc.example.com",
    "http://{account_id}.{region}.fc.aliyuncs.com",
    "http://10.0.0.7",
    "http://localhost.example.com",
  ])("must be https outside of loopback: %s", (template) => {
    expect(withTemplate(template)).toThrow(/in the clear.*https:/);
  });

  test.each([
    "https://169.254.169.254",
    "https://169.254.0.1:8443",
    "https://100.100.100.200",
    "https://1684301000",
    "https://0x646464c8",
    "https://0144.0144.0144.0310",
    "https://[fe80::1]",
    "https://[::ffff:169.254.169.254]",
    "https://[::ffff:100.100.100.200]",
    "https://[fd00:ec2::254]",
    "https://169.254.169.254.",
  ])("must not be a link-local or metadata address, however it is spelt: %s", (template) => {
    expect(withTemplate(template)).toThrow(/link-local or metadata address/);
  });

  test.each([
    "https://user@fc.example.com",
    "https://user:secret@fc.example.com",
    "https://fc.aliyuncs.com@169.254.169.254",
  ])("must not carry a user: %s", (template) => {
    expect(withTemplate(template)).toThrow(/user name or password/);
  });

  test("does not repeat a password in its error", () => {
    expect(withTemplate("https://user:hunter2@fc.example.com")).not.toThrow(/hunter2/);
  });

  test.each(["https://fc.example.com/base", "https://fc.example.com/?a=1", "https://fc.example.com/#x"])(
    "is an origin alone, because the path is signed: %s",
    (template) => {
      expect(withTemplate(template)).toThrow(/path or query/);
    },
  );

  test("names a placeholder it does not know", () => {
    expect(withTemplate("https://{account}.fc.example.com")).toThrow(
      /holds \{account\}; only \{account_id\} and \{region\}/,
    );
  });

  test.each(["fc.example.com", "//fc.example.com", "https://", "ftp://fc.example.com", "javascript:alert(1)"])(
    "must be a URL of http or https: %s",
    (template) => {
      expect(withTemplate(template)).toThrow(TypeError);
    },
  );
});
