import { useEffect, useMemo, useRef, type Dispatch } from "preact/hooks";
import { readForm } from "../../request/read-form.ts";
import type { FormValues } from "../../request/explorer-request.ts";
import type { PageAction, Running } from "../page-state.ts";
import type { Call, Progress } from "./call.ts";
import type { CallPorts } from "./call-ports.ts";
import { readList } from "./read-list.ts";
import { sendPage } from "./send-page.ts";

/** What the buttons do. */
export interface Calls {
  readonly sendPage: (values: FormValues) => Promise<Omit<Call, "id"> | undefined>;
  readonly readList: (values: FormValues) => Promise<Omit<Call, "id"> | undefined>;
  readonly cancel: () => void;
}

/** Makes calls, one at a time, and tells the page how they go. `undefined` for a form that is not right. */
export function useCalls(ports: CallPorts, dispatch: Dispatch<PageAction>): Calls {
  const stop = useRef<AbortController | undefined>(undefined);
  useEffect(() => () => stop.current?.abort(), []);
  return useMemo(() => {
    async function run(values: FormValues, kind: Call["kind"]): Promise<Omit<Call, "id"> | undefined> {
      const reading = readForm(values);
      if (!reading.ok || stop.current !== undefined) return undefined;
      const controller = new AbortController();
      stop.current = controller;
      const filled = { values, request: reading.request, credentials: reading.credentials };
      const onProgress = (progress: Progress): void => dispatch({ kind: "progress", progress });
      dispatch({ kind: "started", running: started(kind, ports.now()) });
      try {
        const call =
          kind === "page"
            ? await sendPage(filled, ports, controller.signal)
            : await readList(filled, ports, controller.signal, onProgress);
        dispatch({ kind: "ended", call });
        return call;
      } catch (error) {
        dispatch({
          kind: "broken",
          problem: `The page failed: ${String(error)}. Reload it, and report this if it stays.`,
        });
        throw error;
      } finally {
        stop.current = undefined;
      }
    }
    return {
      sendPage: (values) => run(values, "page"),
      readList: (values) => run(values, "list"),
      cancel: () => stop.current?.abort(),
    };
  }, [ports, dispatch]);
}

function started(kind: Call["kind"], startedAtMs: number): Running {
  return kind === "page" ? { kind } : { kind, progress: { pages: 0, rows: 0, retries: 0, startedAtMs } };
}
