import { describe, expect, test } from "vitest";
import { isAllowedTarget } from "../src/relay/is-allowed-target.ts";
import { EMULATOR_ENDPOINT } from "./form-values.ts";

const PATH = "/2021-04-06/stateful-async-invocation-functions";
const PATH_2016 = "/2016-08-15/stateful-async-invocation-functions";
const isAllowed = (url: string): boolean => isAllowedTarget(url, { emulatorEndpoint: EMULATOR_ENDPOINT });

describe("the relay sends to", () => {
  test.each([
    `https://1234567890123456.cn-hangzhou.fc.aliyuncs.com${PATH}`,
    `https://1234567890123456.cn-hangzhou.fc.aliyuncs.com${PATH_2016}`,
    `https://1.ap-southeast-1.fc.aliyuncs.com${PATH}?limit=100&nextToken=a%2Fb%21`,
    `https://1234567890123456.cn-hangzhou-internal.fc.aliyuncs.com${PATH}`,
    `https://fc.cn-hangzhou.aliyuncs.com${PATH}`,
    `https://fc-vpc.cn-shanghai.aliyuncs.com${PATH}`,
    `http://1000000000000001.cn-hangzhou.localhost:10407${PATH}?limit=1`,
    `http://42.us-west-1.localhost:10407${PATH_2016}`,
    `http://localhost:10407${PATH}`,
    `http://127.0.0.1:10407${PATH}`,
    `http://[::1]:10407${PATH}`,
  ])("%s", (url) => {
    expect(isAllowed(url)).toBe(true);
  });

  test("an emulator of another spelling, and not to that of the default then", () => {
    const settings = { emulatorEndpoint: "https://{region}.{account_id}.fc.test/" };
    expect(isAllowedTarget(`https://cn-hangzhou.1.fc.test${PATH}`, settings)).toBe(true);
    expect(isAllowedTarget(`https://fc.test${PATH}`, settings)).toBe(true);
    expect(isAllowedTarget(`http://localhost:10407${PATH}`, settings)).toBe(false);
    expect(isAllowedTarget(`http://127.0.0.1:10407${PATH}`, { emulatorEndpoint: "http://fc-test:10407" })).toBe(false);
  });
});

describe("the relay does not send to", () => {
  test.each([
    ["nothing", ""],
    ["a path alone", PATH],
    ["another site", `https://evil.example${PATH}`],
    ["a name that begins like the vendor's", `https://1.cn-hangzhou.fc.aliyuncs.com.evil.example${PATH}`],
    ["a name that ends like the vendor's", `https://1.cn-hangzhou.evil-fc.aliyuncs.com${PATH}`],
    ["a name below the vendor's", `https://evil.1.cn-hangzhou.fc.aliyuncs.com${PATH}`],
    ["another domain with the vendor's in it", `https://fc.cn-hangzhou.aliyuncs.com.cn${PATH}`],
    ["another service of the vendor", `https://ecs.cn-hangzhou.aliyuncs.com${PATH}`],
    ["the gateway of FC 3.0", `https://fcv3.cn-hangzhou.aliyuncs.com${PATH}`],
    ["an account that is no number", `https://account-id.cn-hangzhou.fc.aliyuncs.com${PATH}`],
    ["the vendor over http", `http://1.cn-hangzhou.fc.aliyuncs.com${PATH}`],
    ["the vendor at another port", `https://1.cn-hangzhou.fc.aliyuncs.com:8443${PATH}`],
    ["the vendor with its own port spelt out", `https://1.cn-hangzhou.fc.aliyuncs.com:443${PATH}`],
    ["a user name", `https://user@1.cn-hangzhou.fc.aliyuncs.com${PATH}`],
    ["the vendor as a user name", `https://1.cn-hangzhou.fc.aliyuncs.com@evil.example${PATH}`],
    ["the vendor as a user name and password", `https://1.cn-hangzhou.fc.aliyuncs.com:443@evil.example${PATH}`],
    ["a trailing dot", `https://1.cn-hangzhou.fc.aliyuncs.com.${PATH}`],
    ["large letters in the host", `https://1.CN-hangzhou.fc.aliyuncs.com${PATH}`],
    ["large letters in the scheme", `HTTPS://1.cn-hangzhou.fc.aliyuncs.com${PATH}`],
    ["a full-width dot", `https://1.cn-hangzhou．fc.aliyuncs.com${PATH}`],
    ["an escaped dot", `https://1.cn-hangzhou%2Efc.aliyuncs.com${PATH}`],
    ["a backslash for a slash", `https://evil.example\\1.cn-hangzhou.fc.aliyuncs.com${PATH}`],
    ["backslashes behind the scheme", `https:\\\\1.cn-hangzhou.fc.aliyuncs.com${PATH}`],
    ["a scheme without slashes", `https:1.cn-hangzhou.fc.aliyuncs.com${PATH}`],
    ["a third slash", `https:///1.cn-hangzhou.fc.aliyuncs.com${PATH}`],
    ["a tab within the host", `https://1.cn-\thangzhou.fc.aliyuncs.com${PATH}`],
    ["a line break behind it", `https://1.cn-hangzhou.fc.aliyuncs.com${PATH}\n`],
    ["a space before it", ` https://1.cn-hangzhou.fc.aliyuncs.com${PATH}`],
    ["another path", "https://1.cn-hangzhou.fc.aliyuncs.com/2021-04-06/services"],
    ["a path behind the operation's", `https://1.cn-hangzhou.fc.aliyuncs.com${PATH}/x`],
    ["a path that leads back", `https://1.cn-hangzhou.fc.aliyuncs.com${PATH}/../services`],
    ["an escaped path", `https://1.cn-hangzhou.fc.aliyuncs.com/2021-04-06/stateful%2Dasync-invocation-functions`],
    ["two slashes before the path", `https://1.cn-hangzhou.fc.aliyuncs.com/${PATH}`],
    ["a fragment", `https://1.cn-hangzhou.fc.aliyuncs.com${PATH}#x`],
    ["a query that is not escaped", `https://1.cn-hangzhou.fc.aliyuncs.com${PATH}?nextToken=é`],
    ["a query that the URL parser would write otherwise", `https://1.cn-hangzhou.fc.aliyuncs.com${PATH}?nextToken='`],
    ["another scheme", `ftp://1.cn-hangzhou.fc.aliyuncs.com${PATH}`],
    ["a file", `file://1.cn-hangzhou.fc.aliyuncs.com${PATH}`],
    ["another port of this machine", `http://localhost:10411${PATH}`],
    ["this machine without a port", `http://localhost${PATH}`],
    ["this machine over https", `https://localhost:10407${PATH}`],
    ["this machine as a decimal number", `http://2130706433:10407${PATH}`],
    ["this machine as a hexadecimal number", `http://0x7f000001:10407${PATH}`],
    ["this machine in short", `http://127.1:10407${PATH}`],
    ["this machine with octal zeros", `http://0177.0.0.1:10407${PATH}`],
    ["this machine by another of its numbers", `http://127.0.0.2:10407${PATH}`],
    ["every address", `http://0.0.0.0:10407${PATH}`],
    ["this machine within IPv6", `http://[::ffff:127.0.0.1]:10407${PATH}`],
    ["this machine in long IPv6", `http://[0:0:0:0:0:0:0:1]:10407${PATH}`],
    ["an IPv6 zone", `http://[::1%25lo]:10407${PATH}`],
    ["a port with a zero before it", `http://localhost:010407${PATH}`],
    ["the emulator's host with a trailing dot", `http://1.cn-hangzhou.localhost.:10407${PATH}`],
    ["another name below localhost", `http://evil.localhost:10407${PATH}`],
    ["the metadata service", `http://100.100.100.200${PATH}`],
    ["the usual metadata service", `http://169.254.169.254${PATH}`],
    ["a URL without end", `https://1.cn-hangzhou.fc.aliyuncs.com${PATH}?${"a".repeat(20_000)}`],
  ])("%s: %s", (_name, url) => {
    expect(isAllowed(url)).toBe(false);
  });
});
