import type { RequestListener } from "node:http";
import type { InventoryStore } from "@fc-async/inventory";

/**
 * `/-/healthy` answers 200 while the process serves; `/-/ready` once every target was attempted, 503 before and while the
 * store fails. Attempted, not succeeded: an account without access must not keep the others from being served.
 */
export function createHealthHandler(store: Pick<InventoryStore, "states">): RequestListener {
  async function respond(path: string | undefined): Promise<readonly [status: number, text: string]> {
    if (path === "/-/healthy") return [200, "Healthy."];
    if (path !== "/-/ready") return [404, "Not found. There are /-/healthy and /-/ready."];
    try {
      const states = await store.states();
      const waiting = states.filter((state) => state.lastPoll === undefined).length;
      if (states.length === 0) return [503, "Not ready: no target yet."];
      return waiting === 0 ? [200, "Ready."] : [503, `Not ready: ${waiting} of ${states.length} targets not read yet.`];
    } catch {
      return [503, "Not ready: the inventory store fails."];
    }
  }

  return (request, response) => {
    if (request.method !== "GET" && request.method !== "HEAD") {
      response.writeHead(405, { allow: "GET, HEAD" }).end();
      return;
    }
    void respond(request.url?.split("?", 1)[0]).then(([status, text]) =>
      response.writeHead(status, { "content-type": "text/plain; charset=utf-8" }).end(`${text}\n`),
    );
  };
}
