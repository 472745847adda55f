import { type LookupFunction } from "node:net";
import { isFcError } from "@fc-async/protocol";
import { describe, expect, test } from "vitest";
import { nodeFetch, serve } from "./local-servers.ts";
import { signed } from "./signed.ts";

describe("names and addresses", () => {
  test.each(["localhost", "1234567890123456.cn-hangzhou.localhost", "a.LOCALHOST"])(
    "%s is loopback, and nobody is asked",
    async (name) => {
      const port = await serve((request, response) => void response.end(request.headers.host));
      const fetch = nodeFetch({ lookup: () => expect.unreachable("the resolver was asked") });
      expect(await (await fetch(`http://${name}:${port}/`)).text()).toBe(`${name.toLowerCase()}:${port}`);
    },
  );

  test.each([
    "http://169.254.169.254/latest/meta-data/",
    "http://169.254.0.1/",
    "http://100.100.100.200/latest/meta-data/",
    "http://2852039166/",
    "http://0xa9.0xfe.0xa9.0xfe/",
    "http://[fe80::1]/",
    "http://[::ffff:169.254.169.254]/",
    "http://[::ffff:100.100.100.200]/",
  ])("%s is refused, and not retried", async (url) => {
    const fetch = nodeFetch();
    await expect(fetch(url)).rejects.toMatchObject({
      code: "FC_NETWORK",
      retryable: false,
      message: expect.stringContaining("metadata"),
    });
  });

  test.each([
    ["100.100.100.200", 4],
    ["169.254.169.254", 4],
    ["fe80::1", 6],
    ["::ffff:a9fe:a9fe", 6],
  ])("a name that resolves to %s is refused after resolution", async (address, family) => {
    const fetch = nodeFetch({
      lookup: (_hostname, options, callback) => {
        if (options.all === true) callback(null, [{ address, family }]);
        else callback(null, address, family);
      },
    });
    let events = 0;
    const call = signed(fetch).startWalk({ observe: () => events++ })("https://rebinding.example/");
    await expect(call).rejects.toMatchObject({ retryable: false });
    expect(events).toBe(1);
  });

  test("a name beside refused ones in a list of addresses is refused as a whole", async () => {
    const found = [
      { address: "127.0.0.1", family: 4 },
      { address: "169.254.169.254", family: 4 },
    ];
    const fetch = nodeFetch({ lookup: (_hostname, _options, callback) => callback(null, found) });
    await expect(fetch("http://rebinding.example/")).rejects.toMatchObject({ retryable: false });
  });
});

describe("case 35: a private address", () => {
  const at = (address: string): LookupFunction => {
    const family = address.includes(":") ? 6 : 4;
    return (_hostname, options, callback) => {
      if (options.all === true) callback(null, [{ address, family }]);
      else callback(null, address, family);
    };
  };
  const NAMED = { privateHosts: () => ["fc-gateway.corp.example", "10.0.0.1"] };
  // Whoever may have that address here, what was tried fails: in time, or because nobody serves this there.
  const IMPATIENT = { timeouts: { connectMs: 1 } };

  test.each([
    "10.0.0.1",
    "172.16.0.1",
    "172.31.255.254",
    "192.168.1.1",
    "100.64.0.1",
    "fd12:3456::1",
    "::ffff:10.0.0.1",
  ])("is refused when a host resolves to %s, which nobody named", async (address) => {
    const call = nodeFetch({ ...IMPATIENT, lookup: at(address) })("https://fc.example.com/");
    await expect(call).rejects.toMatchObject({
      code: "FC_NETWORK",
      retryable: false,
      message: expect.stringContaining("private address; nothing is sent there unless the host is among private_hosts"),
    });
  });

  test.each([
    ["is the vendor's, as inside a VPC", "https://1234567890123456.cn-hangzhou-internal.fc.aliyuncs.com/", {}],
    ["was named", "https://FC-Gateway.corp.example/", NAMED],
    ["is named as an address", "https://10.0.0.1/", NAMED],
  ])("is tried when the host %s", async (_, url, options) => {
    const call = nodeFetch({ ...IMPATIENT, ...options, lookup: at("10.0.0.1") })(url);
    const error: unknown = await call.catch((thrown: unknown) => thrown);
    expect(isFcError(error)).toBe(true);
    expect(String(error)).not.toContain("private");
  });

  test.each(["https://10.0.0.1/", "https://167772161/", "https://[fd12:3456::1]/"])(
    "is refused as %s, which nobody named",
    async (url) => {
      await expect(nodeFetch(IMPATIENT)(url)).rejects.toMatchObject({ retryable: false });
    },
  );

  test("of a name that only looks like the vendor's is refused", async () => {
    const call = nodeFetch({ ...IMPATIENT, lookup: at("10.0.0.1") })("https://fc.aliyuncs.com.evil.example/");
    await expect(call).rejects.toMatchObject({ retryable: false });
  });
});
