import { configHash, maskedConfiguration, type Config } from "@fc-async/daemon";
import type { PlannedTarget } from "@fc-async/inventory";
import type { ExporterPlan } from "./create-exporter.ts";

/** What of a configuration the exporter exposes and shows. */
export function exporterPlan(config: Config, targets: readonly PlannedTarget[]): ExporterPlan {
  const { maxInfoSeries, maxServiceSeries } = config.exporter;
  return {
    targets,
    maxStalenessMs: config.poll.maxStalenessMs,
    maxInfoSeries,
    maxServiceSeries,
    configHash: configHash(config),
    configText: maskedConfiguration(config),
  };
}
