export { FLAGS } from "./command-line/program.ts";
export { readRequest, type RequestReading } from "./request/read-request.ts";
export type { Sample, SampleProof } from "./samples/sample.ts";
export { samplesFor } from "./samples/samples-for.ts";
export {
  createExplorerApp,
  type ExplorerApp,
  type ExplorerAppOptions,
  type ExplorerRequestRecord,
} from "./server/create-explorer-app.ts";
