import { pythonLiteral } from "./literals.ts";
import type { Sample } from "./sample.ts";
import { enclosed, given, indented, LOCALHOST_REMARK, type SampledRequest } from "./sampled-request.ts";

/** The vendor's SDK for Python 3. */
export function pythonSample(request: SampledRequest): Sample {
  const { host, scheme, region, limit, nextToken, isLocalhostName } = request;
  return {
    id: "python",
    title: "Python",
    language: "python",
    proof: "parsed",
    install: "pip install alibabacloud_fc_open20210406",
    code: `import os

from alibabacloud_fc_open20210406 import models
from alibabacloud_fc_open20210406.client import Client
from alibabacloud_tea_openapi.models import Config
from alibabacloud_tea_util.models import RuntimeOptions

client = Client(
    Config(
        access_key_id=os.environ["ALIBABA_CLOUD_ACCESS_KEY_ID"],
        access_key_secret=os.environ["ALIBABA_CLOUD_ACCESS_KEY_SECRET"],
        security_token=os.environ.get("ALIBABA_CLOUD_SECURITY_TOKEN"),
        region_id=${pythonLiteral(region)},
${indented("        ", [isLocalhostName ? `# ${LOCALHOST_REMARK}` : undefined])}        endpoint=${pythonLiteral(host)},
        protocol=${pythonLiteral(scheme.toUpperCase())},
    )
)
request = models.ListStatefulAsyncInvocationFunctionsRequest(${enclosed("    ", [
      given(limit, (value) => `limit=${value},`),
      given(nextToken, (text) => `next_token=${pythonLiteral(text)},`),
    ])})
headers = models.ListStatefulAsyncInvocationFunctionsHeaders(${enclosed("    ", [
      given(request.header("X-Fc-Account-Id"), (text) => `x_fc_account_id=${pythonLiteral(text)},`),
      given(request.header("X-Fc-Date"), (text) => `x_fc_date=${pythonLiteral(text)},`),
      given(request.header("X-Fc-Trace-Id"), (text) => `x_fc_trace_id=${pythonLiteral(text)},`),
    ])})

body = client.list_stateful_async_invocation_functions_with_options(request, headers, RuntimeOptions()).body
for row in body.data or []:
    print(row.service_name, row.function_name, row.qualifier)
if body.next_token:
    print("next token:", body.next_token)
`,
  };
}
