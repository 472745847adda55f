import {
  createEmulator,
  DEMO_ACCOUNT,
  demoAccounts,
  type Account,
  type Emulator,
  type EmulatorOptions,
} from "@fc-async/emulator";
import type { Credentials } from "@fc-async/protocol";
import { nodeHash } from "@fc-async/protocol/node";
import { runVerify, type RunVerifyOptions, type VerifyReport } from "fc-async-exporter";

export const CANARY = "ExampleSecretCanary0000000000";

export interface Posture {
  readonly emulator?: Partial<EmulatorOptions>;
  readonly credentials?: Partial<Credentials>;
  readonly options?: Partial<RunVerifyOptions>;
  /** Stands between: may answer by itself, or change what goes through. */
  readonly between?: ((url: URL, pass: () => Promise<Response>) => Promise<Response>) | undefined;
}

export interface Verification {
  readonly report: VerifyReport;
  readonly progress: readonly string[];
  readonly emulator: Emulator;
  /** When each request was sent, in milliseconds from the start. */
  readonly sentAtMs: readonly number[];
}

/** One run before the emulator, on a clock that only waiting moves. */
export async function verification(posture: Posture = {}): Promise<Verification> {
  const startMs = Date.UTC(2026, 10, 23, 9, 0, 0);
  let nowMs = startMs;
  let nonces = 0;
  const emulator = createEmulator({ accounts: demoAccounts(), hash: nodeHash, now: () => nowMs, ...posture.emulator });
  const progress: string[] = [];
  const sentAtMs: number[] = [];
  const { accountId, region, accessKeyId, accessKeySecret } = DEMO_ACCOUNT;
  const report = await runVerify({
    accountId,
    region,
    credentials: () => ({ accessKeyId, accessKeySecret, ...posture.credentials }),
    keys: "a key pair",
    requestsPerSecond: 10,
    fetch: async (input, init) => {
      sentAtMs.push(nowMs - startMs);
      const pass = (): Promise<Response> => emulator.fetch(input, init);
      return posture.between === undefined ? pass() : posture.between(new URL(input), pass);
    },
    hash: nodeHash,
    now: () => nowMs,
    sleep: async (ms) => void (nowMs += ms),
    nonce: () => (nonces += 1).toString().padStart(32, "0"),
    version: "1.2.3",
    nodeVersion: "v24.0.0",
    onProgress: (line) => progress.push(line),
    ...posture.options,
  });
  return { report, progress, emulator, sentAtMs };
}

/** The demo's first account with something about its key changed, and `rows` functions in its region. */
export function account(change: Partial<Account["accessKeys"][number]> = {}, rows = 250): readonly Account[] {
  const { accountId, region, accessKeyId, accessKeySecret } = DEMO_ACCOUNT;
  return [
    {
      accountId,
      accessKeys: [{ accessKeyId, accessKeySecret, ...change }],
      regions: {
        [region]: Array.from({ length: rows }, (_, index) => ({
          serviceName: `canary-service-${index % 7}`,
          functionName: `canary-function-${index}`,
          qualifier: ["LATEST", "3", "live"][index % 3] ?? "",
        })),
      },
    },
  ];
}

/** The verdict on a finding, by its title. */
export function verdictOn(report: VerifyReport, title: string): string {
  const finding = report.findings.find((candidate) => candidate.title === title);
  if (finding === undefined) throw new Error(`no finding ${title}`);
  const { kind, note } = finding.verdict;
  return note === undefined ? kind : `${kind}: ${note}`;
}
