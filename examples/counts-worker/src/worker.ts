import { createFcClient } from "@fc-async/core";
import { isFcError } from "@fc-async/protocol";
import { countsPerService } from "./counts-per-service.ts";
import { readSettings, type WorkerEnv } from "./read-settings.ts";

/** For as long as an answer may be reused. `private`: names of services are nobody else's business. */
const CACHE_CONTROL = "private, max-age=60";

/**
 * Answers `GET /` with the count of every service. A list that could not be read to its end is 502 with the error's `code`,
 * never a smaller count.
 */
async function fetch(request: Request, env: WorkerEnv): Promise<Response> {
  if (new URL(request.url).pathname !== "/") return answer(404, { code: "NOT_FOUND" });
  if (request.method !== "GET") return answer(405, { code: "METHOD_NOT_ALLOWED" }, { allow: "GET" });
  const settings = readSettings(env);
  if ("missing" in settings) return answer(500, { code: "SETTING_MISSING", setting: settings.missing });
  try {
    const rows = createFcClient(settings).listFunctions({ signal: request.signal });
    const { accountId, region } = settings;
    return answer(
      200,
      { accountId, region, services: await countsPerService(rows) },
      { "cache-control": CACHE_CONTROL },
    );
  } catch (error) {
    if (!isFcError(error)) throw error;
    // The message names account, host and request: for the log, not for whoever asked.
    console.error(error.message);
    return answer(502, { code: error.code, reason: error.reason });
  }
}

function answer(status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): Response {
  return Response.json(body, { status, headers: { "cache-control": "no-store", ...headers } });
}

// eslint-disable-next-line import/no-default-export -- the convention by which platforms find a worker
export default { fetch };
