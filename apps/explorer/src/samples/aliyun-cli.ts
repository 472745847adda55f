import { shellLiteral } from "./literals.ts";
import type { Sample } from "./sample.ts";
import { given, type SampledRequest } from "./sampled-request.ts";

/**
 * The vendor's command line tool, in the form for ROA-style APIs. It reads the keys from the same variables as the SDKs.
 *
 * Values stand behind `=`, so that one that begins with a dash is no option.
 *
 * @see aliyun/aliyun-cli, cli/parser.go and openapi/invoker.go
 */
export function aliyunCliSample(request: SampledRequest): Sample {
  const { host, scheme, path, region, limit, nextToken, headers } = request;
  const words = [
    `aliyun fc-open GET ${shellLiteral(path)}`,
    `--region=${shellLiteral(region)}`,
    `--endpoint=${shellLiteral(host)}`,
    scheme === "https" ? "--secure" : undefined,
    given(limit, (value) => `--limit=${value}`),
    given(nextToken, (text) => `--nextToken=${shellLiteral(text)}`),
    ...headers.map(([name, value]) => `--header=${shellLiteral(`${name}=${value}`)}`),
  ];
  const remark =
    scheme === "https"
      ? ""
      : "# The endpoint speaks http: newer versions of the tool insist on https and cannot reach it.\n";
  return {
    id: "aliyun-cli",
    title: "aliyun CLI",
    language: "bash",
    proof: "parsed",
    install: "brew install aliyun-cli",
    code: `${remark}${words.filter((word) => word !== undefined).join(" \\\n  ")}\n`,
  };
}
