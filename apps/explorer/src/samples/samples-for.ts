import type { ExplorerRequest } from "../request/explorer-request.ts";
import { aliyunCliSample } from "./aliyun-cli.ts";
import { curlSample } from "./curl.ts";
import { goSample } from "./go.ts";
import { javaSample } from "./java.ts";
import { pythonSample } from "./python.ts";
import type { Sample } from "./sample.ts";
import { sampledRequest } from "./sampled-request.ts";
import { typescriptCoreSample } from "./typescript-core.ts";
import { typescriptSdkSample } from "./typescript-sdk.ts";

const WRITERS = [
  curlSample,
  typescriptCoreSample,
  typescriptSdkSample,
  pythonSample,
  goSample,
  javaSample,
  aliyunCliSample,
] as const;

/** The samples for exactly this request, in the order of their tabs. None holds a key. */
export function samplesFor(request: ExplorerRequest): readonly Sample[] {
  const sampled = sampledRequest(request);
  return WRITERS.map((write) => write(sampled));
}
