import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFile, rename, writeFile } from "node:fs/promises";
import type { RequestListener, ServerResponse } from "node:http";
import { connect as connectHttp2 } from "node:http2";
import { connect as connectTcp } from "node:net";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { connect } from "node:tls";
import { openWebConfig, startServer } from "@fc-async/daemon";
import { describe, expect, onTestFinished, test, vi, type TestContext } from "vitest";
import { makeAuthority, replaceIdentity, selfSigned, type Authority, type Identity } from "../certificates.ts";
import { requireProgram } from "../required-program.ts";
import { startPrometheus } from "../start-prometheus.ts";
import { temporaryFolder } from "../temporary-folder.ts";

const PASSWORD = "ExamplePassword0000";
/** Of that password, at cost 10. */
const HASH = "$2y$10$N58YJFFPazfciy57CTHogelFFO.sHUUe91oXeIIDBlzep9TIYvM4S";

interface Scene {
  readonly folder: string;
  readonly authority: Authority;
  readonly server: Identity;
  readonly port: number;
  readonly problems: readonly string[];
  /** Writes the file anew, as JSON. */
  configure(config: object): Promise<void>;
  stop(): Promise<void>;
  /** Asks with curl; `https://localhost`, the authority trusted. */
  curl(...flags: readonly string[]): Promise<Answer>;
}

interface Answer {
  /** curl's exit code: 0, or why there is no answer. */
  readonly exit: number | null;
  readonly status: string;
  readonly version: string;
  readonly body: string;
  readonly error: string;
}

const serveVersion: RequestListener = ({ httpVersion, headers }, response) => {
  response.writeHead(200, { "content-type": "text/plain; version=0.0.4; charset=utf-8" });
  response.end(`# TYPE served gauge\nserved{http="${httpVersion}",host="${headers.host ?? ""}"} 1\n`);
};

async function scene(context: TestContext, config: object = {}, listener = serveVersion): Promise<Scene> {
  for (const program of ["openssl", "curl"]) requireProgram(program, context);
  const folder = await temporaryFolder();
  const authority = makeAuthority(folder, "ca");
  const server = await authority.issue("server", "DNS:localhost,IP:127.0.0.1");
  const file = join(folder, "web.json");
  const configure = async ({
    tls_server_config: tls = {},
    ...rest
  }: { readonly tls_server_config?: object } = config) => {
    const pair = { cert_file: "server.crt", key_file: "server.key" };
    await writeFile(`${file}.new`, JSON.stringify({ tls_server_config: { ...pair, ...tls }, ...rest }));
    await rename(`${file}.new`, file);
  };
  await configure();
  const problems: string[] = [];
  const web = await openWebConfig({ file, onProblem: (problem) => problems.push(problem) });
  const running = await startServer(listener, { hostname: "127.0.0.1", port: 0 }, { web });
  onTestFinished(() => running.stop());

  async function curl(...flags: readonly string[]): Promise<Answer> {
    const fixed = [
      "--silent",
      "--cacert",
      authority.certificate,
      "--write-out",
      "\n%{http_code} %{http_version} %{errormsg}",
    ];
    const child = spawn("curl", [...fixed, ...flags, `https://localhost:${running.port}/metrics`]);
    const [out] = await Promise.all([text(child.stdout), once(child, "close")]);
    const [, body = "", status = "", version = "", error = ""] = /^(.*)\n(\d+) (\S+) (.*)$/su.exec(out) ?? [];
    return { exit: child.exitCode, status, version, body, error };
  }
  return { folder, authority, server, port: running.port, problems, configure, stop: () => running.stop(), curl };
}

const withIdentity = ({ certificate, key }: Identity): readonly string[] => ["--cert", certificate, "--key", key];
const MUTUAL = { client_auth_type: "RequireAndVerifyClientCert", client_ca_file: "ca.crt" };

describe("over TLS", () => {
  test("curl speaks HTTP/2 and HTTP/1.1, and a listener sees the same of both", async (context) => {
    const { curl, port } = await scene(context);
    const expected = (version: string): string => `served{http="${version}",host="localhost:${port}"} 1\n`;
    const [second, first] = [await curl("--http2"), await curl("--http1.1")];
    expect([second.version, second.body]).toEqual(["2", expect.stringContaining(expected("2.0"))]);
    expect([first.version, first.body]).toEqual(["1.1", expect.stringContaining(expected("1.1"))]);
  });

  test("a large answer comes whole, in one piece or in many, text or bytes", async (context) => {
    const bytes = Buffer.from(Array.from({ length: 300_000 }, (_, index) => index % 251));
    const letters = "ü€𝄞x".repeat(50_000);
    const { curl } = await scene(context, {}, (_request, response) => {
      response.write("begun, ");
      response.cork();
      for (const part of [letters, "small", bytes, letters]) response.write(part);
      response.uncork();
      response.end(bytes);
    });
    const whole = Buffer.concat(["begun, ", letters, "small", bytes, letters, bytes].map((part) => Buffer.from(part)));
    for (const version of ["--http1.1", "--http2"]) {
      const { body, exit } = await curl(version);
      expect([exit, body === whole.toString("utf8")], version).toEqual([0, true]);
    }
  });

  test("a client that reads slowly holds no copy of what it does not read", async (context) => {
    const large = Buffer.alloc(8 * 2 ** 20);
    const answers: ServerResponse[] = [];
    const { port } = await scene(context, {}, (_request, response) => {
      answers.push(response);
      response.end(large);
    });
    const sockets = Array.from({ length: 40 }, () => connect({ port, host: "127.0.0.1", rejectUnauthorized: false }));
    onTestFinished(() => sockets.forEach((socket) => socket.destroy()));
    const before = process.memoryUsage().rss;
    for (const socket of sockets)
      socket
        .on("error", () => undefined)
        .pause()
        .write("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
    await vi.waitFor(() => expect(answers).toHaveLength(40), 10_000);
    await vi.waitFor(() => expect(answers.every(({ writableEnded }) => writableEnded)).toBe(true));
    // 320 MiB if each had a copy. The sockets of both ends hold some, too.
    expect(process.memoryUsage().rss - before).toBeLessThan(160 * 2 ** 20);
  });

  test("HTTP/2 can be switched off while running", async (context) => {
    const { curl, configure } = await scene(context);
    await configure({ http_server_config: { http2: false } });
    expect((await curl("--http2")).version).toBe("1.1");
  });

  test("a certificate swapped on disk is used by the next connection, a half-written one is not", async (context) => {
    const { curl, folder, server, authority, problems } = await scene(context);
    expect((await curl()).status).toBe("200");
    const other = makeAuthority(folder, "other-ca");
    const swapped = await other.issue("swapped", "DNS:localhost");
    await writeFile(server.certificate, await readFile(swapped.certificate));
    expect((await curl()).status, "the old pair, while the key is the old one").toBe("200");
    expect((await curl()).status).toBe("200");
    expect(problems).toEqual([expect.stringMatching(/server\.key|key_file: the private key is not that/u)]);
    await writeFile(server.key, await readFile(swapped.key));
    expect((await curl()).exit, "not signed by the old authority").toBe(60);
    expect((await curl("--cacert", other.certificate)).status).toBe("200");
    await replaceIdentity(server, await authority.issue("again", "DNS:localhost"));
    expect((await curl()).status).toBe("200");
    expect(problems).toHaveLength(1);
  });

  test("a connection that is open keeps its certificate", async (context) => {
    const { server, port, folder } = await scene(context);
    const socket = connect({ port, host: "127.0.0.1", rejectUnauthorized: false });
    onTestFinished(() => void socket.destroy());
    await once(socket, "secureConnect");
    const ask = async (): Promise<string> => {
      socket.write("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
      const [answer]: unknown[] = await once(socket, "data");
      return String(answer).split("\r\n", 1)[0] ?? "";
    };
    expect(await ask()).toBe("HTTP/1.1 200 OK");
    await replaceIdentity(server, selfSigned(folder, "swapped"));
    expect(await ask()).toBe("HTTP/1.1 200 OK");
  });

  test("versions, ciphers and curves are those of the file", async (context) => {
    const { curl, configure } = await scene(context);
    const worksWith = async (tls: object, ...flags: readonly string[]): Promise<boolean> => {
      await configure({ tls_server_config: tls });
      return (await curl(...flags)).exit === 0;
    };
    const below13 = ["--tls-max", "1.2"];
    expect(await worksWith({}, ...below13)).toBe(true);
    expect(await worksWith({ min_version: "TLS13" }, ...below13)).toBe(false);
    expect(await worksWith({ max_version: "TLS12" }, "--tlsv1.3")).toBe(false);
    const old = ["--tls-max", "1.1", "--tlsv1.1", "--ciphers", "DEFAULT@SECLEVEL=0"];
    expect(await worksWith({}, ...old)).toBe(false);
    expect(await worksWith({ min_version: "TLS11" }, ...old)).toBe(true);

    const gcm128 = { cipher_suites: ["TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256"] };
    expect(await worksWith(gcm128, ...below13, "--ciphers", "ECDHE-ECDSA-AES128-GCM-SHA256")).toBe(true);
    expect(await worksWith(gcm128, ...below13, "--ciphers", "ECDHE-ECDSA-AES256-GCM-SHA384")).toBe(false);
    expect(await worksWith(gcm128, "--tlsv1.3"), "those of TLS 1.3 are always on").toBe(true);

    expect(await worksWith({ curve_preferences: ["CurveP384"] }, "--curves", "P-384")).toBe(true);
    expect(await worksWith({ curve_preferences: ["CurveP384"] }, "--curves", "X25519")).toBe(false);
  });

  test("plain HTTP is answered with what to do", async (context) => {
    const { port } = await scene(context);
    const response = await fetch(`http://127.0.0.1:${port}/metrics`);
    expect([response.status, await response.text()]).toEqual([
      400,
      "Client sent an HTTP request to an HTTPS server.\n",
    ]);
  });

  test("a head above 8 KiB is refused, whichever HTTP it comes in", async (context) => {
    const listener = vi.fn<RequestListener>(serveVersion);
    const { curl } = await scene(context, {}, listener);
    const head = (bytes: number): readonly string[] => ["--header", `x: ${"x".repeat(bytes)}`];
    expect((await curl("--http2", ...head(9000))).status).toBe("431");
    // Node closes while the rest of the head is on its way, which may overtake the answer.
    expect(["431", "000"]).toContain((await curl("--http1.1", ...head(9000))).status);
    expect(listener).not.toHaveBeenCalled();
    for (const version of ["--http2", "--http1.1"]) expect((await curl(version, ...head(7000))).status).toBe("200");
  });

  test("a client that says nothing, or stops in the handshake, is not waited for", async (context) => {
    const { port } = await scene(context);
    const sockets = [connectTcp(port, "127.0.0.1"), connectTcp(port, "127.0.0.1")];
    onTestFinished(() => sockets.forEach((socket) => socket.destroy()));
    for (const socket of sockets) socket.on("error", () => undefined).resume();
    // A record of TLS that promises 256 bytes.
    sockets[1]?.write(Buffer.from([22, 3, 1, 1, 0, 1]));
    await Promise.all(sockets.map((socket) => once(socket, "close")));
    expect(sockets.map((socket) => socket.closed)).toEqual([true, true]);
  });
});

test("HTTP/2 takes as little for an answer as HTTP/1.1: a session must ask, a request must end", async (context) => {
  const { port, authority } = await scene(context, {}, () => undefined);
  const ca = await readFile(authority.certificate);
  const [silent, endless] = [0, 1].map(() => connectHttp2(`https://localhost:${port}`, { ca }));
  onTestFinished(() => [silent, endless].forEach((session) => session?.destroy()));
  if (silent === undefined || endless === undefined) throw new Error("two sessions");
  const drip = endless.request({ ":method": "POST" }).on("error", () => undefined);
  const dripping = setInterval(() => drip.write("x"), 500);
  onTestFinished(() => clearInterval(dripping));
  await Promise.all([once(silent, "close"), once(drip, "close")]);
  expect([endless.closed, drip.rstCode]).toEqual([false, 0]);
}, 30_000);

describe("client certificates", () => {
  test("a client without one is refused, as is one whose certificate nobody signed", async (context) => {
    const { curl, folder, authority } = await scene(context, { tls_server_config: MUTUAL });
    expect((await curl()).exit).not.toBe(0);
    expect((await curl(...withIdentity(selfSigned(folder, "stranger")))).exit).not.toBe(0);
    expect((await curl(...withIdentity(await authority.issue("prometheus", "DNS:prometheus")))).status).toBe("200");
  });

  test.for([
    ["DNS name", "prometheus.example.com", "DNS:prometheus.example.com"],
    ["IPv4 address", "192.0.2.1", "IP:192.0.2.1"],
    ["IPv6 address, in its short form", "2001:db8::1", "IP:2001:db8:0:0:0:0:0:1"],
    ["e-mail address", "sre@example.com", "email:sre@example.com"],
    ["URI", "spiffe://example.com/ns/prometheus", "URI:spiffe://example.com/ns/prometheus"],
  ])("one with a %s of the list is let in, among other names", async ([, name, san], context) => {
    const { curl, authority } = await scene(context, {
      tls_server_config: { ...MUTUAL, client_allowed_sans: ["nobody", name] },
    });
    const right = await authority.issue("right", `DNS:other,${san}`);
    expect((await curl(...withIdentity(right))).status).toBe("200");
  });

  test("one with a wrong name is refused, whatever it looks like", async (context) => {
    const { curl, authority } = await scene(context, {
      tls_server_config: { ...MUTUAL, client_allowed_sans: ["prometheus", "192.0.2.1"] },
    });
    const names = [
      "DNS:other",
      "DNS:prometheus.example.com",
      "URI:x://prometheus",
      "IP:192.0.2.10",
      "email:prometheus@x",
    ];
    for (const [index, san] of names.entries()) {
      const answer = await curl(...withIdentity(await authority.issue(`wrong-${index}`, san)));
      expect(answer.exit, san).not.toBe(0);
      expect(answer.body, san).toBe("");
    }
  });

  test("a list that is empty lets in nobody", async (context) => {
    const { curl, authority } = await scene(context, { tls_server_config: { ...MUTUAL, client_allowed_sans: [] } });
    expect((await curl(...withIdentity(await authority.issue("prometheus", "DNS:prometheus")))).exit).not.toBe(0);
  });

  test("each policy lets in whom Go's lets in", async (context) => {
    const { curl, configure, folder, authority } = await scene(context);
    const signed = withIdentity(await authority.issue("prometheus", "DNS:prometheus"));
    const strange = withIdentity(selfSigned(folder, "stranger"));
    const letIn = async (type: string, ca: object = { client_ca_file: "ca.crt" }): Promise<readonly boolean[]> => {
      await configure({ tls_server_config: { client_auth_type: type, ...ca } });
      const exits: boolean[] = [];
      for (const flags of [[], strange, signed]) exits.push((await curl(...flags)).exit === 0);
      return exits;
    };
    // From the laxest to the strictest: the way back needs a restart.
    expect(await letIn("NoClientCert", {})).toEqual([true, true, true]);
    expect(await letIn("RequestClientCert")).toEqual([true, true, true]);
    expect(await letIn("VerifyClientCertIfGiven")).toEqual([true, false, true]);
    expect(await letIn("RequireAnyClientCert")).toEqual([false, true, true]);
    expect(await letIn("RequireClientCert")).toEqual([false, true, true]);
    expect(await letIn("RequireAndVerifyClientCert")).toEqual([false, false, true]);
  });

  test("whatever is in the list is an authority: a client's own certificate, or one that another authority signed", async (context) => {
    const { curl, configure, folder, authority } = await scene(context);
    const below = await authority.issueAuthority("below");
    const own = selfSigned(folder, "own");
    await writeFile(
      join(folder, "list.crt"),
      Buffer.concat([await readFile(own.certificate), await readFile(below.certificate)]),
    );
    await configure({ tls_server_config: { ...MUTUAL, client_ca_file: "list.crt" } });
    expect((await curl(...withIdentity(own))).status).toBe("200");
    expect((await curl(...withIdentity(await below.issue("prometheus", "DNS:prometheus")))).status).toBe("200");
    expect((await curl(...withIdentity(await authority.issue("other", "DNS:other")))).exit).not.toBe(0);

    await writeFile(join(folder, "list.crt"), await readFile(authority.certificate));
    expect((await curl(...withIdentity(own))).exit, "the list is read again").not.toBe(0);
  });

  test("a change that would let strangers in waits for a restart", async (context) => {
    const { curl, configure, problems } = await scene(context, {
      tls_server_config: { ...MUTUAL, client_allowed_sans: ["prometheus"] },
    });
    await configure({ tls_server_config: MUTUAL });
    expect((await curl()).exit).not.toBe(0);
    await configure({});
    expect((await curl()).exit).not.toBe(0);
    expect(problems).toEqual([
      expect.stringContaining("no longer has client_allowed_sans"),
      expect.stringContaining("no longer has client_auth_type"),
    ]);
  });
});

describe("a real Prometheus", () => {
  const access = (folder: string, username: string): object => ({
    scheme: "https",
    basic_auth: { username, password: PASSWORD },
    tls_config: {
      ca_file: join(folder, "ca.crt"),
      cert_file: join(folder, "prometheus.crt"),
      key_file: join(folder, "prometheus.key"),
      server_name: "localhost",
    },
  });

  test("scrapes over TLS with certificate and password, on through a swapped certificate and a new user", async (context) => {
    requireProgram("prometheus", context);
    const users = { prometheus: HASH };
    const { port, folder, authority, server, configure, problems, curl } = await scene(context, {
      tls_server_config: { ...MUTUAL, client_allowed_sans: ["prometheus"] },
      basic_auth_users: users,
    });
    const identity = await authority.issue("prometheus", "DNS:prometheus");
    expect((await curl(...withIdentity(identity))).status).toBe("401");
    const prometheus = await startPrometheus(`127.0.0.1:${port}`, { scrape: access(folder, "prometheus") });
    onTestFinished(async () => void (await prometheus.stop()));
    const patience = { timeout: 20_000, interval: 200 };
    await expect.poll(() => prometheus.scalar("count(served)"), patience).toBe(1);

    await replaceIdentity(server, await authority.issue("swapped", "DNS:localhost"));
    await configure({
      tls_server_config: { ...MUTUAL, client_allowed_sans: ["prometheus"] },
      basic_auth_users: { ...users, grafana: HASH },
    });
    expect((await curl(...withIdentity(identity), "--user", `grafana:${PASSWORD}`)).status).toBe("200");
    const scrapes = (await prometheus.scalar("count_over_time(up[1m])")) ?? Number.NaN;
    await expect.poll(() => prometheus.scalar("count_over_time(up[1m])"), patience).toBeGreaterThan(scrapes + 3);
    expect(await prometheus.scalar("min_over_time(up[1m])")).toBe(1);
    expect(problems).toEqual([]);
  }, 60_000);

  test("with a wrong user is down", async (context) => {
    requireProgram("prometheus", context);
    const { port, folder, authority } = await scene(context, { basic_auth_users: { prometheus: HASH } });
    await authority.issue("prometheus", "DNS:prometheus");
    const prometheus = await startPrometheus(`127.0.0.1:${port}`, { scrape: access(folder, "mallory") });
    onTestFinished(async () => void (await prometheus.stop()));
    await expect.poll(() => prometheus.scalar("up"), { timeout: 20_000, interval: 200 }).toBe(0);
  }, 60_000);
});

describe("stopping", () => {
  test.for(["--http1.1", "--http2"])(
    "waits for an answer that is being written over TLS and %s",
    async (version, context) => {
      const asked = Promise.withResolvers<ServerResponse>();
      const { curl, stop } = await scene(context, {}, (_request, response) => {
        response.write("begun, ");
        asked.resolve(response);
      });
      const answer = curl(version);
      const response = await asked.promise;
      const stopped = stop();
      response.end("and whole");
      expect((await answer).body).toBe("begun, and whole");
      await stopped;
      expect((await curl(version)).exit, "nobody listens").toBe(7);
    },
  );

  test("does not wait for HTTP/2 sessions that have nothing to ask, nor long for one that never ends", async (context) => {
    const asked = Promise.withResolvers<void>();
    const { port, authority, stop } = await scene(context, {}, () => asked.resolve());
    const ca = await readFile(authority.certificate);
    const sessions = [0, 1].map(() => connectHttp2(`https://localhost:${port}`, { ca }));
    const closed = sessions.map((session) =>
      once(
        session.on("error", () => undefined),
        "close",
      ),
    );
    await Promise.all(sessions.map((session) => once(session, "connect")));
    sessions[0]
      ?.request()
      .on("error", () => undefined)
      .end();
    await asked.promise;
    await stop();
    await Promise.all(closed);
    expect(sessions.map((session) => session.destroyed)).toEqual([true, true]);
  });
});
