import type { RequestListener } from "node:http";
import { ownHosts, startServer, type ListenAddress, type RunningServer } from "@fc-async/daemon";
import type { Emulator } from "@fc-async/emulator";
import { getRequestListener } from "@hono/node-server";
import { createAdminApp } from "./create-admin-app.ts";

export type AdminServer = RunningServer;

/** Serves the admin API of an emulator on a listener of its own: nothing of it is under the paths of the operation. */
export async function startAdminServer(emulator: Emulator, address: ListenAddress): Promise<AdminServer> {
  let listener: RequestListener | undefined;
  const server = await startServer((request, response) => listener?.(request, response), address);
  // Whom it answers depends on the port it got.
  const app = createAdminApp({ emulator, ownHosts: ownHosts(address, server.port) });
  listener = getRequestListener(app.fetch, { overrideGlobalObjects: false });
  return server;
}
