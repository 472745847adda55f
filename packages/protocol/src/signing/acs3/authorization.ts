import { ACS3_ALGORITHM } from "./acs3-algorithm.ts";

/** Last stage of ACS3: the `Authorization` header. Its parts are parted by commas without spaces. */
export function acs3Authorization(accessKeyId: string, headerNames: string, signature: string): string {
  return `${ACS3_ALGORITHM} Credential=${accessKeyId},SignedHeaders=${headerNames},Signature=${signature}`;
}
