export { createExporter, type Exporter, type ExporterOptions } from "./create-exporter.ts";
export { exporterProgram, FLAGS } from "./command-line/program.ts";
export type { Build } from "./metrics/self-families.ts";
