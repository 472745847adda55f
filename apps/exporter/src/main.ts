#!/usr/bin/env node
import {
  configHash,
  createLogger,
  EXIT_FAILED,
  EXIT_USAGE,
  fileProblems,
  formatListenAddress,
  inventoryOptions,
  listenProblem,
  readConfiguration,
  readFlags,
  runUntilSignal,
  startServer,
  type Config,
  type FlagValues,
  type Logger,
  type RunningServer,
} from "@fc-async/daemon";
import { createInventory, pollLogLine, type Inventory, type PollEvent } from "@fc-async/inventory";
import packageJson from "../package.json" with { type: "json" };
import { exporterProgram, FLAGS } from "./command-line/program.ts";
import { createExporter, type Exporter } from "./create-exporter.ts";

const reading = readFlags(exporterProgram(packageJson.version), process.argv.slice(2));
if (reading.kind === "print") process.stdout.write(reading.text);
else if (reading.kind === "refused")
  refuse([...reading.problems, ...(await fileProblems(reading.values["config.file"], process.env))]);
else await run(reading.values);

async function run(flags: FlagValues<typeof FLAGS>): Promise<void> {
  const file = flags["config.file"];
  const logger = createLogger({
    level: flags["log.level"],
    format: flags["log.format"],
    write: (line) => process.stderr.write(line),
  });
  let exporter: Exporter | undefined;
  const onEvent = (event: PollEvent): void => {
    const { level, message, fields } = pollLogLine(event);
    logger[level](message, fields);
    exporter?.observe(event);
  };
  const loaded = await readConfiguration({ file, env: process.env });
  if (!loaded.ok) {
    refuse(loaded.problems);
    return;
  }
  const { config } = loaded;
  let inventory: Inventory;
  try {
    inventory = createInventory({ ...inventoryOptions(config, process.env), onEvent });
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    refuse([`${file ?? "environment"}: ${error.message}`]);
    return;
  }
  if (flags["config.check"]) {
    const { length } = inventory.targets;
    console.log(`${file ?? "The environment"} is right: ${length} ${length === 1 ? "target" : "targets"}.`);
    return;
  }
  exporter = exporterOf(config, inventory, flags["web.telemetry-path"], logger);
  await serve(flags, inventory, exporter, logger);
}

async function serve(
  flags: FlagValues<typeof FLAGS>,
  inventory: Inventory,
  exporter: Exporter,
  logger: Logger,
): Promise<void> {
  const servers: RunningServer[] = [];
  const stopServers = async (): Promise<void> => void (await Promise.all(servers.map((server) => server.stop())));
  for (const address of flags["web.listen-address"]) {
    try {
      const server = await startServer(exporter.handler, address);
      servers.push(server);
      logger.info("listening", { address: formatListenAddress({ ...address, port: server.port }) });
    } catch (error) {
      console.error(`fc-async-exporter: ${listenProblem(error, address)}`);
      await stopServers();
      process.exitCode = EXIT_FAILED;
      return;
    }
  }
  inventory.start();
  logger.info("polling for itself: the memory store is not shared with the bot", { targets: inventory.targets.length });
  runUntilSignal({
    signals: process,
    stop: async () => void (await Promise.all([stopServers(), inventory.stop()])),
    exit: (code) => process.exit(code),
    onStopping: (signal) => logger.info("stopping", { signal }),
    onStopFailed: (problem, error) => logger.error(problem, { err: error }),
  });
}

function exporterOf(
  config: Config,
  { store, targets, aliases }: Inventory,
  telemetryPath: string,
  logger: Logger,
): Exporter {
  return createExporter({
    store,
    targets,
    aliases,
    intervalMs: config.poll.intervalMs,
    maxStalenessMs: config.poll.maxStalenessMs,
    maxInfoSeries: config.exporter.maxInfoSeries,
    build: { version: packageJson.version, revision: "", branch: "", nodeVersion: process.version },
    configHash: configHash(config),
    telemetryPath,
    onError: (error) => logger.error("metrics could not be rendered", { err: error }),
  });
}

function refuse(problems: readonly string[]): void {
  for (const problem of problems) console.error(`fc-async-exporter: ${problem}`);
  process.exitCode = EXIT_USAGE;
}
