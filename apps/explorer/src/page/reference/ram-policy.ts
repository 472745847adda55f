import { OPERATION } from "../../generated/operation.ts";

/** A policy of Alibaba Cloud's RAM. */
export interface RamPolicy {
  readonly Version: "1";
  readonly Statement: readonly { readonly Effect: "Allow"; readonly Action: string; readonly Resource: string }[];
}

/** The least that allows the operation. */
export function ramPolicy(): RamPolicy {
  return {
    Version: "1",
    Statement: [{ Effect: "Allow", Action: OPERATION.ramAction, Resource: OPERATION.ramResource }],
  };
}
