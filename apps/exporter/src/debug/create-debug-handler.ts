import type { RequestListener, ServerResponse } from "node:http";
import { Session } from "node:inspector/promises";
import { pipeline } from "node:stream/promises";
import { getHeapSnapshot } from "node:v8";
import { textAnswer } from "@fc-async/daemon";
import { sentFromAnotherSite } from "../web/sent-from-another-site.ts";

const DEFAULT_PROFILE_SECONDS = 10;
const MAX_PROFILE_SECONDS = 60;

const ROUTES = `What goes on inside the process, for Chrome's DevTools. Both hold the process up, and a heap snapshot holds the keys.

/debug/heap             a heap snapshot (.heapsnapshot); the process answers nothing while it is taken
/debug/cpu?seconds=10   a CPU profile (.cpuprofile) of the next seconds, ${MAX_PROFILE_SECONDS} at most
`;

/** Serves heap snapshots and CPU profiles; one at a time, and only to programs and people on this machine. */
export function createDebugHandler(): RequestListener {
  let isBusy = false;

  return (request, response) => {
    const url = new URL(request.url ?? "/", "http://localhost");
    const secondsText = url.searchParams.get("seconds") ?? String(DEFAULT_PROFILE_SECONDS);
    const seconds = /^\d{1,2}$/.test(secondsText) ? Number(secondsText) : Number.NaN;
    const take =
      url.pathname === "/debug/heap"
        ? heap
        : url.pathname === "/debug/cpu"
          ? (out: ServerResponse) => profile(out, seconds)
          : undefined;
    if (sentFromAnotherSite(request.headers) || !isLocalName(request.headers.host)) {
      textAnswer(response, 403, "Refused: ask from this machine, by the address of --debug.listen-address.\n");
    } else if (request.method !== "GET") {
      textAnswer(response, 405, "Method not allowed: this is only read.\n", { allow: "GET" });
    } else if (take === undefined) {
      textAnswer(response, url.pathname === "/" ? 200 : 404, ROUTES);
    } else if (!(seconds >= 1 && seconds <= MAX_PROFILE_SECONDS)) {
      textAnswer(response, 400, `The parameter seconds takes a whole number from 1 to ${MAX_PROFILE_SECONDS}.\n`);
    } else if (isBusy) {
      textAnswer(response, 409, "A profile or a snapshot is being taken. Try again when it is done.\n");
    } else {
      isBusy = true;
      take(response)
        .catch(() => response.destroy())
        .finally(() => (isBusy = false));
    }
  };
}

async function profile(response: ServerResponse, seconds: number): Promise<void> {
  const session = new Session();
  session.connect();
  try {
    await session.post("Profiler.enable");
    await session.post("Profiler.start");
    await new Promise((resolve) => {
      const timer = setTimeout(resolve, seconds * 1000);
      response.once("close", () => {
        clearTimeout(timer);
        resolve(undefined);
      });
    });
    const { profile: taken } = await session.post("Profiler.stop");
    download(response, "fc-async-exporter.cpuprofile");
    response.end(JSON.stringify(taken));
  } finally {
    session.disconnect();
  }
}

async function heap(response: ServerResponse): Promise<void> {
  download(response, "fc-async-exporter.heapsnapshot");
  await pipeline(getHeapSnapshot(), response);
}

/** A name that somebody lets resolve to this machine comes with another `Host` (DNS rebinding). */
function isLocalName(host: string | undefined): boolean {
  return /^(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d+)?$/iu.test(host ?? "");
}

function download(response: ServerResponse, name: string): void {
  response.writeHead(200, {
    "content-type": "application/json",
    "content-disposition": `attachment; filename="${name}"`,
    "cache-control": "no-store",
  });
}
