/** The part of the vendor's SDK for 2016-08-15 that is used here; it ships no types. */
declare module "@alicloud/fc2" {
  export default class FcClient {
    constructor(
      accountId: string,
      config: {
        readonly region: string;
        readonly endpoint: string;
        readonly accessKeyID: string;
        readonly accessKeySecret: string;
        readonly securityToken?: string | undefined;
      },
    );
    /** One signed GET below `/2016-08-15`. */
    get(
      path: "/stateful-async-invocation-functions",
      query: { readonly limit: number; readonly nextToken?: string },
    ): Promise<{
      readonly data: {
        readonly data?: readonly { serviceName: string; functionName: string; qualifier: string }[] | null;
        readonly nextToken?: string | null;
      };
    }>;
  }
}
