import { createFcClient } from "@fc-async/core";
import { createNodeFetch, nodeHash } from "@fc-async/protocol/node";
import { ACCOUNT_ID, CREDENTIALS, REGION } from "./account.ts";
import type { Walk } from "./walk-client.ts";

/** Ours, wired as the exporter wires it. */
export function createFcAsyncWalk(origin: string): Walk {
  const client = createFcClient({
    accountId: ACCOUNT_ID,
    region: REGION,
    credentials: CREDENTIALS,
    endpoint: origin,
    fetch: createNodeFetch(),
    hash: nodeHash,
  });
  return async (count) => {
    for await (const page of client.listPages()) count(page.rows);
  };
}
