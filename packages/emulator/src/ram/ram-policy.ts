/** A statement of a RAM policy, spelled as in RAM. */
export interface RamStatement {
  readonly Effect: "Allow" | "Deny";
  /** `fc:ListStatefulAsyncInvocationFunctions`, or a pattern: `fc:List*`. */
  readonly Action: string | readonly string[];
  /** `*` for every resource. */
  readonly Resource: string | readonly string[];
}

/** A RAM policy document. Conditions are not simulated: the operation has no condition keys. */
export interface RamPolicy {
  readonly Version: "1";
  readonly Statement: readonly RamStatement[];
}
