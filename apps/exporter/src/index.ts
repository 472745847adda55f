export { HEALTH_FLAGS } from "./command-line/health-flags.ts";
export { SERVE_FLAGS } from "./command-line/serve-flags.ts";
export { createExporter, type Exporter, type ExporterOptions, type ExporterPlan } from "./create-exporter.ts";
export type { Build } from "./metrics/self-families.ts";
export type { Reload, ReloadOutcome } from "./reload/create-reloader.ts";
export { webPaths, type WebPaths } from "./web/web-paths.ts";
