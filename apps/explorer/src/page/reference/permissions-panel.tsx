import type { JSX } from "preact";
import { OPERATION } from "../../generated/operation.ts";
import { CodeBlock } from "../controls/code-block.tsx";
import { CopyButton } from "../controls/copy-button.tsx";
import { Highlighted } from "../text/highlighted.tsx";
import { ramPolicy } from "./ram-policy.ts";

/** What a RAM user or role needs to make this call. */
export function PermissionsPanel(): JSX.Element {
  const policy = JSON.stringify(ramPolicy(), undefined, 2);
  return (
    <div class="stack">
      <div class="prose stack is-tight">
        <p>
          <strong>One action is all the call needs.</strong> Attach this policy to the RAM user or role whose key signs
          the requests.
        </p>
      </div>
      <div class="card code-card">
        <div class="code-head">
          <h2>RAM policy</h2>
          <span class="push">
            <CopyButton text={policy} what="the policy" />
          </span>
        </div>
        <CodeBlock label="RAM policy">
          <Highlighted language="json" text={policy} />
        </CodeBlock>
      </div>
      <div class="prose stack is-tight">
        <p>
          <code>Resource</code> must be <code>*</code>: <code>{OPERATION.ramAction}</code> can be granted on all
          resources only, so a policy that names a region, a service or a function denies the call.
        </p>
        <p>
          The managed policy <code>AliyunFCReadOnlyAccess</code> covers it, too: it allows <code>fc:Get*</code> and{" "}
          <code>fc:List*</code> on <code>*</code>, which is far more than this call needs.
        </p>
      </div>
    </div>
  );
}
