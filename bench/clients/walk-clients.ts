import type { CreateWalk } from "./walk-client.ts";

/** Every way to walk, loaded alone: a sample must not pay for the others. */
export const WALK_CLIENTS = {
  floor: async (): Promise<CreateWalk> => (await import("./floor.ts")).createFloorWalk,
  "node-http": async (): Promise<CreateWalk> => (await import("./node-http.ts")).createNodeHttpWalk,
  "fc-async": async (): Promise<CreateWalk> => (await import("./fc-async.ts")).createFcAsyncWalk,
  "vendor-sdk": async (): Promise<CreateWalk> => (await import("./vendor-sdk.ts")).createVendorSdkWalk,
  "openapi-fetch": async (): Promise<CreateWalk> => (await import("./openapi-fetch.ts")).createOpenApiFetchWalk,
} as const;

export type WalkClientName = keyof typeof WALK_CLIENTS;

export function isWalkClientName(name: string): name is WalkClientName {
  return Object.hasOwn(WALK_CLIENTS, name);
}
