import { foreignCaller } from "@fc-async/daemon";
import type { Emulator } from "@fc-async/emulator";
import { Hono } from "hono";
import { AdminRefusal } from "./admin-refusal.ts";
import { adminRoutes } from "./admin-routes.ts";

export interface AdminAppOptions {
  readonly emulator: Emulator;
  /** The `Host` values this server is asked under, as `ownHosts` of @fc-async/daemon makes them. */
  readonly ownHosts: ReadonlySet<string>;
}

/** The admin API as a handler. */
export interface AdminApp {
  readonly fetch: (request: Request) => Response | Promise<Response>;
}

/**
 * The admin API of an emulator: state, faults, clock and requests under `/_emulator/`. It has no password, so what another
 * website makes a browser send is refused on every route, and a body counts only as `application/json`, which no form can send.
 * Refusals are `{ code, message }`, with `problems` where a body has several.
 */
export function createAdminApp({ emulator, ownHosts }: AdminAppOptions): AdminApp {
  const app = new Hono();
  app.use(async (context, next) => {
    const foreign = foreignCaller(context.req.raw.headers, ownHosts);
    if (foreign !== undefined) throw new AdminRefusal(403, foreign.code, foreign.message);
    await next();
    context.header("Cache-Control", "no-store");
    context.header("X-Content-Type-Options", "nosniff");
  });
  const routes = adminRoutes(emulator);
  for (const [path, methods] of Object.entries(routes)) {
    for (const [method, handle] of Object.entries(methods)) {
      app.on(method, path, async ({ req, json }) => json(await handle(req.raw)));
    }
    const allowed = Object.keys(methods).join(", ");
    app.all(path, ({ req }) => {
      const message = `${req.method} ${path} is not there. The methods of ${path} are: ${allowed}.`;
      throw new AdminRefusal(405, "wrong_method", message, { headers: { Allow: allowed } });
    });
  }
  app.notFound(({ req }) => {
    const known = Object.keys(routes).join(", ");
    throw new AdminRefusal(404, "not_found", `There is nothing at ${JSON.stringify(req.path)}. There are: ${known}.`);
  });
  app.onError((error, { json }) => {
    if (!(error instanceof AdminRefusal)) throw error;
    const { status, code, message, problems, headers } = error;
    return json({ code, message, ...(problems === undefined ? {} : { problems }) }, status, headers);
  });
  return { fetch: (request) => app.fetch(request) };
}
