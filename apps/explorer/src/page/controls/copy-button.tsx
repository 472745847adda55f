import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { useAnnounce } from "./announcer.tsx";
import { CheckIcon, CopyIcon } from "./icons.tsx";

/** How long the button says that it copied. */
const CONFIRMATION_MS = 1_600;

const OUTCOMES = { copied: "Copied", refused: "Not allowed" } as const;

interface CopyButtonProps {
  /** Made when it is asked for, where it may be long. */
  readonly text: string | (() => string);
  /** For screen readers: "the string to sign". */
  readonly what: string;
  readonly label?: string;
}

/** Puts a text on the clipboard and says so. */
export function CopyButton({ text, what, label = "Copy" }: CopyButtonProps): JSX.Element {
  const announce = useAnnounce();
  const [outcome, setOutcome] = useState<keyof typeof OUTCOMES>();
  useEffect(() => {
    if (outcome === undefined) return undefined;
    const timer = setTimeout(() => setOutcome(undefined), CONFIRMATION_MS);
    return () => clearTimeout(timer);
  }, [outcome]);

  async function copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(typeof text === "string" ? text : text());
      setOutcome("copied");
      announce(`Copied ${what}.`);
    } catch {
      setOutcome("refused");
      announce(`The browser did not let ${what} be copied. Select the text and copy it by hand.`);
    }
  }

  const shown = outcome === undefined ? label : OUTCOMES[outcome];
  return (
    <button type="button" class="button is-small" aria-label={`${shown} ${what}`} onClick={() => void copy()}>
      {outcome === "copied" ? <CheckIcon /> : <CopyIcon />}
      {shown}
    </button>
  );
}
