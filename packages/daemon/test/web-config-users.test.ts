import { writeFile } from "node:fs/promises";
import type { RequestListener } from "node:http";
import { join } from "node:path";
import { openWebConfig, startServer, type BcryptComparer, type OpenWebConfigOptions } from "@fc-async/daemon";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { temporaryDirectory } from "./temporary-directory.ts";

/** Of "secret", at the least cost there is. */
const HASH = "$2y$04$GghNszsv.OTNLm1mFh4OC.yUn/sjQWPYtoh4CmktS/9z7mz4IH2lK";

async function serve(text: string, options: Partial<OpenWebConfigOptions> = {}, maxRequests?: number) {
  const file = join(await temporaryDirectory(), "web.yml");
  await writeFile(file, text);
  const problems: string[] = [];
  const web = await openWebConfig({ file, onProblem: (problem) => problems.push(problem), ...options });
  const listener = vi.fn<RequestListener>((_request, response) => void response.end("served"));
  const server = await startServer(listener, { hostname: "127.0.0.1", port: 0 }, { web, maxRequests });
  onTestFinished(() => server.stop());
  const get = (user?: string, password = "secret"): Promise<Response> =>
    fetch(`http://127.0.0.1:${server.port}/`, {
      headers: user === undefined ? {} : { authorization: `Basic ${btoa(`${user}:${password}`)}` },
    });
  return { get, port: server.port, problems, listener };
}

const usersOf = (...users: readonly (readonly [string, string])[]): string =>
  `basic_auth_users: ${JSON.stringify(Object.fromEntries(users))}\n`;

describe("bcrypt", () => {
  test.each([
    ["$2y$", HASH],
    ["$2a$", HASH.replace("2y", "2a")],
    ["$2b$", HASH.replace("2y", "2b")],
    ["$2x$, which Go reads like the others", HASH.replace("2y", "2x")],
    ["$2$", HASH.replace("2y", "2")],
    ["a hash with something behind it", `${HASH}xyz`],
    ["a salt whose last character has bits too many", HASH.replace("OC.yUn", "OC/yUn")],
  ])("%s lets the password in and no other", async (_, hash) => {
    const { get } = await serve(usersOf(["prometheus", hash]));
    const [right, wrong] = await Promise.all([get("prometheus"), get("prometheus", "Secret")]);
    expect([right.status, await right.text(), wrong.status]).toEqual([200, "served", 401]);
  });

  test.each([
    ["a hash with a character lost", HASH.slice(0, -1)],
    ["a hash with a character that is none", HASH.replace("$Ggh", "$G-h")],
    ["a salt that ends in a character that is none", HASH.replace("OC.yUn", "OC-yUn")],
  ])("nobody has the password of %s", async (_, hash) => {
    const { get, problems } = await serve(usersOf(["prometheus", hash]));
    expect((await get("prometheus")).status).toBe(401);
    expect(problems).toEqual([]);
  });

  test("only the first 72 bytes count, as in Go", async () => {
    const compared = await serve(usersOf(["p", "$2y$04$GghNszsv.OTNLm1mFh4OC.gaOzn8hz1too28zETn4oUGmKAR6yjSy"]));
    const statusOf = async (password: string): Promise<number> => {
      const authorization = `Basic ${Buffer.from(`p:${password}`).toString("base64")}`;
      return (await fetch(`http://127.0.0.1:${compared.port}/`, { headers: { authorization } })).status;
    };
    const password = "é".repeat(36);
    expect(await statusOf(`${password}x`)).toBe(200);
    expect(await statusOf(`${password}and what else`)).toBe(200);
    expect(await statusOf(password.slice(1))).toBe(401);
  });
});

describe("without a name that is known", () => {
  test("nobody is served, and is asked for one", async () => {
    const { get, listener } = await serve(usersOf(["prometheus", HASH]));
    const response = await get();
    expect([response.status, response.headers.get("www-authenticate"), await response.text()]).toEqual([
      401,
      "Basic",
      "Unauthorized\n",
    ]);
    expect(listener).not.toHaveBeenCalled();
  });

  test.each(["Bearer x", "Basic", "Basic !", "Basic cHJvbWV0aGV1cw==", "Basic /////w==", "Basic cDpz,Basic cDpz"])(
    "%s is no name",
    async (authorization) => {
      const compare = vi.fn<BcryptComparer>(async () => true);
      const { port } = await serve(usersOf(["p", HASH]), { compare });
      expect((await fetch(`http://127.0.0.1:${port}/`, { headers: { authorization } })).status).toBe(401);
      expect(compare).not.toHaveBeenCalled();
    },
  );

  test("a stranger's password is compared like that of the user whose hash costs most, and never lets in", async () => {
    const compare = vi.fn<BcryptComparer>(async () => true);
    const costly = HASH.replace("$04$", "$12$");
    const { get } = await serve(usersOf(["prometheus", HASH], ["grafana", costly]), { compare });
    expect((await get("mallory")).status).toBe(401);
    expect((await get("__proto__")).status).toBe(401);
    const hashes = compare.mock.calls.map(([, hash]) => hash);
    expect(hashes).toHaveLength(2);
    for (const hash of hashes) expect(hash).toMatch(/^\$2b\$12\$.{53}$/u);
  });

  test("a name and a password may hold anything but a colon in the name", async () => {
    const compare = vi.fn<BcryptComparer>(async (password) => password === "s:ö");
    const { port } = await serve(usersOf(["é", HASH]), { compare });
    const authorization = `Basic ${Buffer.from("é:s:ö").toString("base64")}`;
    expect((await fetch(`http://127.0.0.1:${port}/`, { headers: { authorization } })).status).toBe(200);
  });
});

describe("results are remembered", () => {
  test("so that a scraper's password is compared once", async () => {
    const compare = vi.fn<BcryptComparer>(async (password) => password === "secret");
    const { get } = await serve(usersOf(["prometheus", HASH]), { compare });
    for (const password of ["secret", "secret", "wrong", "wrong", "secret"]) await get("prometheus", password);
    expect(compare.mock.calls.map(([password]) => password)).toEqual(["secret", "wrong"]);
  });

  test("and those who come at once share one comparison", async () => {
    const answer = Promise.withResolvers<boolean>();
    const compare = vi.fn<BcryptComparer>(() => answer.promise);
    const { get } = await serve(usersOf(["prometheus", HASH]), { compare });
    const asked = Array.from({ length: 20 }, () => get("prometheus"));
    await vi.waitFor(() => expect(compare).toHaveBeenCalled());
    answer.resolve(true);
    expect((await Promise.all(asked)).map(({ status }) => status)).toEqual(Array(20).fill(200));
    expect(compare).toHaveBeenCalledTimes(1);
  });

  test("and a thousand wrong passwords do not push out the right one", async () => {
    const compare = vi.fn<BcryptComparer>(async (password) => password === "secret");
    const { get } = await serve(usersOf(["prometheus", HASH]), { compare });
    await get("prometheus");
    for (let count = 0; count < 1000; count += 1) await get("prometheus", `wrong ${count}`);
    compare.mockClear();
    expect((await get("prometheus")).status).toBe(200);
    expect(compare).not.toHaveBeenCalled();
  });
});

test("one address has eight passwords waiting at most; more get 503, and who is known is served meanwhile", async () => {
  const stuck = Promise.withResolvers<boolean>();
  const compare = vi.fn<BcryptComparer>((password) => (password === "secret" ? Promise.resolve(true) : stuck.promise));
  const { get } = await serve(usersOf(["prometheus", HASH]), { compare });
  expect((await get("prometheus")).status).toBe(200);
  const waiting = Array.from({ length: 8 }, (_, count) => get("prometheus", `wrong ${count}`));
  await vi.waitFor(() => expect(compare).toHaveBeenCalledTimes(9));
  const refused = await get("prometheus", "one more");
  expect([refused.status, refused.headers.get("retry-after")]).toEqual([503, "1"]);
  expect((await get("prometheus")).status).toBe(200);
  stuck.resolve(false);
  expect((await Promise.all(waiting)).map(({ status }) => status)).toEqual(Array(8).fill(401));
});

test("a comparison that fails is told and answered with 500, and the next one is tried", async () => {
  const compare = vi.fn<BcryptComparer>(async () => true);
  compare.mockRejectedValueOnce(new Error("no thread"));
  const { get, problems } = await serve(usersOf(["prometheus", HASH]), { compare });
  expect((await get("prometheus")).status).toBe(500);
  expect(problems).toEqual(["a password could not be compared: no thread"]);
  expect((await get("prometheus")).status).toBe(200);
});

test("a burst is served, more get 429 with the time to wait, and time brings new requests", async () => {
  let nowMs = 0;
  const { get, listener } = await serve("rate_limit: { interval: 1m, burst: 2 }", { monotonicNow: () => nowMs });
  expect([(await get()).status, (await get()).status]).toEqual([200, 200]);
  nowMs += 15_000;
  const refused = await get();
  expect([refused.status, refused.headers.get("retry-after"), await refused.text()]).toEqual([
    429,
    "45",
    "Too Many Requests\n",
  ]);
  nowMs += 45_000;
  expect([(await get()).status, (await get()).status]).toEqual([200, 429]);
  nowMs += 3_600_000;
  expect([(await get()).status, (await get()).status, (await get()).status]).toEqual([200, 200, 429]);
  expect(listener).toHaveBeenCalledTimes(5);
});

test("who is turned away by the rate limit costs no comparison", async () => {
  const compare = vi.fn<BcryptComparer>(async () => false);
  const text = `rate_limit: { interval: 1h, burst: 1 }\n${usersOf(["prometheus", HASH])}`;
  const { get } = await serve(text, { compare, monotonicNow: () => 0 });
  expect([(await get("a")).status, (await get("b")).status]).toEqual([401, 429]);
  expect(compare).toHaveBeenCalledTimes(1);
});

test("headers stand on every answer, whoever gives it, in bytes that HTTP takes", async () => {
  const headers = `http_server_config:
  headers:
    Strict-Transport-Security: 1
    X-Frame-Options: deny
    X-XSS-Protection:
    Content-Security-Policy: "default-src\\n 'self'\\0"
`;
  const expected = { "strict-transport-security": "1", "x-frame-options": "deny" };
  const limited = await serve(`${headers}rate_limit: { interval: 1h, burst: 1 }`, { monotonicNow: () => 0 });
  const denied = await serve(headers + usersOf(["p", HASH]));
  for (const response of [await limited.get(), await limited.get(), await denied.get()]) {
    expect(Object.fromEntries(response.headers), String(response.status)).toMatchObject(expected);
    expect(response.headers.has("x-xss-protection")).toBe(false);
    expect(response.headers.get("content-security-policy")).toBe("default-src  'self'");
  }
});

test("a request that waits for its user takes no place of those being answered", async () => {
  const stuck = Promise.withResolvers<boolean>();
  const compare = vi.fn<BcryptComparer>((password) => (password === "secret" ? Promise.resolve(true) : stuck.promise));
  const { get } = await serve(usersOf(["prometheus", HASH]), { compare }, 1);
  const waiting = get("prometheus", "wrong");
  await vi.waitFor(() => expect(compare).toHaveBeenCalled());
  expect((await get("prometheus")).status).toBe(200);
  stuck.resolve(false);
  await waiting;
});
