import type { ComponentChildren, JSX } from "preact";
import { useRef } from "preact/hooks";

/** One tab. */
export interface Tab<Id extends string> {
  readonly id: Id;
  readonly title: string;
}

interface TabsProps<Id extends string> {
  /** Begins the ids of tabs and panels. */
  readonly name: string;
  readonly label: string;
  readonly tabs: readonly Tab<Id>[];
  readonly selected: Id;
  readonly isBoxed?: boolean;
  readonly onSelect: (id: Id) => void;
}

type Step = (index: number, count: number) => number;

const STEPS: ReadonlyMap<string, Step> = new Map<string, Step>([
  ["ArrowRight", (index, count) => (index + 1) % count],
  ["ArrowLeft", (index, count) => (index - 1 + count) % count],
  ["Home", () => 0],
  ["End", (_index, count) => count - 1],
]);

/** The tabs pattern of WAI-ARIA: one stop of the Tab key; arrow keys, Home and End choose. */
export function Tabs<Id extends string>(props: TabsProps<Id>): JSX.Element {
  const { name, label, tabs, selected, isBoxed = false, onSelect } = props;
  const list = useRef<HTMLDivElement>(null);

  function onKeyDown(event: KeyboardEvent): void {
    const step = STEPS.get(event.key);
    if (step === undefined) return;
    event.preventDefault();
    const index = step(
      tabs.findIndex(({ id }) => id === selected),
      tabs.length,
    );
    const next = tabs[index];
    if (next === undefined) return;
    onSelect(next.id);
    list.current?.querySelectorAll<HTMLElement>('[role="tab"]')[index]?.focus();
  }

  return (
    <div ref={list} role="tablist" aria-label={label} class={isBoxed ? "tabs is-boxed" : "tabs"} onKeyDown={onKeyDown}>
      {tabs.map(({ id, title }) => (
        <button
          key={id}
          type="button"
          role="tab"
          id={`${name}-tab-${id}`}
          aria-controls={`${name}-panel-${id}`}
          aria-selected={id === selected}
          tabIndex={id === selected ? 0 : -1}
          onClick={() => onSelect(id)}
        >
          {title}
        </button>
      ))}
    </div>
  );
}

interface TabPanelProps {
  readonly name: string;
  readonly id: string;
  readonly isShown: boolean;
  readonly children: ComponentChildren;
}

/** What a tab shows. Hidden ones stay, with what was typed into them. */
export function TabPanel({ name, id, isShown, children }: TabPanelProps): JSX.Element {
  return (
    <div
      role="tabpanel"
      id={`${name}-panel-${id}`}
      aria-labelledby={`${name}-tab-${id}`}
      class="panel"
      tabIndex={0}
      hidden={!isShown}
    >
      {children}
    </div>
  );
}
