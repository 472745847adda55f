import { expect, test } from "vitest";
import { signBody, signCommand, slashCommand } from "@fc-async/slack-sim";

// The recorded request of https://docs.slack.dev/authentication/verifying-requests-from-slack/
const recordedSecret = "8f742231b10e8888abcd99yyyzzz85a5";
const recordedFields = {
  token: "xyzz0WbapA4vBCDEFasx0q6G",
  team_id: "T1DC2JH3J",
  team_domain: "testteamnow",
  channel_id: "G8PSS9T3V",
  channel_name: "foobar",
  user_id: "U2CERLKJA",
  user_name: "roadrunner",
  command: "/webhook-collect",
  text: "",
  response_url: "https://hooks.slack.com/commands/T1DC2JH3J/397700885554/96rGlfmibIGlgcZRskXaIFfN",
  trigger_id: "398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c",
};

test("signs the recorded request of Slack's documentation, byte for byte", () => {
  const request = signCommand(recordedFields, { signingSecret: recordedSecret, nowMs: 1_531_420_618_999 });
  expect(request.body).toBe(
    "token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar" +
      "&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com" +
      "%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN" +
      "&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c",
  );
  expect(request.headers["x-slack-request-timestamp"]).toBe("1531420618");
  expect(request.headers["x-slack-signature"]).toBe(
    "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503",
  );
});

test("another body, secret or second gives another signature", () => {
  const sign = (body: string, signingSecret: string, nowMs: number): string | undefined =>
    signBody(body, "text/plain", { signingSecret, nowMs }).headers["x-slack-signature"];
  const signatures = [sign("a", "s", 1000), sign("b", "s", 1000), sign("a", "t", 1000), sign("a", "s", 2000)];
  expect(new Set(signatures).size).toBe(4);
});

test("escapes what the user typed as Slack does and gives every delivery its own trigger", () => {
  let next = 0;
  const newId = (): string => `id-${next++}`;
  const first = slashCommand({ text: "list <a&b>", newId });
  expect(first.text).toBe("list &lt;a&amp;b&gt;");
  expect(first.trigger_id).not.toBe(slashCommand({ newId }).trigger_id);
  expect(new URL(first.response_url).hostname).toBe("hooks.slack.com");
});
