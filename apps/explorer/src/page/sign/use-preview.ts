import { useEffect, useState } from "preact/hooks";
import type { FormReading } from "../../request/read-form.ts";
import type { SigningInstant } from "../../signing/request-headers.ts";
import { signingStages } from "../../signing/sign-stages.ts";
import type { SigningStages } from "../../signing/signing-stages.ts";

/** The stages of what is in the form, signed for a given instant; `undefined` while the form is not right. */
export function usePreview(reading: FormReading, instant: SigningInstant): SigningStages | undefined {
  const [stages, setStages] = useState<SigningStages>();
  useEffect(() => {
    if (!reading.ok) {
      setStages(undefined);
      return undefined;
    }
    let isCurrent = true;
    const { request, credentials } = reading;
    void (async () => {
      const signed = await signingStages(request, credentials, instant);
      if (isCurrent) setStages(signed);
    })();
    return () => {
      isCurrent = false;
    };
  }, [reading, instant]);
  return stages;
}
