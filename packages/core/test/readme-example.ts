import { createFcClient } from "@fc-async/core";

export async function listing(accountId: string, accessKeyId: string, accessKeySecret: string): Promise<string[]> {
  const client = createFcClient({ accountId, region: "cn-hangzhou", credentials: { accessKeyId, accessKeySecret } });
  const lines: string[] = [];
  for await (const fn of client.listFunctions()) lines.push(`${fn.serviceName} ${fn.functionName} ${fn.qualifier}`);
  return lines;
}
