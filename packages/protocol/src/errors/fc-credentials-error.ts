import { FcError } from "./fc-error.ts";

/** The credentials provider failed, so nothing was sent. `cause` is what it threw. */
export class FcCredentialsError extends FcError {
  override readonly name = "FcCredentialsError";
  readonly code = "FC_CREDENTIALS";
  readonly reason = "auth";
}
