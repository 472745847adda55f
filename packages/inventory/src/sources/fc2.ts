import { createFcClient, type FcClient, type FcClientOptions } from "@fc-async/core";
import type { Source } from "../source.ts";
import type { Target, TargetId } from "../target.ts";

/** The source's name in target ids. */
export const FC2_SOURCE = "fc2";

/** One target, and how to reach it. */
export interface Fc2Target extends Pick<FcClientOptions, "credentials" | "endpoint"> {
  readonly target: Target;
}

/**
 * The functions of FC 2.0: ListStatefulAsyncInvocationFunctions. Each target has a client of its own, because the learned clock
 * offset and the retry budget belong to one endpoint.
 *
 * @param shared - What all clients have in common.
 * @throws {TypeError} for a target whose account id, region or endpoint cannot be right.
 */
export function createFc2Source(
  targets: readonly Fc2Target[],
  shared: Pick<FcClientOptions, "limits" | "fetch" | "hash" | "now" | "random" | "sleep">,
): Source {
  const clients = new Map<TargetId, FcClient>();
  for (const { target, credentials, endpoint } of targets) {
    const { id, accountId, regionId } = target;
    clients.set(id, createFcClient({ ...shared, accountId, region: regionId, credentials, endpoint }));
  }
  return (target, scope) => {
    const client = clients.get(target.id);
    if (client === undefined) throw new RangeError(`The target ${target.id} is not one of this source`);
    return client.listPages(scope);
  };
}
