import type { JSX } from "preact";
import { textOf } from "../../signing/parts.ts";
import type { SigningStages } from "../../signing/signing-stages.ts";
import { StageCard } from "./stage-card.tsx";

/** How one request is signed, from its parts to the header. */
export function Stages({ stages }: { readonly stages: SigningStages }): JSX.Element {
  const { canonicalRequest, stringToSign, signature, finalLines } = stages;
  return (
    <ol class="stages">
      <StageCard number={1} title="Canonical request" lines={canonicalRequest} text={textOf(canonicalRequest)}>
        Method, path, sorted query, every <code>host</code> and <code>x-acs-*</code> header by name, an empty line, the
        names that are signed, and the SHA-256 of the body.
      </StageCard>
      <StageCard number={2} title="String to sign" lines={stringToSign} text={textOf(stringToSign)}>
        The name of the scheme, and the SHA-256 of stage 1 in hexadecimal.
      </StageCard>
      <StageCard
        number={3}
        title="Signature"
        lines={[[{ text: signature, origin: "accessKeySecret", label: "HMAC-SHA256 with the AccessKey secret" }]]}
        text={signature}
      >
        HMAC-SHA256 of stage 2, keyed with the AccessKey secret as it is: no prefix, no derived key.
      </StageCard>
      <StageCard number={4} title="Final request" lines={finalLines} text={textOf(finalLines)}>
        The request as it goes on the wire. <code>x-fc-*</code> headers are sent, but this scheme does not sign them.
      </StageCard>
    </ol>
  );
}
