import {
  defaultFlag,
  parseListenAddress,
  parseOneOf,
  parseText,
  valueFlag,
  type FlagReading,
  type Program,
} from "@fc-async/daemon";

const REQUEST_LEVELS = ["silent", "info", "debug"] as const;

/** `info` logs requests that were refused or hit by a fault, `debug` every request, `silent` none. */
export type RequestLevel = (typeof REQUEST_LEVELS)[number];

/** The flags of fc-async-emulator. */
export const FLAGS = {
  "listen-address": defaultFlag({
    placeholder: "host:port",
    help: "Where to serve; port 0 takes a free one, without a host every address.",
    defaultText: "127.0.0.1:10407",
    parse: parseListenAddress,
  }),
  "seed.file": valueFlag({
    placeholder: "file",
    help: "Accounts, keys and rows as YAML or JSON. Without it the built-in demo.",
    parse: parseText,
  }),
  "fault.file": valueFlag({
    placeholder: "file",
    help: "Fault rules as a YAML or JSON list. Without it none.",
    parse: parseText,
  }),
  "default-region": defaultFlag({
    placeholder: "region",
    help: "Region of requests whose host names none.",
    defaultText: "cn-hangzhou",
    parse: parseRegion,
  }),
  "log.level": defaultFlag({
    placeholder: "level",
    help: "Requests to log: silent (none), info (refused or faulted ones), debug (all).",
    defaultText: "info",
    parse: parseOneOf(...REQUEST_LEVELS),
  }),
};

/** The program as `readFlags` takes it. */
export function emulatorProgram(version: string): Program<typeof FLAGS> {
  return {
    name: "fc-async-emulator",
    description: "A strict local emulator of Function Compute's ListStatefulAsyncInvocationFunctions.",
    version,
    flags: FLAGS,
  };
}

function parseRegion(text: string): FlagReading<string> {
  return /^[a-z][a-z0-9-]*$/.test(text)
    ? { ok: true, value: text }
    : { ok: false, problem: `expected a region id like cn-hangzhou, got ${JSON.stringify(text)}` };
}
