import { isIPv4 } from "node:net";
import {
  defaultFlag,
  LOG_FLAGS,
  parseListenAddress,
  parseText,
  type FlagReading,
  type ListenAddress,
  type Program,
} from "@fc-async/daemon";
import { endpointFor } from "@fc-async/protocol";

/** The flags of fc-async-explorer. */
export const FLAGS = {
  "listen-address": defaultFlag({
    placeholder: "host:port",
    help: "Where to serve, on this machine alone; port 0 takes a free one.",
    defaultText: "127.0.0.1:10409",
    parse: parseLoopbackAddress,
  }),
  "emulator.endpoint": defaultFlag({
    placeholder: "origin",
    help: "The emulator's endpoint, in which {account_id} and {region} are replaced. The relay sends to it and to the vendor's hosts.",
    defaultText: "http://{account_id}.{region}.localhost:10407",
    parse: parseEndpoint,
  }),
  "emulator.account-id": defaultFlag({
    placeholder: "digits",
    help: "The account that the page starts with.",
    defaultText: "1000000000000001",
    parse: parseAccountId,
  }),
  "emulator.region": defaultFlag({
    placeholder: "region",
    help: "The region that the page starts with.",
    defaultText: "cn-hangzhou",
    parse: parseRegion,
  }),
  "emulator.access-key-id": defaultFlag({
    placeholder: "id",
    help: "The throw-away key that the page starts with; whoever opens the page can read it.",
    defaultText: "LTAI5tFakeDemoKeyOne0001",
    parse: parseText,
  }),
  "emulator.access-key-secret": defaultFlag({
    placeholder: "secret",
    help: "The secret of that key, never one of a real account.",
    defaultText: "FakeDemoSecretOne00000000000001",
    parse: parseText,
  }),
  ...LOG_FLAGS,
};

/** The program as `readFlags` takes it. */
export function explorerProgram(version: string): Program<typeof FLAGS> {
  return {
    name: "fc-async-explorer",
    description: "A page to try ListStatefulAsyncInvocationFunctions on: run it, see its signature, copy samples.",
    version,
    flags: FLAGS,
  };
}

/** Whoever reaches the relay can use it to reach the vendor from here, so nobody else reaches it. */
function parseLoopbackAddress(text: string): FlagReading<ListenAddress> {
  const reading = parseListenAddress(text);
  if (!reading.ok || isLoopback(reading.value.hostname)) return reading;
  return {
    ok: false,
    problem: `expected an address of this machine alone, such as 127.0.0.1:10409, got ${JSON.stringify(text)}: the explorer relays requests and has no access control`,
  };
}

function isLoopback(hostname: string | undefined): boolean {
  if (hostname === undefined) return false;
  return /^localhost$/i.test(hostname) || hostname === "::1" || (isIPv4(hostname) && hostname.startsWith("127."));
}

function parseEndpoint(text: string): FlagReading<string> {
  return checked(text, { accountId: "1", region: "cn", template: text });
}

function parseAccountId(text: string): FlagReading<string> {
  return checked(text, { accountId: text, region: "cn" });
}

function parseRegion(text: string): FlagReading<string> {
  return checked(text, { accountId: "1", region: text });
}

function checked(text: string, parts: Parameters<typeof endpointFor>[0]): FlagReading<string> {
  try {
    endpointFor(parts);
    return { ok: true, value: text };
  } catch (error) {
    if (error instanceof TypeError) return { ok: false, problem: error.message };
    throw error;
  }
}
