import { createMemoryRecordStore } from "@fc-async/inventory";
import { signBody } from "@fc-async/slack-sim";
import { createSlackBot } from "fc-async-slack";
import { describe, expect, test } from "vitest";
import { recordingLogger, signed, SIGNING_SECRET, startBot, storeOf } from "./bot.ts";
import { functionsOf, NOW_MS, targetState } from "./states.ts";

const FORM = "application/x-www-form-urlencoded";
const context = { signingSecret: SIGNING_SECRET, nowMs: NOW_MS };

describe("a slash command through Bolt", () => {
  test("is answered in its acknowledgement, with blocks, to the asker alone", async () => {
    const bot = await startBot({ states: [targetState({ rows: functionsOf("billing-jobs", 3) })] });
    const delivery = await bot.send({ text: "services" });
    expect(delivery).toMatchObject({
      outcome: "answered",
      message: { responseType: "ephemeral", text: "3 functions with async tasks in 1 service" },
    });
    expect(delivery.outcome === "answered" && delivery.message?.blocks.map((block) => block["type"])).toEqual([
      "header",
      "data_table",
      "section",
      "context",
    ]);
  });

  test("is answered with aligned text where tables are switched off", async () => {
    const bot = await startBot({ tables: "text", states: [targetState({ rows: functionsOf("billing-jobs", 3) })] });
    const delivery = await bot.send({ text: "services" });
    expect(JSON.stringify(delivery)).not.toContain("data_table");
    expect(JSON.stringify(delivery)).toContain("billing-jobs          3");
  });

  test("undoes the entities Slack makes of what was typed", async () => {
    const bot = await startBot();
    expect(await bot.send({ text: "<b> & co" })).toMatchObject({
      message: { text: "There is no command `&lt;b&gt;`." },
    });
  });

  test("of another name is told that it leads here by mistake, not left without an answer", async () => {
    const bot = await startBot();
    expect(await bot.send({ command: "/deploy" })).toMatchObject({
      outcome: "answered",
      message: { text: expect.stringContaining("does not serve that command") },
    });
  });

  test("answers to the name it was given", async () => {
    const bot = await startBot({ commandName: "/functions" });
    expect(await bot.send({ command: "/functions", text: "help" })).toMatchObject({
      message: { text: "What `/functions` understands" },
    });
  });

  test("leaves a line in the log that holds the verb, and nothing that was typed", async () => {
    const bot = await startBot();
    await bot.send({ text: "list canary-name", userId: "U1", teamId: "T1" });
    await bot.send({ text: "canary-verb", userId: "U1", teamId: "T1" });
    const lines = bot.log.filter((line) => line.level === "info");
    expect(lines.map((line) => line.fields)).toEqual([
      { ref: "ref00001", team: "T1", user: "U1", verb: "list" },
      { ref: "ref00001", team: "T1", user: "U1", verb: "unknown_verb" },
    ]);
    expect(JSON.stringify(bot.log)).not.toMatch(/canary|ExampleSecret|hooks\.slack/u);
  });
});

describe("when something breaks, the asker is told within the three seconds", () => {
  test("a store that fails", async () => {
    const bot = await startBot({ store: storeOf(() => Promise.reject(new Error("canary: disk on fire"))) });
    const delivery = await bot.send();
    expect(delivery).toMatchObject({ outcome: "answered", message: { text: expect.stringContaining("went wrong") } });
    expect(JSON.stringify(delivery)).toContain("ref00001");
    expect(JSON.stringify(delivery)).not.toContain("canary");
    expect(bot.log).toContainEqual(expect.objectContaining({ msg: "command failed" }));
  });

  test("a store that never answers", async () => {
    const bot = await startBot({ store: storeOf(() => new Promise(() => undefined)), answerWithinMs: 5 });
    expect(await bot.send()).toMatchObject({
      outcome: "answered",
      message: { text: expect.stringContaining("too long") },
    });
  });

  test.each([
    ["a field that comes twice", "text=1&text=2"],
    ["a trigger id that comes twice", "trigger_id=1&trigger_id=2"],
    ["a command that comes twice", "command=%2Ffc-async"],
  ])("%s", async (_, addition) => {
    const bot = await startBot();
    const response = await bot.post(signBody(`${signed({ text: "" }).body}&${addition}`, FORM, context));
    expect(response.status).toBe(200);
    expect(await response.text()).toContain("could not be read");
  });

  test("an inventory so large that the answer takes too long: its work ends with the deadline", async () => {
    const rows = Array.from({ length: 1000 }, (_, i) => [`s-${i}`, "f", "LATEST"] as const);
    const waiting: (() => void)[] = [];
    const bot = await startBot({
      states: [targetState({ rows })],
      answerWithinMs: 20,
      yieldToLoop: () => new Promise((resolve) => waiting.push(resolve)),
    });
    expect(await bot.send()).toMatchObject({ message: { text: expect.stringContaining("took too long") } });
    expect(waiting).toHaveLength(1);
    waiting[0]?.();
    expect(await bot.send()).toMatchObject({ message: { text: expect.stringContaining("took too long") } });
    expect(waiting).toHaveLength(2);
  });

  test("records that fail: the answer comes all the same", async () => {
    const broken = { get: fails, put: fails, list: fails, delete: fails };
    const bot = await startBot({ records: broken });
    expect(await bot.send({ text: "help" })).toMatchObject({
      outcome: "answered",
      message: { text: expect.stringContaining("understands") },
    });
    expect(bot.log.filter((line) => line.level === "warn")).toHaveLength(1);
  });
});

describe("a command that is delivered twice", () => {
  test("gets the same answer, although the inventory changed in between", async () => {
    let count = 1;
    const store = storeOf(async () => [targetState({ rows: functionsOf("s", count) })]);
    const now = { ms: NOW_MS };
    const bot = await startBot({ store, now: () => now.ms });
    const first = await bot.send({ triggerId: "13345224609.738474920.8088930838d88f008e0" });
    count = 2;
    now.ms += 1000;
    const second = await bot.send({ triggerId: "13345224609.738474920.8088930838d88f008e0" });
    const third = await bot.send({ triggerId: "another" });
    expect(first).toMatchObject({ message: { text: "1 function with async tasks in 1 service" } });
    expect(second.outcome === "answered" && second.message).toEqual(first.outcome === "answered" && first.message);
    expect(third).toMatchObject({ message: { text: "2 functions with async tasks in 1 service" } });
  });

  test("may come for a quarter of an hour", async () => {
    const writes: unknown[] = [];
    const records = createMemoryRecordStore({ now: () => NOW_MS });
    const bot = await startBot({
      records: { ...records, put: (...write) => (writes.push(write.at(-1)), records.put(...write)) },
    });
    await bot.send();
    expect(writes).toEqual([{ expectedVersion: 0, ttlMs: 15 * 60_000 }]);
  });

  test("gets the same answer when both arrive at once", async () => {
    let count = 0;
    const both = Promise.withResolvers<void>();
    const store = storeOf(async () => {
      const mine = (count += 1);
      if (mine === 2) both.resolve();
      await both.promise;
      return [targetState({ rows: functionsOf("s", mine) })];
    });
    const bot = await startBot({ store });
    const [first, second] = await Promise.all(["U1", "U2"].map((userId) => bot.send({ triggerId: "same", userId })));
    expect(count).toBe(2);
    expect(first).toMatchObject({ outcome: "answered" });
    expect(second?.outcome === "answered" && second.message).toEqual(first?.outcome === "answered" && first.message);
  });
});

describe("other deliveries", () => {
  test("the check of the events URL gets its challenge back", async () => {
    const bot = await startBot();
    const body = JSON.stringify({ type: "url_verification", challenge: "3eZbrw1aB10" });
    const response = await bot.post(signBody(body, "application/json", context));
    expect(await response.json()).toEqual({ challenge: "3eZbrw1aB10" });
  });

  test("a click on a button of another day is acknowledged at once", async () => {
    const bot = await startBot();
    const payload = JSON.stringify({
      type: "block_actions",
      team: { id: "T1" },
      user: { id: "U1" },
      actions: [{ type: "button", action_id: "a", block_id: "b" }],
    });
    const response = await bot.post(signBody(new URLSearchParams({ payload }).toString(), FORM, context));
    expect({ status: response.status, body: await response.text() }).toEqual({ status: 200, body: "" });
  });

  test("an event is acknowledged at once", async () => {
    const bot = await startBot();
    const body = JSON.stringify({
      type: "event_callback",
      team_id: "T1",
      event: { type: "app_mention", user: "U1", channel: "C1" },
    });
    expect((await bot.post(signBody(body, "application/json", context))).status).toBe(200);
  });

  test.each([
    ["an empty object", "{}", "application/json"],
    ["a notice that events are limited", '{"type":"app_rate_limited"}', "application/json"],
    ["an event of nothing", '{"type":"event_callback","event":null}', "application/json"],
    ["a payload without a type", "payload=%7B%7D", FORM],
    ["a modal that was sent off", "payload=%7B%22type%22%3A%22view_submission%22%7D", FORM],
  ])("%s is acknowledged at once, with nothing to show", async (_, body, contentType) => {
    const bot = await startBot();
    const response = await bot.post(signBody(body, contentType, context));
    expect({ status: response.status, body: await response.text() }).toEqual({ status: 200, body: "" });
  });

  test.each([
    ["a form of more fields than Slack has", `${"a=1&".repeat(200)}command=%2Ffc-async`, FORM],
    ["a JSON null", "null", "application/json"],
    ["no JSON", "{", "application/json"],
    ["a payload of null", "payload=null", FORM],
    ["a form with neither command nor payload", "text=a", FORM],
    ["a form of another spelling", "a=b", `${FORM}; charset=utf-8`],
  ])("%s is refused, and the process lives on", async (_, body, contentType) => {
    const bot = await startBot();
    expect((await bot.post(signBody(body, contentType, context))).status).toBe(400);
    expect(await bot.send()).toMatchObject({ outcome: "answered" });
  });
});

describe("createSlackBot", () => {
  test("refuses an empty signing secret, which would let anybody in", () => {
    const options = {
      store: storeOf(async () => []),
      records: createMemoryRecordStore({ now: () => NOW_MS }),
      aliases: new Map(),
    };
    expect(() =>
      createSlackBot({ ...options, signingSecret: "", tables: "auto", maxStalenessMs: 0, logger: recordingLogger([]) }),
    ).toThrow(TypeError);
  });
});

function fails(): Promise<never> {
  return Promise.reject(new Error("canary"));
}
