import { createRequire } from "node:module";
import { CREDENTIALS, LIMIT, REGION } from "./account.ts";
import type { Walk } from "./walk-client.ts";

/** CommonJS, taken as such: module loaders differ in what they call its default export. */
const sdk: typeof import("@alicloud/fc-open20210406") = createRequire(import.meta.url)("@alicloud/fc-open20210406");
const { default: Client, ListStatefulAsyncInvocationFunctionsRequest } = sdk;

type SdkConfig = ConstructorParameters<typeof Client>[0];

/** The configuration's class belongs to a dependency of the SDK, which is asked for it as the SDK itself does. */
const fromSdk = createRequire(import.meta.resolve("@alicloud/fc-open20210406"));
const { Config }: { readonly Config: new (fields: object) => SdkConfig } = fromSdk("@alicloud/openapi-client");

/** The vendor's SDK, which reads one page a call. */
export function createVendorSdkWalk(origin: string): Walk {
  const { host, protocol } = new URL(origin);
  const client = new Client(
    new Config({ ...CREDENTIALS, regionId: REGION, endpoint: host, protocol: protocol.slice(0, -1).toUpperCase() }),
  );
  return async (count) => {
    let nextToken: string | undefined;
    do {
      const request = new ListStatefulAsyncInvocationFunctionsRequest({ limit: LIMIT, nextToken });
      const { body } = await client.listStatefulAsyncInvocationFunctions(request);
      count(body?.data ?? []);
      nextToken = body?.nextToken ?? "";
    } while (nextToken !== "");
  };
}
