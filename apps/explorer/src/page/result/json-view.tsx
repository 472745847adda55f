import type { JSX } from "preact";
import { CodeBlock } from "../controls/code-block.tsx";
import { Highlighted } from "../text/highlighted.tsx";

/** A browser that lays out more text than this stops answering for a while. */
const MAX_SHOWN_LENGTH = 200_000;

/** The JSON of an answer. Very long ones are cut on the page, never in what is copied or saved. */
export function JsonView({ text }: { readonly text: string }): JSX.Element {
  const isCut = text.length > MAX_SHOWN_LENGTH;
  return (
    <>
      <CodeBlock label="JSON of the answer" isWrapped>
        <Highlighted language="json" text={isCut ? text.slice(0, MAX_SHOWN_LENGTH) : text} />
      </CodeBlock>
      {isCut && <p class="table-note">The rest is left out here. Copy or download has all of it.</p>}
    </>
  );
}
