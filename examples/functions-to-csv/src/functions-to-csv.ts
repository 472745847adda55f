import { createFcClient } from "@fc-async/core";
import { createNodeFetch, nodeHash } from "@fc-async/protocol/node";
import { csvLine } from "./csv-line.ts";
import { readSettings } from "./read-settings.ts";

/**
 * Every function with asynchronous tasks enabled, one line per region and qualifier. All of the list or an error: a CSV file
 * has no way to say that it stops half-way.
 *
 * @throws {TypeError} for a setting that is missing or wrong.
 * @throws Errors of the `FcError` family.
 */
export async function functionsToCsv(env: NodeJS.ProcessEnv): Promise<string> {
  const { regions, ...account } = readSettings(env);
  const fetch = createNodeFetch({ env });
  const lines = [csvLine(["region", "service", "function", "qualifier"])];
  for (const region of regions) {
    const client = createFcClient({ ...account, region, fetch, hash: nodeHash });
    for await (const { serviceName, functionName, qualifier } of client.listFunctions()) {
      lines.push(csvLine([region, serviceName, functionName, qualifier]));
    }
  }
  fetch.close();
  return lines.join("");
}
