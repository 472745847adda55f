import { useCallback, useLayoutEffect, type Dispatch } from "preact/hooks";
import type { FormValues } from "../../request/explorer-request.ts";
import { FIELDS } from "../../request/fields.ts";
import { readForm } from "../../request/read-form.ts";
import { useAnnounce } from "../controls/announcer.tsx";
import { focusField } from "../form/focus-field.ts";
import { nextTokenOf, type PageAction, type PageState } from "../page-state.ts";
import type { Call } from "./call.ts";
import type { CallPorts } from "./call-ports.ts";
import { describeCall } from "./describe-call.ts";
import { useCalls } from "./use-calls.ts";

interface SendingOptions {
  readonly state: PageState;
  readonly dispatch: Dispatch<PageAction>;
  readonly ports: CallPorts;
  /** The form is right: the place where the result will be is to be shown. */
  readonly onStart: () => void;
  /** The result is laid out next. */
  readonly onEnd: () => void;
}

/** What the buttons of the form do. */
export interface Sending {
  readonly send: () => void;
  readonly sendNextPage: () => void;
  readonly readAllPages: () => void;
  readonly cancel: () => void;
}

/** Sends what is in the form, by its buttons and by Ctrl+Enter anywhere. A wrong form gets the cursor into its first wrong field. */
export function useSending({ state, dispatch, ports, onStart, onEnd }: SendingOptions): Sending {
  const announce = useAnnounce();
  const calls = useCalls(ports, dispatch);
  const { values } = state;
  const nextToken = nextTokenOf(state);

  const make = useCallback(
    async (kind: Call["kind"], from: FormValues): Promise<void> => {
      const reading = readForm(from);
      if (!reading.ok) {
        dispatch({ kind: "touch_all" });
        const first = FIELDS.find(({ name }) => reading.problems.has(name));
        if (first === undefined) return;
        focusField(first.name);
        announce(`Not sent. ${reading.problems.get(first.name)}`);
        return;
      }
      onStart();
      announce(kind === "page" ? "Sending." : "Reading all pages.");
      const call = await (kind === "page" ? calls.sendPage(from) : calls.readList(from));
      if (call === undefined) return;
      announce(describeCall(call));
      onEnd();
    },
    [calls, dispatch, announce, onStart, onEnd],
  );

  // Before the next key: an effect would come after it, and send the form as it was.
  useLayoutEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      void make("page", values);
    };
    addEventListener("keydown", onKeyDown);
    return () => removeEventListener("keydown", onKeyDown);
  }, [make, values]);

  return {
    send: () => void make("page", values),
    sendNextPage: () => {
      if (nextToken === undefined) return;
      dispatch({ kind: "edit", name: "nextToken", value: nextToken });
      void make("page", { ...values, nextToken });
    },
    readAllPages: () => void make("list", values),
    cancel: calls.cancel,
  };
}
