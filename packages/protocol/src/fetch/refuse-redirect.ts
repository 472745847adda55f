import { FcResponseError } from "../errors/fc-response-error.ts";

/** @throws {FcResponseError} when an answer is a redirect. `status` is 0 where a browser hides it. */
export function refuseRedirect(request: string, status: number): void {
  if (status !== 0 && (status < 300 || status > 399)) return;
  throw new FcResponseError(
    `${request}: the answer is a redirect${status === 0 ? "" : ` (${status})`}, which is never followed because it would carry the ` +
      "signature away. Check the endpoint and any proxy on the way.",
    { status },
  );
}
