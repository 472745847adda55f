import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { CopyButton } from "../controls/copy-button.tsx";
import { DownloadIcon } from "../controls/icons.tsx";
import { TabPanel, Tabs } from "../controls/tabs.tsx";
import type { Call } from "../calls/call.ts";
import { answerJson } from "./answer-json.ts";
import { EndNotice } from "./end-notice.tsx";
import { HeadersTable } from "./headers-table.tsx";
import { JsonView } from "./json-view.tsx";
import { rowsToCsv } from "./rows-to-csv.ts";
import { RowsTable } from "./rows-table.tsx";
import { saveFile } from "./save-file.ts";
import { StatusLine } from "./status-line.tsx";

const FORMS = [
  { id: "table", title: "Table" },
  { id: "json", title: "JSON" },
  { id: "headers", title: "Headers" },
] as const;

type Form = (typeof FORMS)[number]["id"];

/** The call that is looked at: how it ended, and what it brought. */
export function ResultPanel({ call }: { readonly call: Call }): JSX.Element {
  const [chosen, setForm] = useState<Form>("table");
  const isComplete = call.end.kind === "complete";
  const hasBody = call.answer !== undefined || call.rows.length > 0;
  // A refusal has no rows; its body is what there is to see.
  const forms = isComplete || call.rows.length > 0 ? FORMS : FORMS.filter(({ id }) => id !== "table");
  const form = forms.some(({ id }) => id === chosen) ? chosen : "json";
  return (
    <div class="stack">
      <StatusLine call={call} />
      <EndNotice call={call} />
      {hasBody && (
        <div class="card result-card">
          <div class="code-head">
            <Tabs name="form" label="Form of the result" tabs={forms} selected={form} isBoxed onSelect={setForm} />
            <span class="push row">
              <CopyButton text={() => answerJson(call)} what="of the answer" label="Copy JSON" />
              {isComplete && <Downloads call={call} />}
            </span>
          </div>
          {forms === FORMS && (
            <TabPanel name="form" id="table" isShown={form === "table"}>
              {/* Each call is filtered and unfolded by itself. */}
              <RowsTable key={call.id} rows={call.rows} isEmptyAccount={isComplete && call.nextToken === undefined} />
            </TabPanel>
          )}
          <TabPanel name="form" id="json" isShown={form === "json"}>
            {form === "json" && <JsonView text={answerJson(call)} />}
          </TabPanel>
          <TabPanel name="form" id="headers" isShown={form === "headers"}>
            <HeadersTable headers={call.answer?.headers ?? []} isLastOfMany={call.pages > 1} />
          </TabPanel>
        </div>
      )}
    </div>
  );
}

/** Files of what was read to its end; a part of a list is no file, for a file cannot say so. */
function Downloads({ call }: { readonly call: Call }): JSX.Element {
  const { accountId, region } = call.values;
  const name = `fc-async-${accountId}-${region}${call.kind === "page" ? "-page" : ""}`;
  return (
    <>
      <button
        type="button"
        class="button is-small"
        aria-label="Download as JSON"
        onClick={() => saveFile(`${name}.json`, "application/json", `${answerJson(call)}\n`)}
      >
        <DownloadIcon /> JSON
      </button>
      <button
        type="button"
        class="button is-small"
        aria-label="Download as CSV"
        onClick={() => saveFile(`${name}.csv`, "text/csv;charset=utf-8", rowsToCsv(call.rows))}
      >
        <DownloadIcon /> CSV
      </button>
    </>
  );
}
