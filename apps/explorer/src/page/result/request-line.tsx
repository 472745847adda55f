import { endpointFor } from "@fc-async/protocol";
import type { JSX } from "preact";
import { OPERATION } from "../../generated/operation.ts";
import type { ExplorerRequest } from "../../request/explorer-request.ts";
import { CopyButton } from "../controls/copy-button.tsx";
import { Visible } from "../text/visible.tsx";

/** What Send asks for. The host stands in the head of the page; what is copied has it. */
export function RequestLine({ request }: { readonly request: ExplorerRequest }): JSX.Element {
  const { limit, nextToken } = request;
  const query = new URLSearchParams();
  if (limit !== undefined) query.set("limit", limit.toString());
  if (nextToken !== undefined) query.set("nextToken", nextToken);
  const origin = endpointFor({ ...request, template: request.endpoint });
  const target = `${OPERATION.path}${query.size === 0 ? "" : `?${query}`}`;
  return (
    <div class="card request-line">
      <span class="method">GET</span>
      <code role="region" aria-label="Path of the request" tabIndex={0}>
        <Visible text={target} />
      </code>
      <CopyButton text={`${origin}${target}`} what="the URL" />
    </div>
  );
}
