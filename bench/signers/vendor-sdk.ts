import { createRequire } from "node:module";
import { CREDENTIALS, LIMIT, LIST_PATH, OPERATION } from "../clients/account.ts";
import { SIGNED_HOST, type Signer } from "./signer.ts";

const ALGORITHM = "ACS3-HMAC-SHA256";

/** The functions of `@alicloud/openapi-util` that `doRequest` of `@alicloud/openapi-client` signs with. */
interface OpenApiUtil {
  getTimestamp(): string;
  hash(raw: Buffer, algorithm: string): Buffer;
  hexEncode(raw: Buffer): string;
  getAuthorization(request: object, algorithm: string, payloadHex: string, accessKeyId: string, secret: string): string;
}

const fromSdk = createRequire(import.meta.resolve("@alicloud/fc-open20210406"));
const { default: util }: { readonly default: OpenApiUtil } = fromSdk("@alicloud/openapi-util");

/** The signer of the vendor's SDK, called as its `doRequest` calls it. */
export const vendorSdkSigner: Signer = ({ nextToken, nonce }) => {
  const payloadHex = util.hexEncode(util.hash(Buffer.from(""), ALGORITHM));
  const request = {
    method: "GET",
    pathname: LIST_PATH,
    query: { limit: String(LIMIT), nextToken },
    headers: {
      host: SIGNED_HOST,
      "x-acs-version": OPERATION.version,
      "x-acs-action": OPERATION.action,
      "x-acs-date": util.getTimestamp(),
      "x-acs-signature-nonce": nonce,
      accept: "application/json",
      "x-acs-content-sha256": payloadHex,
    },
  };
  return util.getAuthorization(request, ALGORITHM, payloadHex, CREDENTIALS.accessKeyId, CREDENTIALS.accessKeySecret);
};
