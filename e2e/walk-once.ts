/**
 * A process that walks one list over `createNodeFetch()` and prints, as JSON, how many rows came and whether Node's built-in HTTP
 * client was loaded on the way. Its argument is the client's options.
 */
import { createFcClient } from "@fc-async/core";
import { createNodeFetch, nodeHash } from "@fc-async/protocol/node";

const fetch = createNodeFetch();
const client = createFcClient({ ...JSON.parse(process.argv[2] ?? "{}"), fetch, hash: nodeHash });
let rows = 0;
for await (const page of client.listPages({ limit: 10 })) rows += page.rows.length;
fetch.close();

const loaded: readonly string[] = Reflect.get(process, "moduleLoadList");
process.stdout.write(
  JSON.stringify({ rows, isBuiltInClientLoaded: loaded.includes(`NativeModule ${process.argv[3]}`) }),
);
