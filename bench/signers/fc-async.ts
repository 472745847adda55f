import { canonicalQuery, signAcs3, type HeaderPair, type SignatureHash } from "@fc-async/protocol";
import { CREDENTIALS, LIMIT, LIST_PATH, OPERATION } from "../clients/account.ts";
import { SIGNED_HOST, type Signer } from "./signer.ts";

/** Our signer on the given hash. */
export function createFcAsyncSigner(hash: SignatureHash): Signer {
  return ({ nextToken, nonce }) => {
    const query = canonicalQuery([
      ["limit", String(LIMIT)],
      ["nextToken", nextToken],
    ]);
    const signed = signAcs3(
      { method: "GET", host: SIGNED_HOST, path: LIST_PATH, query, headers: [["accept", "application/json"]] },
      { credentials: CREDENTIALS, hash, dateMs: Date.now(), nonce, ...OPERATION },
    );
    return signed instanceof Promise ? signed.then(authorizationOf) : authorizationOf(signed);
  };
}

function authorizationOf(headers: readonly HeaderPair[]): string {
  return headers.find(([name]) => name === "authorization")?.[1] ?? "";
}
