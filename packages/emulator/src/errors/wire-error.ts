/** A refusal as the service words it. */
export interface WireError {
  readonly status: number;
  readonly code: string;
  readonly message: string;
}

/** The two spellings of an error body: `acs` has Code and Message, `fc` has ErrorCode and ErrorMessage. */
export type ErrorShape = "acs" | "fc";
