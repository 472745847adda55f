import { startEmulatorServer } from "fc-async-emulator";
import type { Account, Emulator } from "@fc-async/emulator";
import { onTestFinished } from "vitest";
import { startExporter, type RunningExporter } from "./start-exporter.ts";
import type { RunningPrometheus } from "./run-prometheus.ts";
import { startPrometheus } from "./start-prometheus.ts";

/** Keys of the configuration file beside its accounts. */
export type ConfigurationKeys = Readonly<Record<string, unknown>>;

/** A configuration file, as JSON, which is YAML: every account and region of the emulator, read each second and dropped after eight. */
export function configurationOf(accounts: readonly Account[], endpoint: string, keys: ConfigurationKeys = {}): string {
  const listed = accounts.map(({ accountId, accessKeys: [key], regions }) => ({
    account_id: accountId,
    regions: Object.keys(regions),
    credentials: {
      access_key_id: key?.accessKeyId,
      access_key_secret: key?.accessKeySecret,
      ...(key?.securityToken === undefined ? {} : { security_token: key.securityToken }),
    },
    endpoint,
  }));
  return JSON.stringify({ poll: { interval: "1s", max_staleness: "8s" }, accounts: listed, ...keys }, undefined, 1);
}

/** An exporter as a process of its own before an emulator in the test's process; both end with the test. */
export interface ExporterScene {
  readonly exporter: RunningExporter;
  /** Of the emulator, with places for account and region. */
  readonly endpoint: string;
  /** `/metrics` in the text format. */
  metrics(): Promise<string>;
}

export async function startExporterScene(
  emulator: Emulator,
  accounts: readonly Account[],
  keys: ConfigurationKeys = {},
  flags: readonly string[] = [],
): Promise<ExporterScene> {
  const server = await startEmulatorServer({ emulator, hostname: "127.0.0.1", port: 0 });
  onTestFinished(() => server.close());
  const endpoint = server.endpointTemplate;
  const exporter = await startExporter(configurationOf(accounts, endpoint, keys), { flags });
  onTestFinished(async () => void (await exporter.stop()));
  return { exporter, endpoint, metrics: async () => (await fetch(`${exporter.url}/metrics`)).text() };
}

/** The same with a real Prometheus that scrapes the exporter each second. */
export async function startScrapedScene(
  emulator: Emulator,
  accounts: readonly Account[],
  keys: ConfigurationKeys = {},
): Promise<ExporterScene & { readonly prometheus: RunningPrometheus }> {
  const scene = await startExporterScene(emulator, accounts, keys);
  const prometheus = await startPrometheus(new URL(scene.exporter.url).host);
  onTestFinished(async () => void (await prometheus.stop()));
  return { ...scene, prometheus };
}
