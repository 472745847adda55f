import type { ExplorerRequest } from "../request/explorer-request.ts";
import type { Part } from "./signing-stages.ts";

const PLACEHOLDERS = /(\{account_id\}|\{region\})/;

/** The host of a request in the pieces that the template and its two fields give. */
export function hostParts({ endpoint, accountId, region }: ExplorerRequest, host: string): readonly Part[] {
  const template = endpoint.replace(/^https?:\/\//i, "").replace(/\/$/, "");
  const parts = template
    .split(PLACEHOLDERS)
    .filter((piece) => piece !== "")
    .map((piece): Part => {
      if (piece === "{account_id}") return { text: accountId, origin: "accountId", label: "account id" };
      if (piece === "{region}") return { text: region, origin: "region", label: "region" };
      return { text: piece, origin: "endpoint", label: "endpoint" };
    });
  // A URL's host is not always spelt as in the template: small letters, and no port that is the scheme's own.
  const isSpeltSo = parts.map(({ text }) => text).join("") === host;
  return isSpeltSo ? parts : [{ text: host, origin: "endpoint", label: "endpoint" }];
}
