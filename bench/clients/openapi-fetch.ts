import { randomUUID } from "node:crypto";
import type { paths } from "@fc-async/core/schema";
import { signAcs3 } from "@fc-async/protocol";
import { nodeHash } from "@fc-async/protocol/node";
import createClient from "openapi-fetch";
import { ACCOUNT_ID, CREDENTIALS, LIMIT, LIST_PATH, OPERATION } from "./account.ts";
import type { Walk } from "./walk-client.ts";

/** What one writes first: openapi-fetch on the built-in fetch, with a signing middleware. Signed by our signer. */
export function createOpenApiFetchWalk(origin: string): Walk {
  const client = createClient<paths>({ baseUrl: origin, headers: { "X-Fc-Account-Id": ACCOUNT_ID } });
  client.use({
    async onRequest({ request }) {
      const { host, pathname, search } = new URL(request.url);
      const signed = await signAcs3(
        { method: request.method, host, path: pathname, query: search.slice(1), headers: [] },
        { credentials: CREDENTIALS, hash: nodeHash, dateMs: Date.now(), nonce: randomUUID(), ...OPERATION },
      );
      for (const [name, value] of signed) request.headers.set(name, value);
      return request;
    },
  });
  return async (count) => {
    let nextToken: string | undefined;
    do {
      const query = nextToken === undefined ? { limit: LIMIT } : { limit: LIMIT, nextToken };
      const { data } = await client.GET(LIST_PATH, { params: { query } });
      if (data === undefined) throw new Error("the page was refused");
      count(data.data ?? []);
      nextToken = data.nextToken ?? "";
    } while (nextToken !== "");
  };
}
