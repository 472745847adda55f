import type { ErrorShape, WireError } from "./wire-error.ts";

/**
 * The body of a refusal: what the vendor's SDK for the scheme reads. Under `fc` the request id stands in the header only.
 */
export function errorBody(shape: ErrorShape, error: WireError, requestId: string, host: string): string {
  return shape === "acs"
    ? JSON.stringify({ RequestId: requestId, HostId: host, Code: error.code, Message: error.message })
    : JSON.stringify({ ErrorCode: error.code, ErrorMessage: error.message });
}
