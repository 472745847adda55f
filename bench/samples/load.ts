/**
 * One sample: a fresh process that asks a server for the first page of 100 rows as fast as it answers, over several connections,
 * each request signed beforehand. Prints how many answers came in a second once everything was warm. Fails on any answer but 200.
 */
import { connect } from "node:net";
import { parseArgs } from "node:util";
import { LIMIT } from "../clients/account.ts";
import { signedRequestHead } from "../clients/floor.ts";

const WARM_UP_REQUESTS = 20_000;
const REQUESTS = 20_000;
const CONNECTIONS = 16;

const { values } = parseArgs({ options: { origin: { type: "string", default: "" } } });
const { host, hostname, port } = new URL(values.origin);

async function answersPerSecond(count: number): Promise<number> {
  const heads = Array.from({ length: count }, () => signedRequestHead(host, `limit=${LIMIT}`, Date.now()));
  const startedMs = performance.now();
  await Promise.all(Array.from({ length: CONNECTIONS }, () => askInTurn(heads)));
  return (count / (performance.now() - startedMs)) * 1000;
}

/** Takes one request after the other from the list until none is left. */
function askInTurn(heads: string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname);
    let missingBytes = 0;
    const askNext = (): void => {
      const head = heads.pop();
      if (head === undefined) socket.end(resolve);
      else socket.write(head);
    };
    socket.setNoDelay(true).on("connect", askNext).on("error", reject);
    socket.on("data", (chunk) => {
      let bodyBytes = chunk.length;
      if (missingBytes === 0) {
        const end = chunk.indexOf("\r\n\r\n");
        const head = chunk.toString("latin1", 0, end);
        const [, length] = /content-length: (\d+)/i.exec(head) ?? [];
        if (!head.startsWith("HTTP/1.1 200 ") || length === undefined) reject(new Error(`the server said: ${head}`));
        missingBytes = Number(length);
        bodyBytes -= end + 4;
      }
      missingBytes -= bodyBytes;
      if (missingBytes === 0) askNext();
    });
  });
}

await answersPerSecond(WARM_UP_REQUESTS);
process.stdout.write(`${JSON.stringify({ answersPerSecond: await answersPerSecond(REQUESTS) })}\n`);
