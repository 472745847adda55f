import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { nodeHash } from "@fc-async/protocol/node";
import { signFc, type Credentials } from "@fc-async/protocol";
import { DEMO_ACCOUNT } from "@fc-async/emulator";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { FormValues } from "../src/request/explorer-request.ts";
import { explainPasted, type Pasted, type PastedExplanation } from "../src/pasted/explain-pasted.ts";
import { parsePastedRequest } from "../src/pasted/parse-pasted-request.ts";
import type { PastedRequest } from "../src/pasted/pasted-request.ts";
import { shellWords } from "../src/pasted/shell-words.ts";
import { textOf } from "../src/signing/parts.ts";
import { signingStages } from "../src/signing/sign-stages.ts";
import type { SigningStages } from "../src/signing/signing-stages.ts";
import { readOrThrow } from "./form-values.ts";

const NOW_MS = Date.UTC(2026, 10, 23, 8, 56, 27);
const PATH = "/2021-04-06/stateful-async-invocation-functions";

function stagesOf(changes: Partial<FormValues> = {}): Promise<SigningStages> {
  const { request, credentials } = readOrThrow(changes);
  return signingStages(request, credentials, { dateMs: NOW_MS, nonce: "n1" }, nodeHash);
}

function explain(text: string, more: Partial<Pasted> = {}): Promise<PastedExplanation> {
  return explainPasted({ text, accessKeySecret: DEMO_ACCOUNT.accessKeySecret, nowMs: NOW_MS, ...more }, nodeHash);
}

function readOk(text: string): PastedRequest {
  const reading = parsePastedRequest(text);
  if (!reading.ok) throw new Error(reading.problem);
  return reading.request;
}

function problemOf(text: string): string {
  const reading = parsePastedRequest(text);
  if (reading.ok) throw new Error("it was read");
  return reading.problem;
}

const singleQuoted = (text: string): string => `'${text.replaceAll("'", String.raw`'\''`)}'`;

describe("a pasted HTTP request is read", () => {
  test("in origin form, with names in any case, until the empty line", () => {
    expect(readOk(`GET ${PATH}?limit=1 HTTP/1.1\r\nHost: h:1\r\nX-Acs-Date:  d \r\n\r\n{"a":1}\n`)).toEqual({
      method: "GET",
      target: `${PATH}?limit=1`,
      headers: new Map([
        ["host", "h:1"],
        ["x-acs-date", "d"],
      ]),
      body: '{"a":1}',
    });
  });

  test("in absolute form, whose host counts when no header names one", () => {
    expect(readOk(`GET https://user@fc.example.com:443${PATH}?a=!'()*\naccept: x`)).toMatchObject({
      target: `${PATH}?a=!'()*`,
      headers: new Map([
        ["accept", "x"],
        ["host", "fc.example.com"],
      ]),
    });
    expect(readOk("GET http://a:80 HTTP/1.0\nHost: b").headers.get("host")).toBe("b");
    expect(readOk("GET http://a:8080").headers.get("host")).toBe("a:8080");
    expect(readOk("GET https://a:80?x=1")).toMatchObject({ target: "/?x=1", headers: new Map([["host", "a:80"]]) });
  });

  test("as curl -v prints it", () => {
    const printed = `* Connected to h\n> GET ${PATH} HTTP/1.1\n> Host: h\n> Authorization: FC a:b\n> \n< HTTP/1.1 200 OK\n< Date: d`;
    expect(readOk(printed)).toMatchObject({
      target: PATH,
      headers: new Map([
        ["host", "h"],
        ["authorization", "FC a:b"],
      ]),
    });
  });

  test("with a header that is repeated, and one that goes on in the next line", () => {
    const { headers } = readOk("GET / HTTP/1.1\nX-A: 1\nx-a: 2\nX-B: 3\n  4");
    expect([...headers]).toEqual([
      ["x-a", "1, 2"],
      ["x-b", "3 4"],
    ]);
  });

  test.each([
    ["", "Paste a request"],
    ["hello", "begins neither"],
    ["GET ftp://h/ HTTP/1.1", "neither a path nor an http URL"],
    ["GET / HTTP/1.1\nHost: h\nnot a header", 'Line 3, "not a header", is no header'],
  ])("or refused with the reason: %j", (text, reason) => {
    expect(problemOf(text)).toContain(reason);
  });
});

describe("a pasted curl command is read", () => {
  test.each([
    `curl 'http://h:1/p?a=1&b=2' -H 'X-Acs-Date: d'`,
    `$ curl "http://h:1/p?a=1&b=2" --header "X-Acs-Date: d"`,
    `curl -sS \\\n  -H 'X-Acs-Date: d' \\\n  'http://h:1/p?a=1&b=2' | jq .`,
    `/usr/bin/curl -sSHX-Acs-Date:d http://h:1/p\\?a=1\\&b=2`,
    `curl --url $'http://h:1/p?a=1\\u0026b=2' -H $'X-Acs-Date: d' --compressed -o out.json --max-time 5`,
    `curl -G http://h:1/p -d a=1 --data-urlencode b=2 -H "X-Acs-Date: d"`,
    `curl -XGET 'h:1/p?a=1&b=2#fragment' -H 'X-Acs-Date: d' -H 'Accept:'`,
  ])("%s", (command) => {
    const { method, target, headers, body } = readOk(command);
    expect({ method, target, body }).toEqual({ method: "GET", target: "/p?a=1&b=2", body: "" });
    expect([headers.get("host"), headers.get("x-acs-date")]).toEqual(["h:1", "d"]);
  });

  test("with what a browser copies", () => {
    const command = `curl 'https://h/p?t=%22' \\
  -H 'accept: */*' \\
  -H $'x-fc-trace-id: \\u0021it\\'s' \\
  -b 'cookie=1' \\
  --insecure`;
    expect(readOk(command)).toMatchObject({ method: "GET", target: "/p?t=%22" });
    expect(readOk(command).headers.get("x-fc-trace-id")).toBe("!it's");
  });

  test("as the POST or HEAD it is", () => {
    expect(readOk("curl h -d a=1 --data-raw '@b'")).toMatchObject({
      method: "POST",
      body: "a=1&@b",
      headers: new Map([
        ["host", "h"],
        ["content-type", "application/x-www-form-urlencoded"],
      ]),
    });
    expect(readOk("curl -I h").method).toBe("HEAD");
    expect([...readOk("curl h -d a=1 -H 'Host:' -H 'Content-Type: text/plain'").headers]).toEqual([
      ["content-type", "text/plain"],
    ]);
    expect(readOk("curl -G h --data-urlencode 'nextToken=a b/=' ").target).toBe("/?nextToken=a%20b%2F%3D");
    expect(readOk("curl h -H 'X-Empty;' -A me").headers).toEqual(
      new Map([
        ["x-empty", ""],
        ["user-agent", "me"],
        ["host", "h"],
      ]),
    );
  });

  test.each([
    [`curl "http://h/$TOKEN"`, "only a shell can fill in"],
    ["curl http://h/`id`", "only a shell can fill in"],
    ["curl http://h/p?a=1&b=2", "outside of quotes"],
    ["curl 'http://h/p", "never closed"],
    ["curl -s", "names 0 URLs"],
    ["curl a b", "names 2 URLs"],
    ["curl ftp://h/", "no http or https URL"],
    ["curl h -d @file", "from a file"],
    ["curl h -F a=b", "-F is not understood"],
    ['curl "http://h/" ^\n -H "a: b"', "cmd.exe"],
  ])("or refused with the reason: %s", (command, reason) => {
    expect(problemOf(command)).toContain(reason);
  });

  test("with the words that bash makes of it", () => {
    const doubleQuoted = (text: string): string => `"${text.replaceAll(/[$`"\\]/g, String.raw`\$&`)}"`;
    const ansiQuoted = (text: string): string =>
      `$'${text.replaceAll(/[\\']/g, String.raw`\$&`).replaceAll("\n", String.raw`\n`)}'`;
    const bare = (text: string): string =>
      text.replaceAll(/[^]/gu, (character) => (character === "\n" ? "'\n'" : `\\${character}`));
    const quoting = fc.constantFrom(singleQuoted, doubleQuoted, ansiQuoted, bare);
    const piece = fc
      .tuple(fc.string({ unit: "grapheme", minLength: 1 }), quoting)
      .filter(([text]) => !text.includes("\0") && !text.includes("\r"))
      .map(([text, quote]) => quote(text));
    const word = fc.array(piece, { minLength: 1, maxLength: 3 }).map((parts) => parts.join(""));
    const commands = fc.sample(fc.array(word, { minLength: 1, maxLength: 4 }), { numRuns: 100, seed: 1 });
    const script = commands.map((words) => `printf '%s\\0' ${words.join(" ")}; printf '\\0'`).join("\n");
    const printed = execFileSync("bash", ["--norc", "-c", script], { encoding: "utf8", env: { LC_ALL: "C.UTF-8" } });
    const expected = printed
      .split("\0\0")
      .slice(0, -1)
      .map((list) => list.split("\0"));
    expect(commands.map((words) => shellWords(words.join(" ")))).toEqual(
      expected.map((words) => ({ ok: true, words })),
    );
  });
});

describe("a pasted request is explained", () => {
  test("as right when it is the one of the page, in every form", async () => {
    const { finalLines, finalRequest } = await stagesOf({ nextToken: "a!'()*b 函", "X-Fc-Trace-Id": "it's" });
    const options = finalRequest.headers.map(([name, value]) => `-H ${singleQuoted(`${name}: ${value}`)}`);
    for (const text of [textOf(finalLines), `curl ${options.join(" \\\n  ")} ${singleQuoted(finalRequest.url)}`]) {
      expect(await explain(text)).toMatchObject({ outcome: "right", scheme: "acs3", remarks: [] });
    }
  });

  test("without its age hiding its signature", async () => {
    const text = textOf((await stagesOf()).finalLines);
    expect(await explain(text, { nowMs: NOW_MS + 3_600_000 })).toMatchObject({
      outcome: "right",
      remarks: ["The value of x-acs-date is 3600 s behind the clock here; 900 s are allowed. Sign it anew to send it."],
    });
    expect(await explain(text.replace("limit=20", "limit=21"), { nowMs: NOW_MS + 3_600_000 })).toMatchObject({
      outcome: "wrong",
      remarks: [expect.stringContaining("Sign it anew")],
    });
  });

  test("with the usual mistake that yields its signature, and its line", async () => {
    const { finalLines, canonicalRequest } = await stagesOf();
    const mistaken = textOf(canonicalRequest).replace(/^(host:.*):10407$/m, "$1");
    const stringToSign = `ACS3-HMAC-SHA256\n${await nodeHash.sha256Hex(mistaken)}`;
    const signature = await nodeHash.hmacSha256(DEMO_ACCOUNT.accessKeySecret, stringToSign, "hex");
    const text = textOf(finalLines).replace(/Signature=.*/, `Signature=${signature}`);
    expect(await explain(text)).toMatchObject({
      outcome: "wrong",
      line: 4,
      sentence: expect.stringContaining("without its port"),
      lines: textOf(canonicalRequest).split("\n"),
      difference: undefined,
    });
  });

  test("with the first line of their own canonical request that differs", async () => {
    const { finalLines, canonicalRequest } = await stagesOf();
    const own = textOf(canonicalRequest).replace("host:1000000000000001.cn-hangzhou.localhost:10407", "host:localhost");
    const text = textOf(finalLines).replace(/Signature=.*/, `Signature=${"0".repeat(64)}`);
    expect(await explain(text, { canonicalRequest: `${own}\n` })).toMatchObject({
      outcome: "wrong",
      sentence: "Line 4 of your canonical request is not the service's.",
      line: 4,
      difference: { line: 4, expected: "host:1000000000000001.cn-hangzhou.localhost:10407", own: "host:localhost" },
    });
    const spaced = textOf(canonicalRequest).replace("x-acs-action:", "x-acs-action: ");
    expect(await explain(text, { canonicalRequest: spaced })).toMatchObject({
      sentence: "Line 5 of your canonical request is not the service's, which differs in blanks alone.",
    });
    const cut = textOf(canonicalRequest).split("\n").slice(0, -1).join("\n");
    expect(await explain(text, { canonicalRequest: cut })).toMatchObject({
      sentence: "Line 12 of your canonical request is not the service's; the line is missing.",
    });
    expect(await explain(text, { canonicalRequest: textOf(canonicalRequest) })).toMatchObject({
      sentence: expect.stringMatching(/^Your canonical request is the service's\. What differs comes behind it/),
      difference: undefined,
    });
  });

  test("with their own string to sign", async () => {
    const { finalLines, stringToSign } = await stagesOf();
    const text = textOf(finalLines).replace(/Signature=.*/, `Signature=${"0".repeat(64)}`);
    expect(await explain(text, { canonicalRequest: `ACS3-HMAC-SHA256\n${"0".repeat(64)}` })).toMatchObject({
      sentence: expect.stringContaining("the hash of another canonical request"),
      line: undefined,
    });
    expect(await explain(text, { canonicalRequest: textOf(stringToSign) })).toMatchObject({
      sentence: expect.stringMatching(/^Your string to sign is the service's/),
    });
  });

  test("under the older scheme, whose string to sign is the text to compare", async () => {
    const { credentials } = readOrThrow();
    const path = "/2016-08-15/stateful-async-invocation-functions";
    const headers = await signFc(
      { method: "GET", host: "h", path, query: "limit=1", headers: [] },
      { credentials, hash: nodeHash, dateMs: NOW_MS },
    );
    const lines = headers.map(([name, value]) => `${name}: ${value}`).join("\n");
    expect(await explain(`GET ${path}?limit=1 HTTP/1.1\n${lines}`)).toMatchObject({
      outcome: "right",
      scheme: "fc",
      remarks: [],
    });
    expect(await explain(`GET ${PATH} HTTP/1.1\n${lines}`)).toMatchObject({
      outcome: "wrong",
      remarks: [expect.stringContaining("signed with ACS3-HMAC-SHA256, not FC")],
    });
    expect(await explain(`GET ${PATH} HTTP/1.1\n${lines}`, { canonicalRequest: "POST\n" })).toMatchObject({
      sentence: "Line 1 of your string to sign is not the service's.",
      line: 1,
    });
  });

  test("with what the verifier misses before it comes to the signature", async () => {
    const text = textOf((await stagesOf()).finalLines);
    expect(await explain(text.replace(/^x-acs-date.*\n/m, ""))).toMatchObject({
      outcome: "wrong",
      sentence: "The header x-acs-date is missing.",
      lines: [],
    });
    expect(await explain(text.replace(PATH, "/other"))).toMatchObject({
      remarks: [expect.stringContaining(`"/other" is not the operation's`)],
    });
    expect(await explain("GET / HTTP/1.1")).toMatchObject({ sentence: "The header authorization is missing." });
  });

  test("taking the token of the request for right, unless another is given", async () => {
    const text = textOf((await stagesOf({ securityToken: "the-token" })).finalLines);
    expect(await explain(text)).toMatchObject({ outcome: "right" });
    expect(await explain(text, { securityToken: "another" })).toMatchObject({
      outcome: "wrong",
      sentence: expect.stringContaining("x-acs-security-token"),
    });
  });

  test("without the token in the lines", async () => {
    const text = textOf((await stagesOf({ securityToken: "the-token" })).finalLines).replace("limit=20", "limit=2");
    const explained = await explain(text);
    expect(explained.outcome).toBe("wrong");
    if (explained.outcome === "wrong") expect(explained.lines.join("\n")).toContain("x-acs-security-token:[redacted]");
  });

  test("only with a secret", async () => {
    expect(await explain("GET / HTTP/1.1", { accessKeySecret: " " })).toMatchObject({ outcome: "unreadable" });
    expect(await explain("hello")).toMatchObject({ outcome: "unreadable" });
  });

  test("whatever is pasted", async () => {
    const { finalLines } = await stagesOf();
    const text = textOf(finalLines);
    const cut = fc
      .tuple(fc.nat(text.length), fc.nat(40), fc.string({ unit: "binary" }))
      .map(([at, length, inserted]) => text.slice(0, at) + inserted + text.slice(at + length));
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          cut,
          fc.string({ unit: "binary" }),
          cut.map((command) => `curl '${command}'`),
        ),
        async (pasted) => {
          expect(["right", "wrong", "unreadable"]).toContain((await explain(pasted)).outcome);
        },
      ),
      { numRuns: 500 },
    );
  });
});

interface Recording {
  readonly name: string;
  readonly credential: Credentials;
  readonly recorded: {
    readonly method: string;
    readonly requestTarget: string;
    readonly rawHeaders: readonly (readonly [string, string])[];
  };
}

const RECORDINGS = new URL("../../../packages/protocol/test/vectors/fc-open20210406.acs3.json", import.meta.url);
const { vectors }: { readonly vectors: readonly Recording[] } = JSON.parse(readFileSync(RECORDINGS, "utf8"));

test.each(vectors)("what the vendor's SDK sent is right: $name", async ({ credential, recorded }) => {
  const lines = recorded.rawHeaders.map(([name, value]) => `${name}: ${value}`);
  const text = [`${recorded.method} ${recorded.requestTarget} HTTP/1.1`, ...lines].join("\r\n");
  expect(await explain(text, { accessKeySecret: credential.accessKeySecret })).toMatchObject({ outcome: "right" });
});
