export { DASHBOARDS } from "./dashboards/dashboards.ts";
export { deployDocuments, type DeployDocument } from "./documents.ts";
export type { Alert, Recording, Severity } from "./rules/alert.ts";
export { ALERTS } from "./rules/alerts.ts";
export { RECORDINGS } from "./rules/recordings.ts";
