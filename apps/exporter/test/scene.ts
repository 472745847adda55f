import { get, type IncomingHttpHeaders } from "node:http";
import { startServer } from "@fc-async/daemon";
import {
  createEmulator,
  demoAccounts,
  openApiContract,
  type AccessKey,
  type Account,
  type Emulator,
  type FaultRule,
} from "@fc-async/emulator";
import { createInventory, type Inventory, type InventoryAccount, type PollEvent } from "@fc-async/inventory";
import { nodeHash } from "@fc-async/protocol/node";
import { createExporter, webPaths, type Exporter, type ReloadOutcome } from "fc-async-exporter";
import { expect, onTestFinished, vi } from "vitest";

export const START_MS: number = Date.UTC(2026, 10, 23, 9, 0, 0);
export const MINUTE_MS = 60_000;

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** The exporter before the emulator, over a real socket, under a fake clock. */
export interface Scene {
  readonly emulator: Emulator;
  readonly inventory: Inventory;
  readonly exporter: Exporter;
  /** Polls and exposes these accounts from now on. */
  replan(accounts: readonly Account[]): void;
  readonly url: string;
  /** Tells the exporter of something as the poll loop would. */
  observe(event: PollEvent): void;
  /** What could not be rendered or answered: nothing, or the test says so. */
  readonly errors: readonly unknown[];
  /** Lets every target be polled once from here on; time passes as far as that takes. */
  poll(): Promise<void>;
  /** Lets time pass without asking what happens meanwhile. */
  advance(ms: number): Promise<void>;
  request(path: string, headers?: Readonly<Record<string, string>>, method?: string): Promise<Answer>;
  /** `/metrics` in the text format. */
  metrics(): Promise<string>;
}

export interface SceneOptions {
  /** Default: the demo. */
  readonly accounts?: readonly Account[];
  readonly faults?: readonly FaultRule[];
  /** Told about each request once the emulator has answered it. */
  readonly onRequest?: () => void;
  /** How long the emulator's tokens are good. Default: for ever. */
  readonly tokenTtlMs?: number;
  readonly maxStalenessMs?: number;
  readonly maxInfoSeries?: number;
  readonly telemetryPath?: string;
  readonly paths?: { readonly routePrefix?: string; readonly externalUrl?: URL };
  readonly reload?: () => Promise<ReloadOutcome>;
}

/** Makes the emulator's accounts what a configuration would name; the keys of an account are one provider, however often. */
function configuring(): (accounts: readonly Account[]) => readonly InventoryAccount[] {
  const providers = new Map<string, () => AccessKey>();
  const providerOf = (key: AccessKey): (() => AccessKey) => {
    const provider = providers.get(key.accessKeyId) ?? (() => key);
    providers.set(key.accessKeyId, provider);
    return provider;
  };
  return (accounts) =>
    accounts.map(({ accountId, accessKeys: [key], regions }, index) => {
      if (key === undefined) throw new Error(`account ${accountId} has no key`);
      return {
        accountId,
        alias: ["prod", "staging"][index],
        regions: Object.keys(regions),
        credentials: providerOf(key),
      };
    });
}

export async function scene(options: SceneOptions = {}): Promise<Scene> {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "Date"], now: START_MS });
  onTestFinished(() => void vi.useRealTimers());
  const {
    accounts = demoAccounts(),
    faults,
    onRequest,
    tokenTtlMs,
    maxStalenessMs = 15 * MINUTE_MS,
    maxInfoSeries = 10_000,
    telemetryPath = "/metrics",
    reload,
  } = options;
  const shown = { maxStalenessMs, maxInfoSeries, maxServiceSeries: 8000, configHash: 42, configText: "accounts: []\n" };
  const emulator = createEmulator({
    accounts,
    hash: nodeHash,
    faults,
    onRequest,
    tokenTtlMs,
    contract: openApiContract("fail"),
  });
  const configured = configuring();
  const exchanges = wholeExchanges(emulator);
  const errors: unknown[] = [];
  let polls = 0;
  const inventory = createInventory({
    accounts: configured(accounts),
    fetch: exchanges.fetch,
    hash: nodeHash,
    random: () => 0.5,
    onEvent: (event) => {
      exporter.observe(event);
      if (event.type === "poll_succeeded" || event.type === "poll_failed") polls += 1;
    },
  });
  const exporter = createExporter({
    store: inventory.store,
    plan: { ...shown, targets: inventory.targets },
    build: { version: "1.2.3", revision: "abc", branch: "main", nodeVersion: "v24.0.0" },
    paths: webPaths({ telemetryPath, ...options.paths }),
    reload,
    monotonicNow: Date.now,
    onError: (error) => errors.push(error),
  });
  const server = await startServer(exporter.handler, { hostname: "127.0.0.1", port: 0 });
  onTestFinished(async () => {
    await Promise.all([inventory.stop(), server.stop()]);
    exporter.stop();
  });
  const url = `http://127.0.0.1:${server.port}`;

  /** Walks in memory need turns of the loop, not time: waits until no exchange runs and no further request comes. */
  const quiet = async (): Promise<void> => {
    for (let turns = 0, seen = -1; turns < 20; turns += 1) {
      await new Promise((resolve) => setImmediate(resolve));
      if (exchanges.areRunning() || emulator.requests.length !== seen) turns = 0;
      seen = emulator.requests.length;
    }
  };
  const advance = async (ms: number): Promise<void> => {
    await vi.advanceTimersByTimeAsync(ms);
    await quiet();
    await exporter.settled();
  };
  const request: Scene["request"] = (path, headers = {}, method = "GET") =>
    new Promise((resolve, reject) => {
      get(`${url}${path}`, { headers, method, agent: false }, (message) => {
        const parts: Buffer[] = [];
        message
          .on("data", (part: Buffer) => parts.push(part))
          .on("end", () =>
            resolve({ status: message.statusCode ?? 0, headers: message.headers, body: Buffer.concat(parts) }),
          );
      }).on("error", reject);
    });

  return {
    emulator,
    inventory,
    exporter,
    replan(next) {
      inventory.replan({ accounts: configured(next) });
      exporter.replan({ ...shown, targets: inventory.targets });
    },
    url,
    observe: exporter.observe,
    errors,
    advance,
    request,
    async poll() {
      const wanted = polls + inventory.targets.length;
      inventory.start();
      await quiet();
      for (let timers = 0; polls < wanted; timers += 1) {
        if (timers > 1000) expect.fail(`only ${polls} of ${wanted} polls ended`);
        await vi.advanceTimersToNextTimerAsync();
        await quiet();
      }
      await exporter.settled();
    },
    metrics: async () => {
      const { status, body } = await request("/metrics");
      expect(status).toBe(200);
      return body.toString();
    },
  };
}

/**
 * The emulator's fetch, which knows whether an answer is still on its way: compressing works beside the loop, so that no number
 * of turns is enough for it. A request that is met by silence has none.
 */
function wholeExchanges(emulator: Emulator): { readonly fetch: typeof fetch; areRunning(): boolean } {
  let running = 0;
  return {
    areRunning: () => running > 0 && emulator.faults.armed.every(({ rule }) => rule.action.type !== "silence"),
    async fetch(input, init) {
      running += 1;
      try {
        const response = await emulator.fetch(input, init);
        return new Response(await whole(response), response);
      } finally {
        running -= 1;
      }
    },
  };
}

/** The body, or one that fails as it does. */
function whole(response: Response): Promise<ArrayBuffer | ReadableStream> {
  return response
    .arrayBuffer()
    .catch((error: unknown) => new ReadableStream({ start: (controller) => controller.error(error) }));
}
