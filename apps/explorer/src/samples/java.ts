import { javaLiteral } from "./literals.ts";
import type { Sample } from "./sample.ts";
import { given, indented, LOCALHOST_REMARK, type SampledRequest } from "./sampled-request.ts";

/** The vendor's SDK for Java. */
export function javaSample(request: SampledRequest): Sample {
  const { host, scheme, region, limit, nextToken, isLocalhostName } = request;
  return {
    id: "java",
    title: "Java",
    language: "java",
    proof: "parsed",
    install: "mvn dependency:get -Dartifact=com.aliyun:fc_open20210406:RELEASE",
    code: `import com.aliyun.fc_open20210406.Client;
import com.aliyun.fc_open20210406.models.AsyncConfigMeta;
import com.aliyun.fc_open20210406.models.ListStatefulAsyncInvocationFunctionsHeaders;
import com.aliyun.fc_open20210406.models.ListStatefulAsyncInvocationFunctionsRequest;
import com.aliyun.fc_open20210406.models.ListStatefulAsyncInvocationFunctionsResponseBody;
import com.aliyun.teaopenapi.models.Config;
import com.aliyun.teautil.models.RuntimeOptions;

public class ListAsyncFunctions {
    public static void main(String[] arguments) throws Exception {
        Config config = new Config();
        config.setAccessKeyId(System.getenv("ALIBABA_CLOUD_ACCESS_KEY_ID"));
        config.setAccessKeySecret(System.getenv("ALIBABA_CLOUD_ACCESS_KEY_SECRET"));
        config.setSecurityToken(System.getenv("ALIBABA_CLOUD_SECURITY_TOKEN"));
        config.setRegionId(${javaLiteral(region)});
${indented("        ", [isLocalhostName ? `// ${LOCALHOST_REMARK}` : undefined])}        config.setEndpoint(${javaLiteral(host)});
        config.setProtocol(${javaLiteral(scheme.toUpperCase())});

        ListStatefulAsyncInvocationFunctionsRequest request = new ListStatefulAsyncInvocationFunctionsRequest();
${indented("        ", [
  given(limit, (value) => `request.setLimit(${value});`),
  given(nextToken, (text) => `request.setNextToken(${javaLiteral(text)});`),
])}        ListStatefulAsyncInvocationFunctionsHeaders headers = new ListStatefulAsyncInvocationFunctionsHeaders();
${indented("        ", [
  given(request.header("X-Fc-Account-Id"), (text) => `headers.setXFcAccountId(${javaLiteral(text)});`),
  given(request.header("X-Fc-Date"), (text) => `headers.setXFcDate(${javaLiteral(text)});`),
  given(request.header("X-Fc-Trace-Id"), (text) => `headers.setXFcTraceId(${javaLiteral(text)});`),
])}
        ListStatefulAsyncInvocationFunctionsResponseBody body = new Client(config)
            .listStatefulAsyncInvocationFunctionsWithOptions(request, headers, new RuntimeOptions())
            .getBody();
        if (body.getData() != null) {
            for (AsyncConfigMeta row : body.getData()) {
                System.out.println(row.getServiceName() + " " + row.getFunctionName() + " " + row.getQualifier());
            }
        }
        if (body.getNextToken() != null && !body.getNextToken().isEmpty()) {
            System.out.println("next token: " + body.getNextToken());
        }
    }
}
`,
  };
}
