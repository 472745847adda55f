import { createContext, type ComponentChildren, type JSX } from "preact";
import { useContext, useState } from "preact/hooks";

const AnnouncerContext = createContext<(text: string) => void>(() => {});

/** Says something to screen readers, politely. */
export function useAnnounce(): (text: string) => void {
  return useContext(AnnouncerContext);
}

/** The one live region of the page, around everything that speaks. */
export function Announcer({ children }: { readonly children: ComponentChildren }): JSX.Element {
  const [said, setSaid] = useState({ text: "", count: 0 });
  return (
    <AnnouncerContext.Provider value={(text) => setSaid(({ count }) => ({ text, count: count + 1 }))}>
      {children}
      <div class="visually-hidden" role="status" aria-live="polite" data-testid="announcer">
        {/* A new element for each sentence: the same one twice is still news. */}
        <p key={said.count}>{said.text}</p>
      </div>
    </AnnouncerContext.Provider>
  );
}
