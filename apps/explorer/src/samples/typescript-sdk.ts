import { typescriptLiteral } from "./literals.ts";
import type { Sample } from "./sample.ts";
import { enclosed, given, type SampledRequest } from "./sampled-request.ts";

/** The SDK takes no resolver of its own. */
const RESOLVE_LOCALHOST = `// *.localhost is this machine (RFC 6761), which Node does not know.
const { lookup } = dns;
const resolve = (name: string, ...rest: unknown[]) =>
  Reflect.apply(lookup, dns, [name.endsWith(".localhost") ? "127.0.0.1" : name, ...rest]);
dns.lookup = Object.assign(resolve, lookup);

`;

/** The vendor's SDK. Its modules are CommonJS, so an ES module reads everything from their default export. */
export function typescriptSdkSample(request: SampledRequest): Sample {
  const { host, scheme, region, limit, nextToken, isLocalhostName } = request;
  return {
    id: "typescript-sdk",
    title: "TypeScript (vendor's SDK)",
    language: "typescript",
    proof: "executed",
    install: "npm install @alicloud/fc-open20210406 @alicloud/openapi-client @alicloud/tea-util",
    code: `${isLocalhostName ? `import dns from "node:dns";\n` : ""}import fcOpen from "@alicloud/fc-open20210406";
import openApi from "@alicloud/openapi-client";
import teaUtil from "@alicloud/tea-util";

${isLocalhostName ? RESOLVE_LOCALHOST : ""}const config = new openApi.Config({
  accessKeyId: process.env.ALIBABA_CLOUD_ACCESS_KEY_ID,
  accessKeySecret: process.env.ALIBABA_CLOUD_ACCESS_KEY_SECRET,
  securityToken: process.env.ALIBABA_CLOUD_SECURITY_TOKEN,
  regionId: ${typescriptLiteral(region)},
  // Without an endpoint the SDK asks a host whose account is the literal "account-id".
  endpoint: ${typescriptLiteral(host)},
  protocol: ${typescriptLiteral(scheme.toUpperCase())},
});
const client = new fcOpen.default(config);
const request = new fcOpen.ListStatefulAsyncInvocationFunctionsRequest({${enclosed("  ", [
      given(limit, (value) => `limit: ${value},`),
      given(nextToken, (text) => `nextToken: ${typescriptLiteral(text)},`),
    ])}});
const headers = new fcOpen.ListStatefulAsyncInvocationFunctionsHeaders({${enclosed("  ", [
      given(request.header("X-Fc-Account-Id"), (text) => `xFcAccountId: ${typescriptLiteral(text)},`),
      given(request.header("X-Fc-Date"), (text) => `xFcDate: ${typescriptLiteral(text)},`),
      given(request.header("X-Fc-Trace-Id"), (text) => `xFcTraceId: ${typescriptLiteral(text)},`),
    ])}});
const runtime = new teaUtil.RuntimeOptions({});

const { body } = await client.listStatefulAsyncInvocationFunctionsWithOptions(request, headers, runtime);
for (const row of body.data ?? []) console.log(row.serviceName, row.functionName, row.qualifier);
if (body.nextToken) console.log("next token:", body.nextToken);
`,
  };
}
