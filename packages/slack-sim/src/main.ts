import { Command } from "commander";
import { runCommand } from "./run-command.ts";
import { DEVELOPMENT_SIGNING_SECRET } from "./sign-command.ts";

const program = new Command("slack")
  .description("Sends one slash command to a running bot, signed as Slack signs it, and prints the answer.")
  .argument("[line...]", "what a user types: /fc-async services", [])
  .option("--url <url>", "where the bot receives commands", "http://127.0.0.1:10408/slack/events")
  // Not as the option's default: help shows defaults.
  .option("--signing-secret <secret>", "default: SLACK_SIGNING_SECRET of the environment, else the development secret")
  .action(async (line: readonly string[], options: { readonly url: string; readonly signingSecret?: string }) => {
    const result = await runCommand(line.join(" "), {
      url: options.url,
      signingSecret: options.signingSecret ?? process.env["SLACK_SIGNING_SECRET"] ?? DEVELOPMENT_SIGNING_SECRET,
      color: process.stdout.isTTY && !process.env["NO_COLOR"],
    });
    if (result.output !== "") console.log(result.output);
    for (const problem of result.problems) console.error(`slack: ${problem}`);
    process.exitCode = result.problems.length === 0 ? 0 : 1;
  });
await program.parseAsync();
