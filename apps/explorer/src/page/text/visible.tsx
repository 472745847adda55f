import type { JSX } from "preact";
import { visibleText } from "./visible-text.ts";

/** A text that came from outside: in a direction of its own, its control characters shown by name. */
export function Visible({ text }: { readonly text: string }): JSX.Element {
  return (
    <bdi>
      {visibleText(text).map((run) =>
        run.kind === "plain" ? run.text : <span class="control-character">{run.text}</span>,
      )}
    </bdi>
  );
}
