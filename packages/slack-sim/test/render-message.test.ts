import { expect, test } from "vitest";
import { readMessage, renderMessage } from "@fc-async/slack-sim";

const message = {
  responseType: "ephemeral" as const,
  text: "unused when there are blocks",
  blocks: [
    { type: "header", text: { type: "plain_text", text: "2 functions & more" } },
    {
      type: "section",
      text: { type: "mrkdwn", text: "*Bold*, `code`, a &lt;b&gt; &amp;amp; 2*3*4\n```\nname  n\na     1\n```" },
    },
    {
      type: "data_table",
      caption: "Services",
      rows: [
        [
          { type: "raw_text", text: "Service" },
          { type: "raw_text", text: "Functions" },
        ],
        [
          { type: "raw_text", text: "orders" },
          { type: "raw_number", value: 12, text: "12" },
        ],
      ],
    },
    { type: "divider" },
    { type: "context", elements: [{ type: "mrkdwn", text: "as of <!date^0^{time}|1970-01-01 00:00 UTC>" }] },
    { type: "section", fields: [{ type: "mrkdwn", text: "<!channel>" }] },
    { type: "video" },
  ],
};

test("draws blocks below each other, with tables aligned and markup resolved", async () => {
  await expect(renderMessage(message)).toMatchFileSnapshot("golden/message.txt");
});

test("makes headers bold and context dim only when asked to", () => {
  expect(renderMessage(message)).not.toContain("\u{1B}");
  const colored = renderMessage(message, { color: true });
  expect(colored).toContain("\u{1B}[1m2 functions & more\u{1B}[22m");
  expect(colored).toContain("\u{1B}[2mas of 1970-01-01 00:00 UTC\u{1B}[22m");
});

test("shows the text of a message without blocks", () => {
  expect(renderMessage({ responseType: "ephemeral", text: "a &amp; b", blocks: [] })).toBe("a & b");
});

test("reads an acknowledgement as Slack does: nothing, text, or a message", () => {
  expect(readMessage("", "")).toBeUndefined();
  expect(readMessage("hello", "text/plain")).toEqual({ responseType: "ephemeral", text: "hello", blocks: [] });
  expect(readMessage('{"response_type":"in_channel","text":"hi"}', "application/json; charset=utf-8")).toEqual({
    responseType: "in_channel",
    text: "hi",
    blocks: [],
  });
  expect(() => readMessage("[]", "application/json")).toThrow(TypeError);
});
