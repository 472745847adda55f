import type { JSX } from "preact";
import type { EndpointChoice } from "../page-state.ts";

/** What stands in the place of a result before there is one. */
export function NothingSent({ choice }: { readonly choice: EndpointChoice }): JSX.Element {
  return (
    <div class="card empty">
      <h2>Try the operation</h2>
      <p>
        {choice === "emulator"
          ? "The form holds an account of the emulator and its throw-away key. Press Send, or Ctrl and Enter anywhere."
          : "Fill in account, region and key, then press Send, or Ctrl and Enter anywhere."}
      </p>
      <p>
        <a href="#sign">Sign</a> shows how the signature comes about, <a href="#samples">Samples</a> has the same
        request as code.
      </p>
    </div>
  );
}
