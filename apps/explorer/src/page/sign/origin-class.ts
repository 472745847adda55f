import type { Part } from "../../signing/signing-stages.ts";

const CLASSES = {
  accountId: "origin-where",
  region: "origin-where",
  endpoint: "origin-where",
  accessKeyId: "origin-key",
  accessKeySecret: "origin-key",
  securityToken: "origin-key",
  limit: "origin-query",
  nextToken: "origin-query",
  "X-Fc-Account-Id": "origin-header",
  "X-Fc-Date": "origin-header",
  "X-Fc-Trace-Id": "origin-header",
  clock: "origin-fresh",
  nonce: "origin-fresh",
  canonicalRequest: "origin-stage",
  stringToSign: "origin-stage",
  signature: "origin-stage",
  fixed: "origin-fixed",
} as const satisfies Record<Part["origin"], string>;

/** The colour of a part: by the group of the field it came from. */
export function originClass(origin: Part["origin"]): string {
  return CLASSES[origin];
}
