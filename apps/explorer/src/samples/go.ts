import { goLiteral } from "./literals.ts";
import type { Sample } from "./sample.ts";
import { enclosed, given, indented, LOCALHOST_REMARK, type SampledRequest } from "./sampled-request.ts";

/** The vendor's SDK for Go. */
export function goSample(request: SampledRequest): Sample {
  const { host, scheme, region, limit, nextToken, isLocalhostName } = request;
  return {
    id: "go",
    title: "Go",
    language: "go",
    proof: "parsed",
    install: "go get github.com/alibabacloud-go/fc-open-20210406/v2",
    code: `package main

import (
	"fmt"
	"log"
	"os"

	openapi "github.com/alibabacloud-go/darabonba-openapi/v2/client"
	fcopen "github.com/alibabacloud-go/fc-open-20210406/v2/client"
	util "github.com/alibabacloud-go/tea-utils/v2/service"
	"github.com/alibabacloud-go/tea/tea"
)

func main() {
${indented("\t", [isLocalhostName ? `// ${LOCALHOST_REMARK}` : undefined])}	config := &openapi.Config{
		AccessKeyId:     tea.String(os.Getenv("ALIBABA_CLOUD_ACCESS_KEY_ID")),
		AccessKeySecret: tea.String(os.Getenv("ALIBABA_CLOUD_ACCESS_KEY_SECRET")),
		RegionId:        ${text(region)},
		Endpoint:        ${text(host)},
		Protocol:        ${text(scheme.toUpperCase())},
	}
	if token := os.Getenv("ALIBABA_CLOUD_SECURITY_TOKEN"); token != "" {
		config.SecurityToken = tea.String(token)
	}
	client, err := fcopen.NewClient(config)
	if err != nil {
		log.Fatal(err)
	}

	request := &fcopen.ListStatefulAsyncInvocationFunctionsRequest{${fields([
    ["Limit", given(limit, (value) => `tea.Int32(${value})`)],
    ["NextToken", given(nextToken, text)],
  ])}}
	headers := &fcopen.ListStatefulAsyncInvocationFunctionsHeaders{${fields([
    ["XFcAccountId", given(request.header("X-Fc-Account-Id"), text)],
    ["XFcDate", given(request.header("X-Fc-Date"), text)],
    ["XFcTraceId", given(request.header("X-Fc-Trace-Id"), text)],
  ])}}
	response, err := client.ListStatefulAsyncInvocationFunctionsWithOptions(request, headers, &util.RuntimeOptions{})
	if err != nil {
		log.Fatal(err)
	}
	for _, row := range response.Body.Data {
		fmt.Println(tea.StringValue(row.ServiceName), tea.StringValue(row.FunctionName), tea.StringValue(row.Qualifier))
	}
	if token := tea.StringValue(response.Body.NextToken); token != "" {
		fmt.Println("next token:", token)
	}
}
`,
  };
}

function text(value: string): string {
  return `tea.String(${goLiteral(value)})`;
}

/** The members that have a value, aligned as gofmt does it. */
function fields(members: readonly (readonly [name: string, value: string | undefined])[]): string {
  const present = members.filter(([, value]) => value !== undefined);
  const width = Math.max(0, ...present.map(([name]) => name.length)) + 2;
  return enclosed(
    "\t\t",
    present.map(([name, value]) => `${`${name}:`.padEnd(width)}${value},`),
    "\t",
  );
}
