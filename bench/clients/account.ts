/** Whom all clients read as. The server checks no signature; making it is what costs. */
export const ACCOUNT_ID = "1000000000000001";

export const REGION = "cn-hangzhou";

/** A key that opens nothing. */
export const CREDENTIALS = {
  accessKeyId: "LTAI5tExampleKeyId0000",
  accessKeySecret: "ExampleSecret0000000000000000",
} as const;

/** The signed headers that name the operation. */
export const OPERATION = { action: "ListStatefulAsyncInvocationFunctions", version: "2021-04-06" } as const;

export const LIST_PATH = "/2021-04-06/stateful-async-invocation-functions";

/** Rows asked for per page. */
export const LIMIT = 100;
