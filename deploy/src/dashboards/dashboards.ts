import type { Dashboard } from "@grafana/grafana-foundation-sdk/dashboard";
import { EXPORTER_HEALTH } from "./exporter-health.ts";
import { OVERVIEW } from "./overview.ts";

/** Every dashboard; the file of each is named after its `uid`. */
export const DASHBOARDS: readonly Dashboard[] = [OVERVIEW, EXPORTER_HEALTH];
