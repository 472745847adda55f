import type { Credentials } from "./credentials.ts";
import { FcCredentialsError } from "./errors/fc-credentials-error.ts";

const HEADER_TEXT = /^[\u0021-\u007E]+$/;

/**
 * Looks at a key pair before anything is signed with it: what cannot stand in a header would be refused further down, by a
 * message that holds it. An empty security token is none.
 *
 * @throws {FcCredentialsError} naming the part that is wrong, never its value.
 */
export function checkedCredentials({ accessKeyId, accessKeySecret, securityToken }: Credentials): Credentials {
  if (!HEADER_TEXT.test(accessKeyId)) throw wrong("access key id");
  if (typeof accessKeySecret !== "string" || accessKeySecret === "") throw wrong("access key secret");
  if (securityToken === undefined || securityToken === "") return { accessKeyId, accessKeySecret };
  if (!HEADER_TEXT.test(securityToken)) throw wrong("security token");
  return { accessKeyId, accessKeySecret, securityToken };
}

function wrong(part: string): FcCredentialsError {
  return new FcCredentialsError(
    `The ${part} is empty or holds a space, a line break or another character that no key has. Look for what was copied along with it.`,
  );
}
