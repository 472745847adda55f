import { formatListenAddress, listenProblem, parseListenAddress } from "@fc-async/daemon";
import { createServer } from "node:net";
import { once } from "node:events";
import { describe, expect, onTestFinished, test } from "vitest";

test.each([
  [":10406", undefined, 10_406],
  ["127.0.0.1:0", "127.0.0.1", 0],
  ["0.0.0.0:65535", "0.0.0.0", 65_535],
  ["localhost:80", "localhost", 80],
  ["exporter-1.monitoring:80", "exporter-1.monitoring", 80],
  ["[::1]:10406", "::1", 10_406],
  ["[::]:10406", "::", 10_406],
])("%s is read and written back", (text, hostname, port) => {
  expect(parseListenAddress(text)).toEqual({ ok: true, value: { hostname, port } });
  expect(formatListenAddress({ hostname, port })).toBe(text);
});

test.each([
  ["", "expected host:port"],
  ["10406", "expected host:port"],
  ["localhost", "expected host:port"],
  [":", "expected a port from 0 to 65535"],
  [":65536", "expected a port from 0 to 65535"],
  [":-1", "expected a port from 0 to 65535"],
  [":1e3", "expected a port from 0 to 65535"],
  ["::1:80", 'an IPv6 address needs brackets: "[::1]:80"'],
  ["[127.0.0.1]:80", "expected an IPv6 address"],
  ["[::g]:80", "expected an IPv6 address"],
  ["256.0.0.1:80", "expected host:port"],
  ["http://localhost:80", "brackets"],
  ["a b:80", "expected host:port"],
  ["-a:80", "expected host:port"],
])("%j is refused", (text, problem) => {
  const reading = parseListenAddress(text);
  expect(reading.ok ? "" : reading.problem).toContain(problem);
});

describe("a server that cannot listen", () => {
  test("because the port is taken is told what to do", async () => {
    const first = createServer().listen(0, "127.0.0.1");
    onTestFinished(() => void first.close());
    await once(first, "listening");
    const bound = first.address();
    const port = typeof bound === "object" && bound !== null ? bound.port : 0;
    const second = createServer().listen(port, "127.0.0.1");
    const [error] = await once(second, "error").then(
      (args): readonly unknown[] => args,
      (thrown: unknown) => [thrown],
    );
    expect(listenProblem(error, { hostname: "127.0.0.1", port })).toBe(
      `cannot listen on 127.0.0.1:${port}: another program uses this port. Stop it, or choose another port.`,
    );
  });

  test.each([
    ["EACCES", { hostname: undefined, port: 80 }, "cannot listen on :80: ports below 1024 need a privilege"],
    ["EACCES", { hostname: undefined, port: 8080 }, "the system does not permit it"],
    ["EADDRNOTAVAIL", { hostname: "10.9.9.9", port: 1 }, "this machine has no address 10.9.9.9"],
    ["EAFNOSUPPORT", { hostname: "::1", port: 1 }, "cannot listen on [::1]:1: this machine has no address ::1"],
    ["ENOTFOUND", { hostname: "nowhere", port: 1 }, "the name nowhere does not resolve"],
    ["EWEIRD", { hostname: undefined, port: 1 }, "cannot listen on :1: listen EWEIRD"],
  ])("with %s", (code, address, message) => {
    expect(listenProblem(Object.assign(new Error(`listen ${code}`), { code }), address)).toContain(message);
  });
});
