import { createFcClient, type FcClientOptions } from "@fc-async/core";
import type { Source } from "../source.ts";

/** The source's name in target ids. */
export const FC2_SOURCE = "fc2";

/**
 * The functions of FC 2.0 in one account and region: ListStatefulAsyncInvocationFunctions. Each target has a source and so a
 * client of its own, because the learned clock offset and the retry budget belong to one endpoint.
 *
 * @throws {TypeError} for an account id, region or endpoint that cannot be right.
 */
export function createFc2Source(options: FcClientOptions): Source {
  const client = createFcClient(options);
  return (_target, scope) => client.listPages(scope);
}
