/**
 * A program as a user of the vendor's SDK writes it: nothing is set but what the environment says. The endpoint is FC_ENDPOINT, the
 * credentials are those of the SDK's default chain. Prints the rows of one page as JSON.
 */
import { createRequire } from "node:module";
import type OpenSdk from "@alicloud/fc-open20210406";

// By require, as its users load it; the classes it is configured with out of its own dependencies.
const here = createRequire(import.meta.url);
const sdk: typeof OpenSdk = here("@alicloud/fc-open20210406");
const ofSdk = createRequire(here.resolve("@alicloud/fc-open20210406"));
const openApiClient = ofSdk.resolve("@alicloud/openapi-client");
type Config = ConstructorParameters<typeof OpenSdk.default>[0];
const { Config: SdkConfig }: { readonly Config: new (fields: Readonly<Record<string, unknown>>) => Config } =
  ofSdk(openApiClient);
const { default: Credential }: { readonly default: new () => object } =
  createRequire(openApiClient)("@alicloud/credentials");

const client = new sdk.default(
  new SdkConfig({ credential: new Credential(), endpoint: process.env["FC_ENDPOINT"], protocol: "HTTP" }),
);
const request = new sdk.ListStatefulAsyncInvocationFunctionsRequest({ limit: 100 });
const { body } = await client.listStatefulAsyncInvocationFunctions(request);
process.stdout.write(JSON.stringify(body?.data ?? []));
