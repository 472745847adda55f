/**
 * One row of the list: a function with asynchronous tasks enabled, under one of its qualifiers. A function enabled for `LATEST`
 * and two aliases is three rows.
 *
 * Source: `AsyncConfigMeta` of ListStatefulAsyncInvocationFunctions.
 */
export interface AsyncFunction {
  /** Never empty. Any text: a name such as `__proto__` is a name. */
  readonly serviceName: string;
  /** Never empty. */
  readonly functionName: string;
  /** A version or alias, usually `LATEST`; empty when the service gave none. */
  readonly qualifier: string;
}
