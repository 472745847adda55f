import { expect, test } from "vitest";
import { readSigningSecret } from "../src/command-line/signing-secret.ts";

const files = (content: string) => (): string => content;
const missing = (): string => {
  throw Object.assign(new Error("ENOENT: no such file"), { code: "ENOENT" });
};

test.each([
  ["the environment", { SLACK_SIGNING_SECRET: "abc" }, missing],
  ["a file, without its line break", { SLACK_SIGNING_SECRET_FILE: "/run/secrets/slack" }, files("abc\n")],
])("takes the secret from %s", (_, env, readFile) => {
  const reading = readSigningSecret(env, readFile);
  expect(reading.ok && reading.signingSecret.reveal()).toBe("abc");
  expect(JSON.stringify(reading)).not.toContain("abc");
});

test.each([
  ["neither", {}, missing, /^SLACK_SIGNING_SECRET is not set; .*Basic Information/u],
  ["both", { SLACK_SIGNING_SECRET: "abc", SLACK_SIGNING_SECRET_FILE: "/f" }, files("abc"), /both set/u],
  ["an empty one", { SLACK_SIGNING_SECRET: "" }, missing, /^SLACK_SIGNING_SECRET is empty/u],
  ["an empty file", { SLACK_SIGNING_SECRET_FILE: "/f" }, files(" \n"), /^SLACK_SIGNING_SECRET_FILE: \/f is empty/u],
  ["no file", { SLACK_SIGNING_SECRET_FILE: "/f" }, missing, /\/f cannot be read \(ENOENT\)/u],
])("refuses %s, without showing it", (_, env, readFile, problem) => {
  const reading = readSigningSecret(env, readFile);
  expect(reading.ok || reading.problem).toMatch(problem);
  expect(reading.ok || reading.problem).not.toContain("abc");
});
