import type { ComponentChildren, JSX } from "preact";

interface CodeBlockProps {
  /** What it shows: it takes focus to be scrolled by keys, and then says its name. */
  readonly label: string;
  readonly isWrapped?: boolean;
  readonly children: ComponentChildren;
}

/** Text that scrolls inside itself, never the page. */
export function CodeBlock({ label, isWrapped = false, children }: CodeBlockProps): JSX.Element {
  return (
    <pre class={isWrapped ? "code is-wrapped" : "code"} role="region" aria-label={label} tabIndex={0}>
      {children}
    </pre>
  );
}
