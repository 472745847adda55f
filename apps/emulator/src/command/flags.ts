import { isIP } from "node:net";
import { Command, CommanderError, Option } from "commander";

/** What the command line asks for. */
export interface Flags {
  readonly hostname: string;
  readonly port: number;
  readonly defaultRegion: string;
  readonly seedFile: string | undefined;
  readonly faultFile: string | undefined;
  readonly logLevel: LogLevel;
}

/** `info` logs requests that were refused or hit by a fault, `debug` every request, `silent` none. */
export type LogLevel = "silent" | "info" | "debug";

export type ParsedFlags =
  | { readonly type: "run"; readonly flags: Flags }
  /** `--help` was asked for. */
  | { readonly type: "help"; readonly text: string }
  | { readonly type: "wrong"; readonly problems: readonly string[] };

const LISTEN_ADDRESS = /^(?:\[(?<bracketed>[^\]]+)\]|(?<plain>[^:]*)):(?<port>\d{1,5})$/;
const REGION = /^[a-z][a-z0-9-]*$/;
const MAX_PORT = 65_535;

interface RawFlags {
  readonly listenAddress: string;
  readonly defaultRegion: string;
  readonly "seed.file"?: string;
  readonly "fault.file"?: string;
  readonly "log.level": LogLevel;
}

/** Reads the arguments behind the program's name. */
export function parseFlags(arguments_: readonly string[]): ParsedFlags {
  let output = "";
  const command = new Command("fc-async-emulator")
    .description("A strict local emulator of Function Compute's ListStatefulAsyncInvocationFunctions.")
    .addOption(
      new Option("--listen-address <host:port>", "where to listen; port 0 takes a free one").default("127.0.0.1:10407"),
    )
    .addOption(
      new Option("--seed.file <file>", "accounts, keys and rows as YAML or JSON; without it the built-in demo"),
    )
    .addOption(new Option("--fault.file <file>", "fault rules as a YAML or JSON list"))
    .addOption(
      new Option("--default-region <region>", "region of requests whose host names none").default("cn-hangzhou"),
    )
    .addOption(
      new Option("--log.level <level>", "which requests to log").choices(["silent", "info", "debug"]).default("info"),
    )
    .allowExcessArguments(false)
    .exitOverride()
    .configureOutput({ writeOut: (text) => (output += text), writeErr: (text) => (output += text) });
  try {
    command.parse([...arguments_], { from: "user" });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return error.exitCode === 0 ? { type: "help", text: output } : { type: "wrong", problems: [output.trim()] };
  }
  return checked(command.opts<RawFlags>());
}

function checked(raw: RawFlags): ParsedFlags {
  const problems: string[] = [];
  const address = listenAddress(raw.listenAddress);
  if (address === undefined) {
    problems.push(
      `--listen-address: expected host:port like 127.0.0.1:10407 or [::1]:10407, got ${JSON.stringify(raw.listenAddress)}`,
    );
  }
  if (!REGION.test(raw.defaultRegion)) {
    problems.push(`--default-region: expected a region id like cn-hangzhou, got ${JSON.stringify(raw.defaultRegion)}`);
  }
  if (address === undefined || problems.length > 0) return { type: "wrong", problems };
  return {
    type: "run",
    flags: {
      ...address,
      defaultRegion: raw.defaultRegion,
      seedFile: raw["seed.file"],
      faultFile: raw["fault.file"],
      logLevel: raw["log.level"],
    },
  };
}

function listenAddress(text: string): Pick<Flags, "hostname" | "port"> | undefined {
  const { bracketed, plain, port: digits } = LISTEN_ADDRESS.exec(text)?.groups ?? {};
  const port = Number(digits);
  if (digits === undefined || port > MAX_PORT) return undefined;
  if (bracketed !== undefined) return isIP(bracketed) === 6 ? { hostname: bracketed, port } : undefined;
  // As Prometheus has it: ":10407" is every address.
  return { hostname: plain === undefined || plain === "" ? "0.0.0.0" : plain, port };
}
