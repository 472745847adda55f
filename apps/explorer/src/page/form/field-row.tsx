import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { FieldName } from "../../request/explorer-request.ts";
import type { Field } from "../../request/fields.ts";
import { originClass } from "../sign/origin-class.ts";
import { Documentation } from "../text/documentation.tsx";
import { firstSentence } from "../text/first-sentence.ts";
import { useFieldLink } from "./field-link.ts";
import { fieldId } from "./focus-field.ts";

interface FieldRowProps {
  readonly field: Field;
  readonly value: string;
  readonly problem: string | undefined;
  readonly onEdit: (name: FieldName, value: string) => void;
  readonly onLeave: (name: FieldName) => void;
}

/** One field with its rule, the words of the description, and what is wrong with it. */
export function FieldRow({ field, value, problem, onEdit, onLeave }: FieldRowProps): JSX.Element {
  const { name, label, input } = field;
  const { linked, hover, focus } = useFieldLink();
  const [isShown, setIsShown] = useState(false);
  const id = fieldId(name);
  const described = problem === undefined ? `${id}-help` : `${id}-problem ${id}-help`;
  const isSecret = input.kind === "secret";
  return (
    <div
      class={`field ${originClass(name)}${linked === name ? " is-linked" : ""}`}
      onMouseEnter={() => hover(name)}
      onMouseLeave={() => hover(undefined)}
    >
      <div class="field-head">
        <label for={id}>{label}</label>
        <span class="field-facts">{factsOf(field)}</span>
      </div>
      <div class="field-control">
        <input
          id={id}
          class={input.kind === "integer" ? "input" : "input mono"}
          {...(isSecret && !isShown ? { type: "password" } : { type: "text" })}
          inputMode={input.kind === "integer" ? "numeric" : undefined}
          autocomplete="off"
          autocapitalize="off"
          spellcheck={false}
          placeholder={field.example}
          value={value}
          required={field.isRequired}
          aria-invalid={problem !== undefined}
          aria-describedby={described}
          onInput={(event) => onEdit(name, event.currentTarget.value)}
          onFocus={() => focus(name)}
          onBlur={() => {
            focus(undefined);
            onLeave(name);
          }}
        />
        {isSecret && (
          <button
            type="button"
            class="button is-secret-switch"
            aria-label={`${isShown ? "Hide" : "Show"} ${label}`}
            onClick={() => setIsShown(!isShown)}
          >
            {isShown ? "Hide" : "Show"}
          </button>
        )}
      </div>
      {problem !== undefined && (
        <p id={`${id}-problem`} class="field-problem">
          {problem}
        </p>
      )}
      <FieldHelp id={`${id}-help`} field={field} onUse={(suggestion) => onEdit(name, suggestion)} />
    </div>
  );
}

interface FieldHelpProps {
  readonly id: string;
  readonly field: Field;
  readonly onUse: (suggestion: string) => void;
}

function FieldHelp({ id, field, onUse }: FieldHelpProps): JSX.Element {
  const suggestions = field.input.kind === "text" ? (field.input.suggestions ?? []) : [];
  const { first, rest } = firstSentence(field.documentation);
  const hasMore = rest !== "" || field.example !== "";
  return (
    <div class="field-help">
      <p id={id}>
        <Documentation text={first} />
      </p>{" "}
      {hasMore && (
        <details>
          <summary>
            More<span class="visually-hidden"> about {field.label}</span>
          </summary>
          {rest !== "" && (
            <p>
              <Documentation text={rest} />
            </p>
          )}
          {suggestions.map((suggestion) => (
            <p key={suggestion}>
              <button type="button" class="suggestion" onClick={() => onUse(suggestion)}>
                Use <code>{suggestion}</code>
              </button>
            </p>
          ))}
          {field.example !== "" && (
            <p>
              Example: <code>{field.example}</code>
            </p>
          )}
          {field.input.kind === "text" && field.input.pattern !== undefined && (
            <p>
              Pattern: <code>{field.input.pattern}</code>
            </p>
          )}
        </details>
      )}
    </div>
  );
}

/** `1–100 · default 20`, `required`, `optional`. */
function factsOf({ input, isRequired, default: byDefault }: Field): string {
  const facts = [
    input.kind === "integer" ? `${input.minimum}–${input.maximum}` : isRequired ? "required" : "optional",
    byDefault === "" ? "" : `default ${byDefault}`,
  ];
  return facts.filter(Boolean).join(" · ");
}
