import { demoAccounts, parseFaults, parseSeed, type FaultRule, type Seed } from "@fc-async/emulator";
import type { ServeFlags } from "../command-line/serve-flags.ts";
import { inputFromFile } from "../input/input-from-file.ts";
import { problemsOf, type Input } from "../input/read-input.ts";
import { identityFromFiles } from "../tls/identity-from-files.ts";
import type { TlsIdentity } from "../tls/tls-identity.ts";

/** What the flags of `serve` lead to. */
export interface ServeInput {
  readonly seed: Seed;
  readonly faults: readonly FaultRule[];
  /** `undefined` serves plain HTTP. */
  readonly tls: TlsIdentity | "self-made" | undefined;
}

/** Reads the files that flags name, and tells everything wrong with them or between the flags at once. */
export async function readServeInput(flags: Partial<ServeFlags>): Promise<Input<ServeInput>> {
  const faultFile = flags["fault.file"];
  const seed = await seedFrom(flags["seed.file"]);
  const faults: Input<readonly FaultRule[]> =
    faultFile === undefined ? { ok: true, value: [] } : await inputFromFile(faultFile, parseFaults);
  const tls = await tlsFrom(flags);
  return seed.ok && faults.ok && tls.ok
    ? { ok: true, value: { seed: seed.value, faults: faults.value, tls: tls.value } }
    : { ok: false, problems: problemsOf(tls, seed, faults) };
}

/** The seed of a file, or the demo. */
export async function seedFrom(file: string | undefined): Promise<Input<Seed>> {
  return file === undefined ? { ok: true, value: { accounts: demoAccounts() } } : inputFromFile(file, parseSeed);
}

async function tlsFrom(flags: Partial<ServeFlags>): Promise<Input<ServeInput["tls"]>> {
  const isSelfSigned = flags["tls.self-signed"] === true;
  const { "tls.cert-file": certFile, "tls.key-file": keyFile, "tls.ca-file": caFile } = flags;
  const problems: string[] = [];
  const isGiven = certFile !== undefined || keyFile !== undefined;
  if (isSelfSigned && isGiven) {
    problems.push(
      "--tls.self-signed: makes a certificate, and --tls.cert-file or --tls.key-file brings one; use either",
    );
  }
  if (caFile !== undefined && !isSelfSigned) {
    problems.push("--tls.ca-file: only --tls.self-signed makes a CA to write; give both or neither");
  }
  if (certFile === undefined && keyFile !== undefined)
    problems.push("--tls.cert-file: is missing beside --tls.key-file");
  if (keyFile === undefined && certFile !== undefined)
    problems.push("--tls.key-file: is missing beside --tls.cert-file");
  if (certFile === undefined || keyFile === undefined) {
    return problems.length > 0 ? { ok: false, problems } : { ok: true, value: isSelfSigned ? "self-made" : undefined };
  }
  const identity = await identityFromFiles(certFile, keyFile);
  return problems.length > 0 ? { ok: false, problems: [...problems, ...problemsOf(identity)] } : identity;
}
