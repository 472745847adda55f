import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { explainPasted, type PastedExplanation } from "../../pasted/explain-pasted.ts";
import { useAnnounce } from "../controls/announcer.tsx";
import { ExplanationCard } from "./explanation-card.tsx";

const REQUEST_EXAMPLE = `GET /2021-04-06/stateful-async-invocation-functions?limit=20 HTTP/1.1
Host: 1234567890123456.cn-hangzhou.fc.aliyuncs.com
x-acs-date: …
Authorization: ACS3-HMAC-SHA256 Credential=…

or: curl 'https://…' -H 'x-acs-date: …' …`;

/** Takes a request that somebody signed elsewhere, and says the first thing that differs from what the service would sign. */
export function PastePanel({ secret }: { readonly secret: string }): JSX.Element {
  const announce = useAnnounce();
  const [text, setText] = useState("");
  const [canonicalRequest, setCanonicalRequest] = useState("");
  // `undefined` follows the form's.
  const [ownSecret, setOwnSecret] = useState<string>();
  const [explanation, setExplanation] = useState<PastedExplanation>();
  const accessKeySecret = ownSecret ?? secret;

  async function check(): Promise<void> {
    const found = await explainPasted({ text, accessKeySecret, canonicalRequest, nowMs: Date.now() });
    setExplanation(found);
    announce(found.outcome === "right" ? "The signature is right." : sentenceOf(found));
  }

  return (
    <div class="paste">
      <form
        class="card paste-form"
        aria-label="Check a request of yours"
        onSubmit={(event) => {
          event.preventDefault();
          void check();
        }}
        onKeyDown={(event) => {
          if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
          // Elsewhere on the page these keys send the request of the form.
          event.preventDefault();
          event.stopPropagation();
          void check();
        }}
      >
        <div>
          <div class="field-head">
            <label for="paste-request">Your request</label>
            <span class="field-facts">raw HTTP, curl command or curl -v output</span>
          </div>
          <textarea
            id="paste-request"
            class="input"
            rows={7}
            spellcheck={false}
            placeholder={REQUEST_EXAMPLE}
            value={text}
            onInput={(event) => setText(event.currentTarget.value)}
          />
        </div>
        <div>
          <div class="field-head">
            <label for="paste-secret">AccessKey secret</label>
            <span class="field-facts">{ownSecret === undefined ? "that of the form" : "used in this tab alone"}</span>
          </div>
          <input
            id="paste-secret"
            class="input mono"
            type="password"
            autocomplete="off"
            value={accessKeySecret}
            onInput={(event) => setOwnSecret(event.currentTarget.value)}
          />
        </div>
        <details>
          <summary>Your own canonical request or string to sign, to compare line by line</summary>
          <label class="visually-hidden" for="paste-canonical">
            Your canonical request or string to sign
          </label>
          <textarea
            id="paste-canonical"
            class="input"
            rows={7}
            spellcheck={false}
            value={canonicalRequest}
            onInput={(event) => setCanonicalRequest(event.currentTarget.value)}
          />
        </details>
        <div class="row">
          <button type="submit" class="button is-primary">
            Find the first difference
          </button>
          <span class="muted small">Nothing is sent: the check is made in this tab.</span>
        </div>
      </form>
      {explanation !== undefined && <ExplanationCard explanation={explanation} />}
    </div>
  );
}

function sentenceOf(explanation: Exclude<PastedExplanation, { readonly outcome: "right" }>): string {
  return explanation.outcome === "wrong" ? explanation.sentence : explanation.problem;
}
