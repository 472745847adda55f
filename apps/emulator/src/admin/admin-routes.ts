import { EmulatorInputError, formatPath, parseFaults, type Emulator } from "@fc-async/emulator";
import { AdminRefusal } from "./admin-refusal.ts";
import { clockChange } from "./clock-change.ts";
import { jsonBody, withoutBody } from "./json-body.ts";
import { requestFilter } from "./request-filter.ts";

/** Answers the value that goes out as JSON. */
type Handler = (request: Request) => unknown;

/** What each path does, by method. */
export function adminRoutes(emulator: Emulator): Readonly<Record<string, Readonly<Record<string, Handler>>>> {
  const clock = (): unknown => ({ now: new Date(emulator.clock.nowMs).toISOString(), skewMs: emulator.clock.skewMs });
  const faults = (): unknown => emulator.faults.armed;
  return {
    "/_emulator/health": { GET: () => ({ status: "ok" }) },
    "/_emulator/state": { GET: () => emulator.state },
    "/_emulator/reset": {
      POST(request) {
        withoutBody(request);
        emulator.reset();
        return emulator.state;
      },
    },
    "/_emulator/faults": {
      GET: faults,
      async POST(request) {
        emulator.faults.arm(faultsIn(await jsonBody(request)));
        return faults();
      },
      DELETE(request) {
        withoutBody(request);
        emulator.faults.disarm();
        return faults();
      },
    },
    "/_emulator/clock": {
      GET: clock,
      async PUT(request) {
        const change = clockChange(await jsonBody(request));
        if ("skewMs" in change) emulator.clock.skew(change.skewMs);
        else emulator.clock.advance(change.advanceMs);
        return clock();
      },
    },
    "/_emulator/requests": {
      GET(request) {
        const { matches, limit } = requestFilter(new URL(request.url).searchParams);
        const found = emulator.requests.filter(matches);
        return { found: found.length, requests: found.slice(-limit) };
      },
    },
  };
}

function faultsIn(value: unknown): ReturnType<typeof parseFaults> {
  try {
    return parseFaults(value);
  } catch (error) {
    if (!(error instanceof EmulatorInputError)) throw error;
    const problems = error.problems.map(({ path, message }) => ({ path: formatPath(path), message }));
    throw new AdminRefusal(400, "wrong_body", "These are no fault rules; none is armed. Correct the problems named.", {
      problems,
    });
  }
}
