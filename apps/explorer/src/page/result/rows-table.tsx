import type { AsyncFunction } from "@fc-async/core";
import type { JSX } from "preact";
import { useMemo, useState } from "preact/hooks";
import { counted } from "../text/counted.ts";
import { Visible } from "../text/visible.tsx";
import { filterRows } from "./filter-rows.ts";

/** How many rows are laid out at a time; a list may have a million. */
const ROWS_AT_A_TIME = 500;

interface RowsTableProps {
  readonly rows: readonly AsyncFunction[];
  /** The answer is whole and says that there is nothing. */
  readonly isEmptyAccount: boolean;
}

/** The rows, to be looked through. */
export function RowsTable({ rows, isEmptyAccount }: RowsTableProps): JSX.Element {
  const [query, setQuery] = useState("");
  const [shownCount, setShownCount] = useState(ROWS_AT_A_TIME);
  const found = useMemo(() => filterRows(rows, query), [rows, query]);
  const functionCount = useMemo(() => countFunctions(rows), [rows]);
  if (rows.length === 0) return <NoRows isEmptyAccount={isEmptyAccount} />;
  return (
    <>
      <div class="table-tools">
        <input
          class="input is-search"
          type="search"
          aria-label="Filter the rows"
          placeholder="Filter by name"
          value={query}
          onInput={(event) => {
            setQuery(event.currentTarget.value);
            setShownCount(ROWS_AT_A_TIME);
          }}
        />
        <span class="muted small" role="status">
          {query === ""
            ? `${counted(rows.length, "row")}, ${counted(functionCount, "function")}`
            : `${counted(found.length, "row")} of ${rows.length}`}
        </span>
      </div>
      <div class="table-scroll" role="region" aria-label="Rows" tabIndex={0}>
        <table class="table is-rows">
          <caption class="visually-hidden">Functions with asynchronous tasks enabled</caption>
          <thead>
            <tr>
              <th scope="col" class="is-number">
                #
              </th>
              <th scope="col">Service</th>
              <th scope="col">Function</th>
              <th scope="col">Qualifier</th>
            </tr>
          </thead>
          <tbody>
            {found.slice(0, shownCount).map(({ serviceName, functionName, qualifier }, index) => (
              <tr key={index}>
                <td class="is-number">{index + 1}</td>
                <td>
                  <Visible text={serviceName} />
                </td>
                <td>
                  <strong>
                    <Visible text={functionName} />
                  </strong>
                </td>
                <td>
                  <span class="qualifier">
                    <Visible text={qualifier} />
                  </span>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {found.length === 0 && <p class="table-note">No row holds “{query}”.</p>}
      {found.length > shownCount && (
        <p class="table-note">
          {counted(found.length - shownCount, "more row")}
          <button type="button" class="button is-small" onClick={() => setShownCount(shownCount + ROWS_AT_A_TIME)}>
            Show {Math.min(ROWS_AT_A_TIME, found.length - shownCount)} more
          </button>
        </p>
      )}
    </>
  );
}

/** A function stands in a row for each of its qualifiers. */
function countFunctions(rows: readonly AsyncFunction[]): number {
  return new Set(rows.map(({ serviceName, functionName }) => JSON.stringify([serviceName, functionName]))).size;
}

function NoRows({ isEmptyAccount }: { readonly isEmptyAccount: boolean }): JSX.Element {
  return (
    <div class="empty">
      {isEmptyAccount ? (
        <>
          <h2>No function has asynchronous tasks enabled here</h2>
          <p>
            The answer is whole: this account has none in this region. A list is one account in one region, so look at
            the others, too. Asynchronous tasks are switched on per function and qualifier (statefulInvocation of its
            asynchronous configuration).
          </p>
        </>
      ) : (
        <p>No rows came with this answer.</p>
      )}
    </div>
  );
}
