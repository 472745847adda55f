/**
 * One sample: a fresh process that asks a server for its metrics, compressed, as fast as it answers, over one or more connections,
 * for a while. Prints answers, rate, times of an answer and the size of the last one. Fails on any answer but 200.
 */
import { connect } from "node:net";
import { parseArgs } from "node:util";
import { percentile } from "../statistics/percentile.ts";

const { values } = parseArgs({
  options: {
    origin: { type: "string", default: "" },
    connections: { type: "string", default: "1" },
    seconds: { type: "string", default: "1" },
    "warm-up-seconds": { type: "string", default: "0" },
  },
});
const { host, hostname, port } = new URL(values.origin);
const REQUEST = Buffer.from(`GET /metrics HTTP/1.1\r\nhost: ${host}\r\naccept-encoding: gzip\r\n\r\n`);

interface Scraped {
  readonly timesMs: readonly number[];
  readonly wallMs: number;
  readonly bodyBytes: number;
}

async function scrapeFor(seconds: number): Promise<Scraped> {
  const startedMs = performance.now();
  const timesMs: number[] = [];
  let bodyBytes = 0;
  await Promise.all(
    Array.from({ length: Number(values.connections) }, () =>
      askInTurn(startedMs + seconds * 1000, (timeMs, bytes) => {
        timesMs.push(timeMs);
        bodyBytes = bytes;
      }),
    ),
  );
  return { timesMs, wallMs: performance.now() - startedMs, bodyBytes };
}

/** Asks again as soon as an answer is whole, until it is late. The answers are counted, not kept: the bytes are the server's affair. */
function askInTurn(untilMs: number, onAnswer: (timeMs: number, bodyBytes: number) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname);
    let askedMs = 0;
    let lengthBytes = 0;
    let missingBytes = 0;
    const ask = (): void => {
      askedMs = performance.now();
      socket.write(REQUEST);
    };
    socket.setNoDelay(true).on("connect", ask).on("error", reject);
    socket.on("data", (chunk) => {
      let bytes = chunk.length;
      if (missingBytes === 0) {
        const end = chunk.indexOf("\r\n\r\n");
        const head = chunk.toString("latin1", 0, end);
        const [, length] = /content-length: (\d+)/i.exec(head) ?? [];
        if (!head.startsWith("HTTP/1.1 200 ") || length === undefined) reject(new Error(`the server said: ${head}`));
        lengthBytes = Number(length);
        missingBytes = lengthBytes;
        bytes -= end + 4;
      }
      missingBytes -= bytes;
      if (missingBytes > 0) return;
      const nowMs = performance.now();
      onAnswer(nowMs - askedMs, lengthBytes);
      if (nowMs < untilMs) ask();
      else socket.end(resolve);
    });
  });
}

const warmUpSeconds = Number(values["warm-up-seconds"]);
if (warmUpSeconds > 0) await scrapeFor(warmUpSeconds);
const { timesMs, wallMs, bodyBytes } = await scrapeFor(Number(values.seconds));
const figures = {
  answers: timesMs.length,
  answersPerSecond: (timesMs.length / wallMs) * 1000,
  p50Ms: percentile(timesMs, 50),
  p99Ms: percentile(timesMs, 99),
  maxMs: percentile(timesMs, 100),
  bodyBytes,
};
process.stdout.write(`${JSON.stringify(figures)}\n`);
