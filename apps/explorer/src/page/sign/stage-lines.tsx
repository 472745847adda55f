import type { JSX } from "preact";
import { Fragment } from "preact";
import type { FieldName, Origin } from "../../request/explorer-request.ts";
import { FIELDS } from "../../request/fields.ts";
import type { Line, Part, Stage } from "../../signing/signing-stages.ts";
import { useFieldLink } from "../form/field-link.ts";
import { focusField } from "../form/focus-field.ts";
import { Visible } from "../text/visible.tsx";
import { originClass } from "./origin-class.ts";

/** The lines of a stage, each part linked to the field it came from. */
export function StageLines({ lines }: { readonly lines: readonly Line[] }): JSX.Element {
  return (
    <ol class="stage-lines">
      {lines.map((line, index) => (
        <li key={index}>
          {line.length === 0 ? (
            <span class="empty-line">empty line</span>
          ) : (
            line.map((part, position) => <StagePart key={position} part={part} />)
          )}
        </li>
      ))}
    </ol>
  );
}

const FIELD_NAMES: ReadonlySet<string> = new Set(FIELDS.map(({ name }) => name));

function isField(origin: Origin | Stage): origin is FieldName {
  return FIELD_NAMES.has(origin);
}

function StagePart({ part }: { readonly part: Part }): JSX.Element {
  const { text, origin, label } = part;
  const { linked, hover, focus } = useFieldLink();
  if (!isField(origin)) {
    return origin === "fixed" ? (
      <Fragment>
        <Visible text={text} />
      </Fragment>
    ) : (
      <span class={`part ${originClass(origin)}`} title={label}>
        <Visible text={text} />
      </span>
    );
  }
  return (
    <button
      type="button"
      class={`part is-link ${originClass(origin)}${linked === origin ? " is-linked" : ""}`}
      title={`${label}: go to the field`}
      aria-label={`${text}, ${label}: go to the field`}
      onMouseEnter={() => hover(origin)}
      onMouseLeave={() => hover(undefined)}
      onFocus={() => focus(origin)}
      onBlur={() => focus(undefined)}
      onClick={() => focusField(origin)}
    >
      <Visible text={text} />
    </button>
  );
}
