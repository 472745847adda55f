import { defaultFlag, LOG_FLAGS, parseListenAddress, parseText, valueFlag, type Program } from "@fc-async/daemon";

/** The flags of fc-async-slack, in the style of Prometheus' programs. */
export const FLAGS = {
  "config.file": valueFlag({
    placeholder: "file",
    help: "Configuration file, shared with the exporter. Without it one account is taken from the environment.",
    parse: parseText,
  }),
  "web.listen-address": defaultFlag({
    placeholder: "host:port",
    help: "Where Slack's requests arrive, on /slack/events.",
    defaultText: "127.0.0.1:10408",
    parse: parseListenAddress,
  }),
  "health.listen-address": defaultFlag({
    placeholder: "host:port",
    help: "Where /-/healthy and /-/ready are served, apart from what Slack reaches.",
    defaultText: "127.0.0.1:10412",
    parse: parseListenAddress,
  }),
  ...LOG_FLAGS,
};

/** The program as `readFlags` takes it. */
export function slackProgram(version: string): Program<typeof FLAGS> {
  return {
    name: "fc-async-slack",
    description: "Slack slash command: which Function Compute functions have asynchronous tasks enabled.",
    version,
    flags: FLAGS,
  };
}
