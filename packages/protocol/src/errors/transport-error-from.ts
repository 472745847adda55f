import { FcNetworkError } from "./fc-network-error.ts";
import { FcResponseError } from "./fc-response-error.ts";

const CERTIFICATE_CODES =
  /^(CERT_|ERR_TLS_|ERR_SSL_|EPROTO$|DEPTH_ZERO_SELF_SIGNED_CERT$|SELF_SIGNED_|UNABLE_TO_|HOSTNAME_MISMATCH$|INVALID_CA$|INVALID_PURPOSE$|PATH_LENGTH_EXCEEDED$)/;
const DECOMPRESSION_CODES = /^(Z_[A-Z]+_ERROR|ERR_?_ERROR_FORMAT_|ERR_BROTLI|ERR_BUF_ERROR|ERR__ERROR_)/;
/** Causes are followed this deep: platforms wrap the socket's error once or twice. */
const MAX_CAUSE_DEPTH = 10;

/**
 * Makes the error of a request that got no whole answer, from whatever a `fetch` or a socket threw. `request` says which one,
 * without its query. A refused certificate is `tls` and final, a body that does not decompress `invalid_response`; everything
 * else is `network` and may be tried again.
 */
export function transportErrorFrom(cause: unknown, request: string): FcNetworkError | FcResponseError {
  const { code, message } = rootOf(cause);
  const said = [code, message].filter((part) => part !== undefined && part !== "").join(": ");
  if (code !== undefined && CERTIFICATE_CODES.test(code)) {
    return new FcNetworkError(
      `${request}: the certificate of the peer was refused (${said}). Check the endpoint, or give the CA certificate it is signed with.`,
      { reason: "tls", retryable: false, cause },
    );
  }
  if (code !== undefined && DECOMPRESSION_CODES.test(code)) {
    return new FcResponseError(
      `${request}: the body cannot be decompressed (${said}). Something between the service and here cut or changed it.`,
      { cause },
    );
  }
  return new FcNetworkError(
    `${request}: no answer (${said === "" ? "unknown cause" : said}). Check the endpoint, DNS and the network between.`,
    { reason: "network", retryable: true, cause },
  );
}

/** The deepest cause with a code, else the outermost error. */
function rootOf(cause: unknown): { readonly code: string | undefined; readonly message: string | undefined } {
  let found = { code: codeOf(cause), message: cause instanceof Error ? cause.message : undefined };
  let current = cause;
  for (let depth = 0; depth < MAX_CAUSE_DEPTH && current instanceof Error; depth++) {
    const code = codeOf(current);
    if (code !== undefined) found = { code, message: current.message };
    current = current instanceof AggregateError ? current.errors[0] : current.cause;
  }
  return found;
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : undefined;
}
