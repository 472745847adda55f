import { createSignedFetch } from "@fc-async/protocol";
import { nodeHash, type NodeFetch } from "@fc-async/protocol/node";

/** The fetch of a client: signs, retries without waiting. */
export function signed(fetch: NodeFetch, maxAttempts = 4): ReturnType<typeof createSignedFetch> {
  return createSignedFetch({
    credentials: () => ({ accessKeyId: "LTAI5tExampleKeyId0000", accessKeySecret: "ExampleSecret0000000000000000" }),
    scheme: { name: "fc" },
    hash: nodeHash,
    fetch,
    sleep: async () => undefined,
    retry: { maxAttempts },
  });
}
