import { OPERATION, VENDOR_ENDPOINTS } from "../generated/operation.ts";
import { typescriptLiteral } from "./literals.ts";
import type { Sample } from "./sample.ts";
import { given, indented, type SampledRequest } from "./sampled-request.ts";

const [publicEndpoint] = VENDOR_ENDPOINTS;

/** The typed client of this project, for exactly one page. */
export function typescriptCoreSample(request: SampledRequest): Sample {
  const { accountId, region, endpoint, limit, nextToken, isLocalhostName } = request;
  const query = [
    given(limit, (value) => `limit: ${value}`),
    given(nextToken, (text) => `nextToken: ${typescriptLiteral(text)}`),
  ];
  const headers = [
    given(request.header("X-Fc-Account-Id"), (text) => `"X-Fc-Account-Id": ${typescriptLiteral(text)}`),
    given(request.header("X-Fc-Trace-Id"), (text) => `"X-Fc-Trace-Id": ${typescriptLiteral(text)}`),
  ];
  return {
    id: "typescript-core",
    title: "TypeScript (@fc-async/core)",
    language: "typescript",
    proof: "executed",
    install: isLocalhostName ? "npm install @fc-async/core @fc-async/protocol" : "npm install @fc-async/core",
    code: `import { createFcClient } from "@fc-async/core";
${isLocalhostName ? `import { createNodeFetch } from "@fc-async/protocol/node";\n` : ""}
const {
  ALIBABA_CLOUD_ACCESS_KEY_ID: accessKeyId = "",
  ALIBABA_CLOUD_ACCESS_KEY_SECRET: accessKeySecret = "",
  ALIBABA_CLOUD_SECURITY_TOKEN: securityToken,
} = process.env;
${isLocalhostName ? "// Resolves *.localhost, which Node itself does not.\nconst fetch = createNodeFetch();\n" : ""}
const client = createFcClient({
${indented("  ", [
  `accountId: ${typescriptLiteral(accountId)},`,
  `region: ${typescriptLiteral(region)},`,
  endpoint === publicEndpoint.template ? undefined : `endpoint: ${typescriptLiteral(endpoint)},`,
  "credentials: { accessKeyId, accessKeySecret, securityToken },",
  isLocalhostName ? "fetch," : undefined,
])}});
${request.header("X-Fc-Date") === undefined ? "" : "// X-Fc-Date is not among the headers: the client sends the time of the call.\n"}const { data, error } = await client.GET(${typescriptLiteral(OPERATION.path)}, {
  params: {
${indented("    ", [
  `query: ${objectOf(query)},`,
  headers.every((header) => header === undefined) ? undefined : `header: ${objectOf(headers)},`,
])}  },
});
if (error !== undefined) throw new Error(JSON.stringify(error));
for (const row of data.data ?? []) console.log(row.serviceName, row.functionName, row.qualifier);
if (data.nextToken) console.log("next token:", data.nextToken);
${isLocalhostName ? "fetch.close();\n" : ""}`,
  };
}

function objectOf(members: readonly (string | undefined)[]): string {
  const present = members.filter((member) => member !== undefined);
  return present.length === 0 ? "{}" : `{ ${present.join(", ")} }`;
}
