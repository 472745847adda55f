import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import { ownHosts, startServer, type ListenAddress, type RunningServer } from "@fc-async/daemon";
import type { Emulator } from "@fc-async/emulator";

export type AdminServer = RunningServer;

/** Serves the admin API of an emulator on a listener of its own: nothing of it is under the paths of the operation. */
export async function startAdminServer(emulator: Emulator, address: ListenAddress): Promise<AdminServer> {
  let listener: Promise<RequestListener> | undefined;
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    // With the first request: what serves it brings HTTP/2 and Node's built-in client along, which most runs never need.
    listener ??= adminListener(emulator, ownHosts(address, server.port));
    (await listener)(request, response);
  };
  const server = await startServer((request, response) => {
    answer(request, response).catch((error: unknown) => response.destroy(error instanceof Error ? error : undefined));
  }, address);
  return server;
}

async function adminListener(emulator: Emulator, hosts: ReadonlySet<string>): Promise<RequestListener> {
  const [{ getRequestListener }, { createAdminApp }] = await Promise.all([
    import("@hono/node-server"),
    import("./create-admin-app.ts"),
  ]);
  return getRequestListener(createAdminApp({ emulator, ownHosts: hosts }).fetch, { overrideGlobalObjects: false });
}
