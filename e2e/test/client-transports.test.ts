import { createNodeFetch } from "@fc-async/protocol/node";
import { selfMadeIdentity, startEmulatorServer } from "fc-async-emulator";
import { expect, onTestFinished, test } from "vitest";
import { describeClient, SUITE_REGIONS, type Transport } from "../client-suite.ts";

/** One certificate for all tests over TLS: making one takes as long as a test. */
const identity = selfMadeIdentity(SUITE_REGIONS, Date.now());

const TRANSPORTS: readonly Transport[] = [
  {
    name: "in process",
    withoutSockets: "in process there are no connections",
    reach: (emulator) => Promise.resolve({ endpoint: "http://{account_id}.{region}.localhost", fetch: emulator.fetch }),
  },
  {
    name: "over HTTP",
    async reach(emulator, phaseMs) {
      const server = await startEmulatorServer({ emulator });
      const fetch = createNodeFetch({ timeouts: { headersMs: phaseMs, bodyMs: phaseMs } });
      onTestFinished(async () => {
        fetch.close();
        await server.close();
      });
      return { endpoint: server.endpointTemplate, fetch };
    },
  },
  {
    name: "over TLS",
    async reach(emulator, phaseMs) {
      const { ca, ...tls } = await identity;
      const server = await startEmulatorServer({ emulator, tls });
      const fetch = createNodeFetch({ ca, timeouts: { headersMs: phaseMs, bodyMs: phaseMs } });
      onTestFinished(async () => {
        fetch.close();
        await server.close();
      });
      return { endpoint: server.endpointTemplate, fetch };
    },
  },
];

for (const transport of TRANSPORTS) describeClient(transport);

test("the ways are three, and only the one without sockets leaves something out", () => {
  expect(TRANSPORTS.map(({ name, withoutSockets }) => [name, withoutSockets === undefined])).toEqual([
    ["in process", false],
    ["over HTTP", true],
    ["over TLS", true],
  ]);
});
