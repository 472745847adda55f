import { writeFile } from "node:fs/promises";
import { formatListenAddress, listenProblem, type ListenAddress } from "@fc-async/daemon";
import { createEmulator, openApiContract } from "@fc-async/emulator";
import { nodeHash } from "@fc-async/protocol/node";
import { startAdminServer, type AdminServer } from "../admin/start-admin-server.ts";
import { greeting, type GreetingTls } from "../command-line/greeting.ts";
import { isLogged, requestText } from "../command-line/request-text.ts";
import { CHURN, type ServeFlags } from "../command-line/serve-flags.ts";
import { connectableHostname } from "../server/connectable-hostname.ts";
import { startEmulatorServer, type EmulatorServer } from "../server/start-emulator-server.ts";
import { selfMadeIdentity } from "../tls/self-made-identity.ts";
import type { TlsIdentity } from "../tls/tls-identity.ts";
import type { ServeInput } from "./serve-input.ts";
import { startNotes } from "./start-notes.ts";

const EVERY_ADDRESS = "0.0.0.0";

/** A running emulator. */
export interface Serving {
  /** What to print. */
  readonly greeting: string;
  stop(): Promise<void>;
}

/** Why an emulator could not start, in one line with the next step. */
export class CannotServe extends Error {
  override readonly name = "CannotServe";
  /** `input` when a flag or a file is to be changed, `listen` when the system refused an address. */
  readonly code: "input" | "listen";

  constructor(code: "input" | "listen", message: string, cause: unknown) {
    super(message, { cause });
    this.code = code;
  }
}

/**
 * Starts the emulator that flags and files describe, and its admin API.
 *
 * @param log - takes each line of the request log
 * @throws {CannotServe} when an address cannot be listened on or the CA not be written; nothing runs then.
 */
export async function serve(flags: ServeFlags, input: ServeInput, log: (text: string) => void): Promise<Serving> {
  const { "listen-address": address, "admin.listen-address": adminAddress, "default-region": defaultRegion } = flags;
  const { accounts, throttle } = input.seed;
  const churn = input.seed.churn ?? (flags.churn ? CHURN : undefined);
  const regions = [defaultRegion, ...accounts.flatMap((account) => Object.keys(account.regions))];
  const tls = await tlsOf(input.tls, regions, flags["tls.ca-file"]);
  const emulator = createEmulator({
    accounts,
    faults: input.faults,
    churn,
    throttle,
    defaultRegion,
    pagination: flags.pagination,
    tokenTtlMs: flags["token-ttl"],
    skewMs: flags.skew,
    maxSkewMs: flags["max-skew"],
    contract: flags.contract === "off" ? undefined : openApiContract(flags.contract),
    hash: nodeHash,
    onRequest: (record) => {
      if (isLogged(record, flags["log.level"])) log(requestText(record));
    },
  });

  const server = await listening("listen-address", address, () => {
    const { hostname = EVERY_ADDRESS, port } = address;
    return startEmulatorServer({ emulator, hostname, port, tls: tls?.identity });
  });
  let admin: AdminServer | undefined;
  try {
    admin =
      adminAddress &&
      (await listening("admin.listen-address", adminAddress, () => startAdminServer(emulator, adminAddress)));
  } catch (error) {
    await server.close();
    throw error;
  }
  return {
    greeting: greeting({
      url: server.url,
      endpointTemplate: server.endpointTemplate,
      adminUrl: adminAddress && admin && adminUrl(adminAddress, admin.port),
      defaultRegion,
      accounts,
      rowCount: rowCounter(emulator.state.accounts),
      isDemo: flags["seed.file"] === undefined,
      notes: startNotes(flags, { faultRules: input.faults.length, churn, throttle }),
      tls: tls?.shown,
    }),
    stop: () => stopBoth(server, admin),
  };
}

async function tlsOf(
  tls: ServeInput["tls"],
  regions: readonly string[],
  caFile: string | undefined,
): Promise<{ readonly identity: TlsIdentity; readonly shown: GreetingTls } | undefined> {
  if (tls === undefined) return undefined;
  if (tls !== "self-made") return { identity: tls, shown: { kind: "given" } };
  const identity = await selfMadeIdentity(regions, Date.now());
  if (caFile !== undefined) {
    await writeFile(caFile, identity.ca).catch((error: unknown) => {
      const reason = error instanceof Error ? error.message : String(error);
      throw new CannotServe("input", `--tls.ca-file: ${caFile} cannot be written (${reason})`, error);
    });
  }
  return { identity, shown: { kind: "self-made", validUntil: identity.validUntil, caFile } };
}

async function listening<Server>(
  flag: "listen-address" | "admin.listen-address",
  address: ListenAddress,
  start: () => Promise<Server>,
): Promise<Server> {
  try {
    return await start();
  } catch (error) {
    throw new CannotServe("listen", `--${flag}: ${listenProblem(error, address)}`, error);
  }
}

function adminUrl({ hostname }: ListenAddress, port: number): string {
  return `http://${formatListenAddress({ hostname: connectableHostname(hostname), port })}`;
}

function rowCounter(
  states: readonly { readonly accountId: string; readonly regions: Readonly<Record<string, number>> }[],
): (accountId: string, region: string) => number {
  const counts = new Map(states.map(({ accountId, regions }) => [accountId, regions]));
  return (accountId, region) => counts.get(accountId)?.[region] ?? 0;
}

async function stopBoth(server: EmulatorServer, admin: AdminServer | undefined): Promise<void> {
  await Promise.all([server.close(), admin?.stop()]);
}
