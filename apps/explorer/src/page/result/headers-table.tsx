import type { JSX } from "preact";
import type { RelayedAnswer } from "../../relay/relay-message.ts";
import { Visible } from "../text/visible.tsx";

interface HeadersTableProps {
  readonly headers: RelayedAnswer["headers"];
  readonly isLastOfMany: boolean;
}

/** The headers of an answer, as they came. */
export function HeadersTable({ headers, isLastOfMany }: HeadersTableProps): JSX.Element {
  return (
    <div class="table-scroll" role="region" aria-label="Headers" tabIndex={0}>
      <table class="table">
        <caption class={isLastOfMany ? "table-caption" : "visually-hidden"}>
          {isLastOfMany ? "Headers of the last answer" : "Headers of the answer"}
        </caption>
        <thead>
          <tr>
            <th scope="col">Name</th>
            <th scope="col">Value</th>
          </tr>
        </thead>
        <tbody>
          {headers.map(([name, value], index) => (
            <tr key={index}>
              <th scope="row" class="mono">
                <Visible text={name} />
              </th>
              <td class="mono is-breaking">
                <Visible text={value} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
