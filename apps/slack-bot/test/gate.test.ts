import { once } from "node:events";
import { connect } from "node:net";
import { signBody } from "@fc-async/slack-sim";
import { describe, expect, test } from "vitest";
import { createReplayMemory } from "../src/slack/replay-memory.ts";
import { verifyDelivery } from "../src/slack/verify-delivery.ts";
import { signed, SIGNING_SECRET, startBot } from "./bot.ts";
import { NOW_MS } from "./states.ts";

const FORM = "application/x-www-form-urlencoded";

/** The recorded request of https://docs.slack.dev/authentication/verifying-requests-from-slack/ */
const RECORDED = {
  secret: "8f742231b10e8888abcd99yyyzzz85a5",
  timestamp: "1531420618",
  signature: "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503",
  body: "token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c",
};

describe("verifyDelivery", () => {
  const at = (offsetSeconds: number): number => (Number(RECORDED.timestamp) + offsetSeconds) * 1000;

  test("accepts the request that Slack's documentation records", () => {
    expect(verifyDelivery(RECORDED, RECORDED.secret, at(0))).toEqual({ ok: true, signature: RECORDED.signature });
  });

  test.each([
    [300, true],
    [300.999, true],
    [301, false],
    [-300, true],
    [-301, false],
    [-86_400, false],
  ])("%s seconds after the timestamp: %s", (offset, accepted) => {
    const verdict = verifyDelivery(RECORDED, RECORDED.secret, at(offset));
    expect(verdict.ok).toBe(accepted);
    if (!verdict.ok) expect(verdict.problem).toBe("wrong_time");
  });

  test.each([
    ["another body", { body: `${RECORDED.body}&text=x` }, "wrong_signature"],
    ["another time", { timestamp: "1531420619" }, "wrong_signature"],
    ["no signature", { signature: undefined }, "unsigned"],
    ["no timestamp", { timestamp: undefined }, "unsigned"],
    ["an empty timestamp", { timestamp: "" }, "unsigned"],
    ["a timestamp with leading zeros", { timestamp: "001531420618" }, "unsigned"],
    ["a timestamp in exponents", { timestamp: "1.531420618e9" }, "unsigned"],
    ["another version", { signature: RECORDED.signature.replace("v0", "v1") }, "unsigned"],
    ["junk behind the signature, which Bolt overlooks", { signature: `${RECORDED.signature}=1` }, "unsigned"],
    ["upper case", { signature: RECORDED.signature.toUpperCase().replace("V0", "v0") }, "unsigned"],
    ["a signature of zeros", { signature: `v0=${"0".repeat(64)}` }, "wrong_signature"],
  ])("refuses %s", (_, change, problem) => {
    expect(verifyDelivery({ ...RECORDED, ...change }, RECORDED.secret, at(0))).toEqual({ ok: false, problem });
  });

  test("refuses another secret", () => {
    expect(verifyDelivery(RECORDED, "other", at(0)).ok).toBe(false);
  });
});

describe("the replay memory", () => {
  test("knows a signature for as long as its timestamp can be fresh, then forgets it", () => {
    const memory = createReplayMemory();
    expect(memory.seenBefore("a", 0)).toBe(false);
    expect(memory.seenBefore("b", 300_000)).toBe(false);
    expect(memory.seenBefore("a", 600_999)).toBe(true);
    expect(memory.seenBefore("a", 601_001)).toBe(false);
    expect(memory.seenBefore("b", 601_002)).toBe(true);
  });
});

describe("the gate", () => {
  test("lets a request through once", async () => {
    const bot = await startBot();
    const request = signed();
    expect((await bot.post(request)).status).toBe(200);
    expect((await bot.post(request)).status).toBe(401);
    expect(bot.log).toContainEqual({
      level: "warn",
      msg: "request refused",
      fields: { problem: "replayed", remote: "127.0.0.1" },
    });
  });

  test("does not take a forged request for the first of two", async () => {
    const bot = await startBot();
    const request = signed();
    expect((await bot.post({ ...request, body: `${request.body}&x=1` })).status).toBe(401);
    expect((await bot.post(request)).status).toBe(200);
  });

  test.each([-301, 301])("judges the timestamp by its own clock: %i seconds off is refused", async (seconds) => {
    const bot = await startBot();
    expect((await bot.post(signed({}, NOW_MS + seconds * 1000))).status).toBe(401);
  });

  test("refuses what is not signed, with nothing in the answer", async () => {
    const bot = await startBot();
    const response = await bot.post({ headers: { "content-type": FORM }, body: signed().body });
    expect({ status: response.status, body: await response.text() }).toEqual({ status: 401, body: "" });
  });

  test("answers Slack's check of TLS, which is not signed", async () => {
    const bot = await startBot();
    expect((await bot.post({ headers: { "content-type": FORM }, body: "ssl_check=1&token=x" })).status).toBe(200);
  });

  test.each([
    ["a command beside it", `ssl_check=1&${signed().body}`, 200],
    ["another value", `ssl_check=2&${signed().body}`, 401],
    ["two values", `ssl_check=1&ssl_check=1&${signed().body}`, 401],
  ])("runs nothing that is smuggled in with that check: %s", async (_, body, status) => {
    const bot = await startBot({ states: [] });
    const response = await bot.post({ headers: { "content-type": FORM }, body });
    expect({ status: response.status, body: await response.text() }).toEqual({ status, body: "" });
    expect(bot.log.filter((line) => line.level === "info")).toEqual([]);
  });

  test.each([
    ["GET", "/slack/events", 405],
    ["PUT", "/slack/events", 405],
    ["POST", "/", 404],
    ["POST", "/slack/events/", 404],
    ["POST", "//slack/events", 404],
    ["GET", "/-/healthy", 404],
    ["GET", "/metrics", 404],
  ])("%s %s: %i", async (method, path, status) => {
    const bot = await startBot();
    expect((await fetch(new URL(bot.url).origin + path, { method })).status).toBe(status);
  });

  test("refuses more than 64 KiB by what is declared", async () => {
    const bot = await startBot();
    const body = `text=${"x".repeat(65_536)}`;
    const { signingSecret, nowMs } = { signingSecret: SIGNING_SECRET, nowMs: NOW_MS };
    expect((await bot.post(signBody(body, FORM, { signingSecret, nowMs }))).status).toBe(413);
  });

  test("refuses more than 64 KiB as it comes, without waiting for the rest", async () => {
    const bot = await startBot();
    const socket = connect(Number(new URL(bot.url).port), "127.0.0.1");
    socket.write("POST /slack/events HTTP/1.1\r\nHost: bot\r\nTransfer-Encoding: chunked\r\n\r\n");
    const chunk = "x".repeat(0x4000);
    for (let sent = 0; sent < 5; sent += 1) socket.write(`4000\r\n${chunk}\r\n`);
    const [answer]: unknown[] = await once(socket, "data");
    socket.destroy();
    expect(String(answer)).toMatch(/^HTTP\/1\.1 413 /u);
  });

  test("outlives a sender that hangs up in the middle", async () => {
    const bot = await startBot();
    const socket = connect(Number(new URL(bot.url).port), "127.0.0.1");
    socket.write("POST /slack/events HTTP/1.1\r\nHost: bot\r\nContent-Length: 100\r\n\r\nabc", () =>
      socket.resetAndDestroy(),
    );
    await once(socket, "close");
    expect(await bot.send()).toMatchObject({ outcome: "answered" });
  });

  test("refuses bytes that are no text, although their decoded text is signed", async () => {
    const bot = await startBot();
    const request = signBody("text=\uFFFD", FORM, { signingSecret: SIGNING_SECRET, nowMs: NOW_MS });
    const body = Buffer.concat([Buffer.from("text="), Buffer.of(0xff)]);
    expect((await fetch(bot.url, { method: "POST", headers: request.headers, body })).status).toBe(400);
  });

  test("refuses headers above 8 KiB", async () => {
    const bot = await startBot();
    expect((await bot.post({ headers: { "x-long": "x".repeat(9000) } })).status).toBe(431);
  });
});
