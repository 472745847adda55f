import { foreignCaller, ownHosts } from "@fc-async/daemon";
import { describe, expect, test } from "vitest";

const HOSTS = ownHosts({ hostname: "127.0.0.1", port: 0 }, 10409);
const codeFor = (headers: Readonly<Record<string, string>>): string | undefined =>
  foreignCaller(new Headers(headers), HOSTS)?.code;

describe("a server on loopback answers", () => {
  test.each(["localhost:10409", "LocalHost:10409", "127.0.0.1:10409", "[::1]:10409"])("a request for %s", (host) => {
    expect(codeFor({ host })).toBeUndefined();
  });

  test.each([
    { origin: "http://localhost:10409" },
    { origin: "http://127.0.0.1:10409", "sec-fetch-site": "same-origin" },
    { "sec-fetch-site": "none", "sec-fetch-mode": "navigate", "sec-fetch-dest": "document" },
    { "sec-fetch-site": "same-site", "sec-fetch-mode": "navigate", "sec-fetch-dest": "document" },
  ])("its own page, the address bar and a link of a neighbouring port: %j", (headers) => {
    expect(codeFor({ host: "localhost:10409", ...headers })).toBeUndefined();
  });

  test("headers in a map of lower-case names", () => {
    expect(foreignCaller(new Map([["host", "localhost:10409"]]), HOSTS)).toBeUndefined();
    expect(foreignCaller(new Map(), HOSTS)?.code).toBe("foreign_host");
  });

  test("the host of its listen address, and port 80 left out", () => {
    expect(ownHosts({ hostname: "Dev.Example.com", port: 80 }, 80)).toContain("dev.example.com");
    expect(ownHosts({ hostname: "::1", port: 0 }, 81)).toEqual(new Set(["localhost:81", "127.0.0.1:81", "[::1]:81"]));
    expect(ownHosts({ hostname: undefined, port: 81 }, 81)).toEqual(
      new Set(["localhost:81", "127.0.0.1:81", "[::1]:81"]),
    );
  });
});

describe("case 44: a server on loopback refuses", () => {
  test.each([
    "",
    "localhost",
    "localhost:10410",
    "localhost.:10409",
    "evil.example:10409",
    "localhost:10409.evil.example",
    "127.0.0.1:10409, evil.example",
    "127.1:10409",
    "0.0.0.0:10409",
    "user@localhost:10409",
    "1000000000000001.cn-hangzhou.localhost:10409",
  ])("the foreign host %j", (host) => {
    expect(codeFor({ host })).toBe("foreign_host");
  });

  test.each([
    "null",
    "",
    "https://evil.example",
    "http://localhost:10408",
    "http://localhost:10409.evil.example",
    "http://localhost:10409@evil.example",
    "file://localhost:10409",
    "chrome-extension://localhost:10409",
  ])("the foreign origin %j", (origin) => {
    expect(codeFor({ host: "localhost:10409", origin })).toBe("foreign_origin");
  });

  test.each([
    { "sec-fetch-site": "cross-site" },
    { "sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate", "sec-fetch-dest": "document" },
    { "sec-fetch-site": "same-site", "sec-fetch-mode": "no-cors", "sec-fetch-dest": "image" },
    { "sec-fetch-site": "same-site", "sec-fetch-mode": "navigate", "sec-fetch-dest": "iframe" },
  ])("what a browser says another page sent: %j", (headers) => {
    expect(codeFor({ host: "localhost:10409", ...headers })).toBe("foreign_origin");
  });

  test("with a sentence that quotes the caller and says where to go", () => {
    expect(foreignCaller(new Headers({ host: 'a"b' }), HOSTS)?.message).toBe(
      'The request names the host "a\\"b", which is not this server. Open http://localhost:10409 instead.',
    );
  });
});
