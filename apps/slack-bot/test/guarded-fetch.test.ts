import { expect, test } from "vitest";
import { guardedFetch } from "../src/slack/guarded-fetch.ts";

interface Sent {
  readonly url: string;
  readonly redirect: string | undefined;
}

function recorder(): { readonly sent: Sent[]; readonly fetch: typeof fetch } {
  const sent: Sent[] = [];
  return {
    sent,
    fetch: async (input, init) => {
      sent.push({ url: input instanceof Request ? input.url : String(input), redirect: init?.redirect });
      return new Response();
    },
  };
}

test.each([
  "https://slack.com/api/auth.test",
  "https://hooks.slack.com/commands/T1/2/3",
  "https://www.slack.com/",
  "https://HOOKS.slack.com:443/x",
])("reaches %s, and never follows a redirect", async (url) => {
  const { sent, fetch } = recorder();
  await guardedFetch(fetch)(url, { redirect: "follow" });
  expect(sent).toEqual([{ url, redirect: "error" }]);
});

test.each([
  "http://hooks.slack.com/commands/T1/2/3",
  "https://hooks.slack.com:8443/",
  "https://hooks.slack.com.example.com/",
  "https://evilslack.com/",
  "https://user:pass@hooks.slack.com/",
  "https://169.254.169.254/latest/meta-data",
  "http://127.0.0.1:10411/",
  "https://[::1]/",
  "file:///etc/passwd",
])("refuses %s", async (url) => {
  const { sent, fetch } = recorder();
  await expect(guardedFetch(fetch)(url)).rejects.toThrow(/only Slack's own hosts/u);
  expect(sent).toEqual([]);
});

test("looks at the address of a Request object, too", async () => {
  const { fetch } = recorder();
  await expect(guardedFetch(fetch)(new Request("https://example.com/"))).rejects.toThrow(TypeError);
});
