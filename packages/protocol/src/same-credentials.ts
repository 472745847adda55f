import type { Credentials } from "./credentials.ts";

/** Whether two pairs are one and the same key; an empty security token is none. */
export function sameCredentials(left: Credentials, right: Credentials): boolean {
  return (
    left.accessKeyId === right.accessKeyId &&
    left.accessKeySecret === right.accessKeySecret &&
    (left.securityToken ?? "") === (right.securityToken ?? "")
  );
}
