/** What differs from one signed request to the next. */
export interface RequestOfPage {
  readonly nextToken: string;
  readonly nonce: string;
}

/** From the page asked for to the value of `Authorization`: date, encoding of the query, hash, HMAC. The nonce is given. */
export type Signer = (request: RequestOfPage) => string | Promise<string>;

/** The host that stands in every signature. */
export const SIGNED_HOST = "1000000000000001.cn-hangzhou.fc.aliyuncs.com";
