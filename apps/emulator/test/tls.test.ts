import { execFile } from "node:child_process";
import { X509Certificate } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { connect } from "node:tls";
import { promisify } from "node:util";
import { createEmulator, demoAccounts, openApiContract } from "@fc-async/emulator";
import { createNodeFetch } from "@fc-async/protocol/node";
import { startEmulatorServer } from "fc-async-emulator";
import { beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { selfMadeIdentity } from "../src/tls/self-made-identity.ts";
import { makeFolder, run, start, withoutPorts, type Folder } from "./program.ts";

const shell = promisify(execFile);
const DAY_MS = 86_400_000;
const NOW_MS = Date.UTC(2026, 10, 24, 12);

let folder: Folder;
beforeAll(async () => {
  folder = await makeFolder();
  return () => folder.remove();
});

describe("a certificate made for a run", () => {
  test("is for loopback and for the account hosts of each region, from yesterday on for 30 days, with ECDSA", async () => {
    const { cert, ca } = await selfMadeIdentity(["cn-hangzhou", "eu-central-1", "cn-hangzhou"], NOW_MS);
    const [leaf, authority] = [new X509Certificate(cert), new X509Certificate(ca)];
    expect(leaf.subjectAltName?.split(", ")).toEqual([
      "DNS:localhost",
      "DNS:*.cn-hangzhou.localhost",
      "DNS:*.eu-central-1.localhost",
      "IP Address:127.0.0.1",
      "IP Address:0:0:0:0:0:0:0:1",
    ]);
    expect(leaf.checkHost("1234567890123456.eu-central-1.localhost")).toBe("*.eu-central-1.localhost");
    expect(leaf.checkHost("1234567890123456.us-west-1.localhost")).toBeUndefined();
    expect([leaf.validFromDate.getTime(), leaf.validToDate.getTime()]).toEqual([NOW_MS - DAY_MS, NOW_MS + 30 * DAY_MS]);
    expect(leaf.publicKey.asymmetricKeyDetails).toEqual({ namedCurve: "prime256v1" });
    expect({ ca: authority.ca, leafIsCa: leaf.ca }).toEqual({ ca: true, leafIsCa: false });
    expect(leaf.checkIssued(authority) && leaf.verify(authority.publicKey)).toBe(true);
  });

  test("is another on each run", async () => {
    const [first, second] = [await selfMadeIdentity([], NOW_MS), await selfMadeIdentity([], NOW_MS)];
    expect(second.ca).not.toBe(first.ca);
  });
});

describe("a server with TLS", () => {
  test("answers https alone: by address, and by the host of an account", async () => {
    const { ca, ...tls } = await selfMadeIdentity(["cn-hangzhou"], Date.now());
    const server = await startEmulatorServer({
      emulator: createEmulator({ accounts: demoAccounts(), contract: openApiContract("fail") }),
      tls,
    });
    onTestFinished(() => server.close());
    expect(server.url).toBe(`https://127.0.0.1:${server.port}`);
    expect(server.endpointTemplate).toBe(`https://{account_id}.{region}.localhost:${server.port}`);

    const nodeFetch = createNodeFetch({ ca });
    onTestFinished(() => nodeFetch.close());
    const accountUrl = server.endpointTemplate.replace("{account_id}", "1").replace("{region}", "cn-hangzhou");
    for (const url of [server.url, accountUrl]) expect((await nodeFetch(url)).status).toBe(400);
    const elsewhere = server.endpointTemplate.replace("{account_id}", "1").replace("{region}", "cn-beijing");
    await expect(nodeFetch(elsewhere)).rejects.toMatchObject({ reason: "tls" });

    const stranger = createNodeFetch();
    onTestFinished(() => stranger.close());
    await expect(stranger(server.url)).rejects.toMatchObject({ reason: "tls" });
  });
});

describe("--tls.self-signed", () => {
  test("writes its CA, says so, and prints a request that works when it is pasted", async () => {
    const caFile = join(folder.path, "ca.pem");
    const program = await start("--tls.self-signed", `--tls.ca-file=${caFile}`);
    const said = withoutPorts(program.greeting)
      .replaceAll(folder.path, "FOLDER")
      .replace(/(?<=good until )\d{4}-\d\d-\d\d/, "DATE");
    await expect(said).toMatchFileSnapshot("golden/greeting-of-tls.txt");
    const commands = /\n {2}d=.*\n {2}s=.*\n {2}curl.*\n/.exec(program.greeting)?.[0] ?? "";
    const { stdout } = await shell("sh", ["-c", commands]);
    await program.stop();
    expect(JSON.parse(stdout)).toMatchObject({ data: [{ serviceName: "billing-jobs" }, {}, {}] });
  });

  test("covers every region of the seed and the default region", async () => {
    const caFile = join(folder.path, "ca-of-a-seed.pem");
    const seed = await folder.file(
      "seed.yaml",
      "generate: { accounts: 1, regions: [us-west-1], services: 1, functions: 1 }",
    );
    const program = await start(
      "--tls.self-signed",
      `--tls.ca-file=${caFile}`,
      `--seed.file=${seed}`,
      "--default-region=ap-south-1",
    );
    const names = await subjectAltName(program.url, await readFile(caFile, "utf8"));
    await program.stop();
    expect(names).toContain("DNS:*.us-west-1.localhost");
    expect(names).toContain("DNS:*.ap-south-1.localhost");
  });

  test("says how to have the CA when nobody asked for it", async () => {
    const program = await start("--tls.self-signed");
    await program.stop();
    expect(program.greeting).toMatch(
      /TLS +a certificate made for this run, good until .*; --tls\.ca-file=<file> writes/,
    );
    expect(program.greeting).not.toContain("curl");
  });

  test("refuses a CA file that cannot be written, exit 2", async () => {
    const words = ["--tls.self-signed", `--tls.ca-file=${join(folder.path, "no", "ca.pem")}`, "--listen-address=:0"];
    const { code, output } = await run(words, folder.path);
    expect(code).toBe(2);
    expect(output).toMatch(/^fc-async-emulator: --tls\.ca-file: FOLDER\/no\/ca\.pem cannot be written \(ENOENT/);
  });
});

describe("--tls.cert-file and --tls.key-file", () => {
  test("are what the server shows", async () => {
    const { ca, cert, key } = await selfMadeIdentity(["cn-hangzhou"], Date.now());
    const certFile = await folder.file("cert.pem", cert);
    const keyFile = await folder.file("key.pem", key);
    const program = await start(`--tls.cert-file=${certFile}`, `--tls.key-file=${keyFile}`);
    const names = await subjectAltName(program.url, ca);
    await program.stop();
    expect(names).toBe(new X509Certificate(cert).subjectAltName);
    expect(program.greeting).toContain("TLS            the certificate of --tls.cert-file");
  });

  test("are refused with the reason, exit 2", async () => {
    const [one, other] = [await selfMadeIdentity([], Date.now()), await selfMadeIdentity([], Date.now())];
    const cert = await folder.file("one.pem", one.cert);
    const key = await folder.file("other.key", other.key);
    const junk = await folder.file("junk.pem", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
    const encrypted = await folder.file(
      "encrypted.key",
      "-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----\n",
    );
    const nowhere = join(folder.path, "nowhere.pem");
    const pairs = [
      [cert, key],
      [junk, key],
      [cert, junk],
      [cert, encrypted],
      [nowhere, nowhere],
    ] as const;
    const endings = pairs.map(([certFile, keyFile]) =>
      run([`--tls.cert-file=${certFile}`, `--tls.key-file=${keyFile}`, "--tls.self-signed"], folder.path),
    );
    const texts: string[] = [];
    for (const { code, output } of await Promise.all(endings)) {
      expect(code).toBe(2);
      // In brackets stand OpenSSL's own words, which change with its version.
      texts.push(output.replaceAll(/\(.*\)/g, "(REASON)"));
    }
    await expect(texts.join("\n")).toMatchFileSnapshot("golden/wrong-tls.txt");
  });
});

/** The names in the certificate a server shows to a client that trusts this CA. */
function subjectAltName(url: string, ca: string): Promise<string | undefined> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const socket = connect({ host: hostname, port: Number(port), ca }, () => {
      resolve(socket.getPeerX509Certificate()?.subjectAltName);
      socket.destroy();
    });
    socket.on("error", reject);
  });
}
