import type { JSX } from "preact";
import { highlight } from "./highlight.ts";

interface HighlightedProps {
  readonly language: string;
  readonly text: string;
}

/** Source text in colours. */
export function Highlighted({ language, text }: HighlightedProps): JSX.Element {
  return (
    <code>
      {highlight(language, text).map((token, index) =>
        token.kind === "plain" ? (
          token.text
        ) : (
          <span key={index} class={`token-${token.kind}`}>
            {token.text}
          </span>
        ),
      )}
    </code>
  );
}
