import type { JSX } from "preact";
import type { FieldName, FormValues } from "../../request/explorer-request.ts";
import { FIELDS, type Field } from "../../request/fields.ts";
import type { PageSettings } from "../../request/presets.ts";
import { Choice } from "../controls/choice.tsx";
import { LockIcon } from "../controls/icons.tsx";
import type { EndpointChoice } from "../page-state.ts";
import { FieldRow } from "./field-row.tsx";

interface RequestFormProps {
  readonly settings: PageSettings | undefined;
  readonly values: FormValues;
  readonly problems: ReadonlyMap<FieldName, string>;
  readonly choice: EndpointChoice;
  readonly isRunning: boolean;
  /** The last answer named a next page. */
  readonly hasNextPage: boolean;
  readonly onChooseEndpoint: (choice: EndpointChoice) => void;
  readonly onEdit: (name: FieldName, value: string) => void;
  readonly onLeave: (name: FieldName) => void;
  readonly onSend: () => void;
  readonly onNextPage: () => void;
  readonly onAllPages: () => void;
}

/** What a request is made of, and the buttons that send it. */
export function RequestForm(props: RequestFormProps): JSX.Element {
  const { values, problems, choice, isRunning, hasNextPage } = props;
  const rows = (group: Field["group"]): readonly JSX.Element[] =>
    FIELDS.filter((field) => field.group === group).map((field) => (
      <FieldRow
        key={field.name}
        field={field}
        value={values[field.name]}
        problem={problems.get(field.name)}
        onEdit={props.onEdit}
        onLeave={props.onLeave}
      />
    ));
  const headers = FIELDS.filter(({ group }) => group === "headers");
  const filledHeaders = headers.filter(({ name }) => values[name] !== "").length;
  const hasHeaderProblem = headers.some(({ name }) => problems.has(name));
  const endpoints = [
    ...(props.settings?.presets ?? []).map(({ id, title }) => ({ value: id, label: title })),
    { value: "own", label: "Own" } as const,
  ];
  return (
    <form
      class="form-column"
      aria-label="Request"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        props.onSend();
      }}
    >
      <div class="form-scroll">
        <div class="form">
          <fieldset class="form-group">
            <legend>Service</legend>
            <Choice
              name="endpoint-choice"
              legend="Where requests go"
              options={endpoints}
              selected={choice}
              isWide
              onSelect={props.onChooseEndpoint}
            />
            {choice !== "emulator" && <RealServiceNotice choice={choice} />}
            {rows("host")}
          </fieldset>
          <fieldset class="form-group">
            <legend>Keys</legend>
            <p class="group-note">
              <LockIcon /> The secret never leaves this tab: it signs by itself, and hands on the signed request alone.
            </p>
            {rows("keys")}
          </fieldset>
          <fieldset class="form-group">
            <legend>Query</legend>
            {rows("query")}
          </fieldset>
          <details class="form-group" open={hasHeaderProblem || undefined}>
            <summary>
              Headers <span class="muted">{filledHeaders === 0 ? "optional" : `${filledHeaders} filled in`}</span>
            </summary>
            <div class="form-fields">{rows("headers")}</div>
          </details>
        </div>
      </div>
      <div class="actions">
        <div class="action-buttons">
          <button type="submit" class="button is-primary" disabled={isRunning}>
            Send <kbd class="key-hint">Ctrl ⏎</kbd>
          </button>
          <button type="button" class="button" disabled={isRunning || !hasNextPage} onClick={props.onNextPage}>
            Next page
          </button>
          <button type="button" class="button" disabled={isRunning} onClick={props.onAllPages}>
            All pages
          </button>
        </div>
      </div>
    </form>
  );
}

function RealServiceNotice({ choice }: { readonly choice: EndpointChoice }): JSX.Element {
  return (
    <p class="notice is-warn">
      {choice === "real"
        ? "This is the real service and a real account. The call only reads; it counts towards the account's rate limit."
        : "The relay sends to hosts of Alibaba Cloud and to the emulator alone. At the vendor's it is a real account; the call only reads."}
    </p>
  );
}
