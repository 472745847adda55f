export {
  type AccountConfig,
  type Config,
  type CredentialsConfig,
  type NameFilter,
  type SecretSource,
} from "./config/config.ts";
export { ConfigError, type ConfigProblem } from "./config/config-error.ts";
export { configFromEnvironment } from "./config/config-from-environment.ts";
export { configHash } from "./config/config-hash.ts";
export { configJsonSchema } from "./config/config-json-schema.ts";
export { formatDuration } from "./config/duration.ts";
export {
  fileProblems,
  loadConfig,
  readConfiguration,
  type ConfigReading,
  type LoadConfigOptions,
} from "./config/load-config.ts";
export type { Environment } from "./config/expand-variables.ts";
export { readConfig, type ReadConfigOptions } from "./config/read-config.ts";
export { maskedConfiguration } from "./config/masked-configuration.ts";
export { renderConfigurationDocs } from "./config/render-configuration-docs.ts";
export { credentialsProvider, type CredentialsProviderOptions } from "./credentials/credentials-provider.ts";
export {
  defaultFlag,
  listFlag,
  parseOneOf,
  parseText,
  switchFlag,
  valueFlag,
  type Flag,
  type FlagReading,
} from "./flags/flag.ts";
export { parseDuration } from "./flags/parse-duration.ts";
export {
  readCommand,
  type CommandProgram,
  type CommandReading,
  type CommandTable,
  type ProgramCommand,
} from "./flags/read-command.ts";
export {
  readFlags,
  renderFlagsTable,
  type FlagsReading,
  type FlagTable,
  type FlagValues,
  type Program,
} from "./flags/read-flags.ts";
export { LOG_FLAGS } from "./flags/log-flags.ts";
export { createInventoryOptions, type InventoryOptions } from "./inventory-options.ts";
export { EXIT_FAILED, EXIT_OK, EXIT_USAGE } from "./lifecycle/exit-code.ts";
export { listenProblem } from "./lifecycle/listen-problem.ts";
export { runUntilSignal, type RunUntilSignalOptions, type StopSignal } from "./lifecycle/run-until-signal.ts";
export { formatListenAddress, parseListenAddress, type ListenAddress } from "./listen-address.ts";
export { escapeLine } from "./logs/escape-line.ts";
export { createLogger, type CreateLoggerOptions } from "./logs/create-logger.ts";
export { LOG_FORMATS, LOG_LEVELS, type LogFields, type LogFormat, type Logger, type LogLevel } from "./logs/logger.ts";
export { secret, type Secret } from "./secret.ts";
export { editDistance } from "./spelling/edit-distance.ts";
export { foreignCaller, ownHosts, type CallerHeaders, type ForeignCaller } from "./web/foreign-caller.ts";
export type { BcryptComparer } from "./web/bcrypt-comparer.ts";
export { renderWebConfigDocs } from "./web/render-web-config-docs.ts";
export {
  openWebConfig,
  webConfigProblems,
  type OpenWebConfigOptions,
  type RequestRefusal,
  type WebConfigSource,
} from "./web/open-web-config.ts";
export { readWebConfig, type FileReading, type ReadWebConfigOptions } from "./web/read-web-config.ts";
export { startServer, type RunningServer, type StartServerOptions } from "./web/start-server.ts";
export { textAnswer } from "./web/text-answer.ts";
export type { RateLimit, WebConfig, WebTlsConfig } from "./web/web-config.ts";
export { yieldToLoop } from "./yield-to-loop.ts";
