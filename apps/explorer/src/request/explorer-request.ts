/** Where a value on the page comes from: a field of the form, or something the page makes anew for each request. */
export type Origin = FieldName | "clock" | "nonce" | "fixed";

/** The fields of the form, named after what they become. */
export type FieldName =
  | "accountId"
  | "region"
  | "endpoint"
  | "accessKeyId"
  | "accessKeySecret"
  | "securityToken"
  | "limit"
  | "nextToken"
  | "X-Fc-Account-Id"
  | "X-Fc-Date"
  | "X-Fc-Trace-Id";

/** What stands in the form, as typed. */
export type FormValues = Readonly<Record<FieldName, string>>;

/** The fields that make the key pair. They never leave the page. */
export type KeyFieldName = "accessKeyId" | "accessKeySecret" | "securityToken";

/** The fields that make the request: all that a sample, and `GET /samples`, need. */
export type RequestFieldName = Exclude<FieldName, KeyFieldName>;

/** A request of the operation, checked, before it is signed. Holds no key. */
export interface ExplorerRequest {
  readonly accountId: string;
  readonly region: string;
  /** Template: `https://{account_id}.{region}.fc.aliyuncs.com`, or that of an emulator. */
  readonly endpoint: string;
  /** `undefined` leaves the parameter out: the service then answers 20 rows. */
  readonly limit: number | undefined;
  /** `undefined` from the start of the list. */
  readonly nextToken: string | undefined;
  /** The `X-Fc-*` headers that are filled in, in the order of the description. */
  readonly headers: readonly (readonly [name: string, value: string])[];
}
