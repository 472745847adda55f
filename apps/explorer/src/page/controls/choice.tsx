import type { ComponentChildren, JSX } from "preact";

/** One of a few values. */
export interface ChoiceOption<Value extends string> {
  readonly value: Value;
  readonly label: ComponentChildren;
  /** What it is called where the label is a picture. */
  readonly title?: string | undefined;
}

interface ChoiceProps<Value extends string> {
  readonly name: string;
  readonly legend: string;
  readonly options: readonly ChoiceOption<Value>[];
  readonly selected: Value;
  readonly isWide?: boolean;
  readonly onSelect: (value: Value) => void;
}

/** Radio buttons drawn as one control; the browser's own arrow keys move in it. */
export function Choice<Value extends string>(props: ChoiceProps<Value>): JSX.Element {
  const { name, legend, options, selected, isWide = false, onSelect } = props;
  return (
    <div role="radiogroup" aria-label={legend} class={isWide ? "choice is-wide" : "choice"}>
      {options.map(({ value, label, title }) => (
        <label key={value} title={title}>
          <input
            type="radio"
            name={name}
            value={value}
            aria-label={title}
            checked={value === selected}
            onChange={() => onSelect(value)}
          />
          {label}
        </label>
      ))}
    </div>
  );
}
