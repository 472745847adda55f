export { createExporter, type Exporter, type ExporterOptions } from "./create-exporter.ts";
export { exporterProgram, FLAGS } from "./command-line/program.ts";
export type { Build } from "./metrics/self-families.ts";
export { renderVerifyReport, type ReportFormat } from "./verify/render-verify-report.ts";
export { runVerify, type RunVerifyOptions } from "./verify/run-verify.ts";
export { verifyCommand, type VerifyCommandOptions } from "./verify/verify-command.ts";
export { VERIFY_FLAGS, type VerifyFlags } from "./verify/verify-flags.ts";
export type { Finding, VerifyReport } from "./verify/verify-report.ts";
