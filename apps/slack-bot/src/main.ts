#!/usr/bin/env node
import { readFileSync } from "node:fs";
import {
  createInventoryOptions,
  createLogger,
  EXIT_FAILED,
  EXIT_USAGE,
  fileProblems,
  formatListenAddress,
  listenProblem,
  readConfiguration,
  readFlags,
  runUntilSignal,
  startServer,
  type Config,
  type FlagValues,
  type ListenAddress,
  type Logger,
} from "@fc-async/daemon";
import { createInventory, createMemoryRecordStore, pollLogLine, type Inventory } from "@fc-async/inventory";
import packageJson from "../package.json" with { type: "json" };
import { FLAGS, slackProgram } from "./command-line/program.ts";
import { readSigningSecret, type SigningSecretReading } from "./command-line/signing-secret.ts";
import { createSlackBot, SLACK_PATH } from "./create-slack-bot.ts";
import { createHealthHandler } from "./health/create-health-handler.ts";

const reading = readFlags(slackProgram(packageJson.version), process.argv.slice(2));
if (reading.kind === "print") process.stdout.write(reading.text);
else if (reading.kind === "refused") {
  const signing = signingFromEnvironment();
  const behindFlags = await fileProblems(reading.values["config.file"], process.env);
  refuse([...reading.problems, ...behindFlags, ...(signing.ok ? [] : [signing.problem])]);
} else await run(reading.values);

async function run(flags: FlagValues<typeof FLAGS>): Promise<void> {
  const signing = signingFromEnvironment();
  const loaded = await readConfiguration({ file: flags["config.file"], env: process.env });
  if (!signing.ok || !loaded.ok) {
    refuse([...(loaded.ok ? [] : loaded.problems), ...(signing.ok ? [] : [signing.problem])]);
    return;
  }
  const { config } = loaded;
  const logger = createLogger({
    level: flags["log.level"],
    format: flags["log.format"],
    write: (line) => process.stderr.write(line),
  });
  let inventory: Inventory;
  try {
    inventory = createInventory({
      ...createInventoryOptions(process.env)(config),
      onEvent: (event) => {
        const { level, message, fields } = pollLogLine(event);
        logger[level](message, fields);
      },
    });
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    refuse([`${flags["config.file"] ?? "environment"}: ${error.message}`]);
    return;
  }
  await serve(flags, config, inventory, signing.signingSecret.reveal(), logger);
}

async function serve(
  flags: FlagValues<typeof FLAGS>,
  config: Config,
  inventory: Inventory,
  signingSecret: string,
  logger: Logger,
): Promise<void> {
  const { store, targets } = inventory;
  const aliases = new Map(
    targets.flatMap(({ target, alias }) => (alias === undefined ? [] : [[target.accountId, alias]])),
  );
  const { maxStalenessMs } = config.poll;
  const records = createMemoryRecordStore({ now: Date.now });
  const { tables } = config.slack;
  const bot = createSlackBot({ store, records, aliases, signingSecret, tables, maxStalenessMs, logger });

  const stops: (() => Promise<void>)[] = [];
  const listen = async (
    address: ListenAddress,
    start: () => Promise<{ readonly port: number; stop(): Promise<void> }>,
  ) => {
    try {
      const server = await start();
      stops.push(() => server.stop());
      return formatListenAddress({ ...address, port: server.port });
    } catch (error) {
      console.error(`fc-async-slack: ${listenProblem(error, address)}`);
      return undefined;
    }
  };
  const web = flags["web.listen-address"];
  const health = flags["health.listen-address"];
  const webText = await listen(web, async () => ({ ...(await bot.start(web)), stop: () => bot.stop() }));
  const healthText = await listen(health, () => startServer(createHealthHandler(store), health));
  if (webText === undefined || healthText === undefined) {
    await Promise.all(stops.map((stop) => stop()));
    process.exitCode = EXIT_FAILED;
    return;
  }

  inventory.start();
  logger.info("serving Slack", { address: webText, path: SLACK_PATH, health: healthText });
  logger.info("polling for itself: the memory store is not shared with the exporter", { targets: targets.length });
  runUntilSignal({
    signals: process,
    stop: async () => void (await Promise.all([...stops.map((stop) => stop()), inventory.stop()])),
    exit: (code) => process.exit(code),
    onStopping: (signal) => logger.info("stopping", { signal }),
    onStopFailed: (problem, error) => logger.error(problem, { err: error }),
  });
}

function signingFromEnvironment(): SigningSecretReading {
  return readSigningSecret(process.env, (path) => readFileSync(path, "utf8"));
}

function refuse(problems: readonly string[]): void {
  for (const problem of problems) console.error(`fc-async-slack: ${problem}`);
  process.exitCode = EXIT_USAGE;
}
