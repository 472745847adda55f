import { CATALOGUE, familiesFromPromClient, type SelfFamily } from "@fc-async/exposition";
import { collectDefaultMetrics, Registry } from "prom-client";

export interface Build {
  readonly version: string;
  /** Empty where the build did not say. */
  readonly revision: string;
  readonly branch: string;
  /** As `process.version` writes it. */
  readonly nodeVersion: string;
}

/** What the exporter says about itself, as it stands. */
export interface SelfState {
  readonly build: Build;
  readonly configHash: number;
  readonly lastReloadSucceeded: boolean;
  /** When the configuration in force was loaded. */
  readonly configLoadedAtMs: number;
  readonly storeIsUp: boolean;
  /** None before the first write. */
  readonly storeWrittenAtMs: number | undefined;
}

/** How long the readings stay: a second of many scrapes reads and compresses them once. */
const LIFETIME_MS = 1000;

/**
 * Makes the reader of the self metrics. It returns the very same array for a second, or until what it says of the store or the configuration changes.
 *
 * @param nowMs - A clock that never goes back.
 */
export function createSelfFamilies(nowMs: () => number): (state: SelfState) => Promise<readonly SelfFamily[]> {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  let made: { readonly key: string; readonly atMs: number; readonly families: readonly SelfFamily[] } | undefined;

  return async (state) => {
    const { configHash, configLoadedAtMs, lastReloadSucceeded, storeIsUp } = state;
    const key = `${storeIsUp} ${configHash} ${configLoadedAtMs} ${lastReloadSucceeded}`;
    if (made !== undefined && made.key === key && nowMs() - made.atMs < LIFETIME_MS) return made.families;
    // Three of prom-client's gauges end in `_total`, which promtool refuses: the catalogue does not have them.
    const ofProcess = (await registry.getMetricsAsJSON()).filter(({ name }) => CATALOGUE.has(name));
    const families = [...ofExporter(state), ...familiesFromPromClient(ofProcess)];
    made = { key, atMs: nowMs(), families };
    return families;
  };
}

function ofExporter(state: SelfState): readonly SelfFamily[] {
  const { configHash, lastReloadSucceeded, configLoadedAtMs, storeIsUp, storeWrittenAtMs } = state;
  const { version, revision, branch, nodeVersion } = state.build;
  const labels = { version, revision, branch, nodeversion: nodeVersion };
  const families: SelfFamily[] = [
    { name: "aliyun_fc_exporter_build_info", samples: [{ labels, value: 1 }] },
    { name: "aliyun_fc_exporter_config_hash", samples: [{ value: configHash }] },
    {
      name: "aliyun_fc_exporter_config_last_reload_successful",
      samples: [{ value: lastReloadSucceeded ? 1 : 0 }],
    },
    {
      name: "aliyun_fc_exporter_config_last_reload_success_timestamp_seconds",
      samples: [{ value: configLoadedAtMs / 1000 }],
    },
    { name: "aliyun_fc_exporter_store_up", samples: [{ value: storeIsUp ? 1 : 0 }] },
  ];
  if (storeWrittenAtMs !== undefined) {
    families.push({
      name: "aliyun_fc_exporter_store_last_write_timestamp_seconds",
      samples: [{ value: storeWrittenAtMs / 1000 }],
    });
  }
  return families;
}
