import {
  createInventoryOptions,
  createLogger,
  openWebConfig,
  readConfiguration,
  webConfigProblems,
  type Config,
  type Environment,
  type InventoryOptions,
  type Logger,
  type WebConfigSource,
} from "@fc-async/daemon";
import { createInventory, pollLogLine, type Inventory, type PollEvent } from "@fc-async/inventory";
import type { ServeFlags } from "../command-line/serve-flags.ts";
import { createExporter, type Exporter } from "../create-exporter.ts";
import { exporterPlan } from "../exporter-plan.ts";
import type { Build } from "../metrics/self-families.ts";
import { createReloader, type Reload, type ReloadOutcome } from "../reload/create-reloader.ts";
import { startTracing, type Tracing } from "../tracing/start-tracing.ts";
import { webPaths } from "../web/web-paths.ts";

/** What the exporter is given by its process. */
export interface ServePlatform {
  readonly env: Environment;
  readonly build: Build;
  /** Writes a line of the log. */
  readonly writeLog: (line: string) => void;
}

/** The parts of an exporter, joined and not yet started. */
export interface ExporterParts {
  readonly logger: Logger;
  readonly inventory: Inventory;
  readonly exporter: Exporter;
  /** None without a file. */
  readonly reload: Reload | undefined;
  /** Who is served how; none without a web config file. */
  readonly web: WebConfigSource | undefined;
  /** To be stopped after the inventory; none without a collector. */
  readonly tracing: Tracing | undefined;
}

export type SetUp =
  | ({ readonly ok: true } & ExporterParts)
  | { readonly ok: false; readonly problems: readonly string[] };

/** Reads the configuration and joins the parts; everything that is wrong comes back at once. */
export async function setUp(flags: ServeFlags, { env, build, writeLog }: ServePlatform): Promise<SetUp> {
  const file = flags["config.file"];
  const logger = createLogger({ level: flags["log.level"], format: flags["log.format"], write: writeLog });
  const reading = await readConfiguration({ file, env });
  const webProblems = webConfigProblems(flags["web.config.file"]);
  if (!reading.ok || webProblems.length > 0) {
    return { ok: false, problems: [...(reading.ok ? [] : reading.problems), ...webProblems] };
  }
  const collector = flags["config.check"] ? undefined : flags["tracing.otlp-endpoint"];
  const tracing =
    collector === undefined
      ? undefined
      : await startTracing({
          endpoint: collector,
          version: build.version,
          onError: (error) => logger.warn("the collector takes no spans", { err: error }),
        });
  let exporter: Exporter | undefined;
  const onEvent = (event: PollEvent): void => {
    const { level, message, fields } = pollLogLine(event);
    logger[level](message, fields);
    exporter?.observe(event);
    tracing?.observe(event);
  };
  const joined = inventoryOf(reading.config, { env, file, onEvent });
  if (!joined.ok) return joined;
  const { inventory, optionsOf } = joined;

  const reloader = createReloader<Config>({
    load: async () => {
      const read = await readConfiguration({ file, env });
      return read.ok ? { ok: true, loaded: read.config } : read;
    },
    apply: (config) => {
      inventory.replan(optionsOf(config));
      exporter?.replan(exporterPlan(config, inventory.targets));
      return inventory.targets.length;
    },
    onOutcome: (outcome) => {
      exporter?.observeReload(outcome);
      logOutcome(outcome, logger);
    },
  });
  const reload = file === undefined ? undefined : reloader;
  exporter = createExporter({
    store: inventory.store,
    plan: exporterPlan(reading.config, inventory.targets),
    build,
    paths: webPaths({
      telemetryPath: flags["web.telemetry-path"],
      routePrefix: flags["web.route-prefix"],
      externalUrl: flags["web.external-url"],
    }),
    reload,
    onError: (error) => logger.error("metrics could not be rendered", { err: error }),
  });
  const web = await webConfigOf(flags["web.config.file"], logger);
  return { ok: true, logger, inventory, exporter, reload, web, tracing };
}

type JoinedInventory =
  | {
      readonly ok: true;
      readonly inventory: Inventory;
      readonly optionsOf: (config: Config) => InventoryOptions;
    }
  | { readonly ok: false; readonly problems: readonly string[] };

function inventoryOf(
  config: Config,
  {
    env,
    file,
    onEvent,
  }: { readonly env: Environment; readonly file: string | undefined; readonly onEvent: (event: PollEvent) => void },
): JoinedInventory {
  try {
    const optionsOf = createInventoryOptions(env);
    return { ok: true, inventory: createInventory({ ...optionsOf(config), onEvent }), optionsOf };
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return { ok: false, problems: [`${file ?? "environment"}: ${error.message}`] };
  }
}

async function webConfigOf(file: string | undefined, logger: Logger): Promise<WebConfigSource | undefined> {
  if (file === undefined) return undefined;
  return openWebConfig({
    file,
    onProblem: (problem) => logger.error("web config", { err: problem }),
    onReload: () => logger.info("web config reloaded", { file }),
  });
}

function logOutcome(outcome: ReloadOutcome, logger: Logger): void {
  if (outcome.ok) logger.info("configuration reloaded", { targets: outcome.targets });
  else {
    const err = outcome.problems.join("; ");
    logger.error("configuration not reloaded, the one before stays in force", { err });
  }
}
