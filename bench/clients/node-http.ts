import { Agent, request } from "node:http";
import { LIMIT, LIST_PATH } from "./account.ts";
import { signedRequestHead } from "./floor.ts";
import type { CountedRow, Walk } from "./walk-client.ts";

interface BarePage {
  readonly data: readonly CountedRow[];
  readonly nextToken: string;
}

/** The floor with node:http in place of the raw socket: what any client on node:http pays before it has done anything. */
export function createNodeHttpWalk(origin: string): Walk {
  const { host, hostname, port } = new URL(origin);
  const agent = new Agent({ keepAlive: true });

  function get(query: string): Promise<BarePage> {
    const [, ...lines] = signedRequestHead(host, query, Date.now()).trimEnd().split("\r\n");
    const headers = lines.flatMap((line) => [line.slice(0, line.indexOf(":")), line.slice(line.indexOf(":") + 1)]);
    return new Promise((resolve, reject) => {
      const outgoing = request({ agent, host: hostname, port, path: `${LIST_PATH}?${query}`, headers }, (message) => {
        const chunks: Buffer[] = [];
        message.on("data", (chunk: Buffer) => chunks.push(chunk));
        message.on("end", () => resolve(JSON.parse(Buffer.concat(chunks).toString())));
      });
      outgoing.on("error", reject).end();
    });
  }

  return async (count) => {
    let nextToken = "";
    do {
      const query = nextToken === "" ? `limit=${LIMIT}` : `limit=${LIMIT}&nextToken=${encodeURIComponent(nextToken)}`;
      const page = await get(query);
      count(page.data);
      nextToken = page.nextToken;
    } while (nextToken !== "");
  };
}
