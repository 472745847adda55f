/**
 * One sample: a fresh process in which the emulator answers signed requests for a page of 100 rows in a loop, without a socket.
 * Prints the CPU time of one exchange in microseconds. Fails on any answer but 200.
 */
import { createEmulator } from "@fc-async/emulator";
import { nodeHash } from "@fc-async/protocol/node";
import { ACCOUNT_ID, CREDENTIALS, LIMIT, REGION } from "../clients/account.ts";
import { signedRequestHead } from "../clients/floor.ts";
import { pageRows } from "../server/start-emulator.ts";

const WARM_UP_COUNT = 20_000;
const COUNT = 20_000;
const HOST = "127.0.0.1:10407";

const emulator = createEmulator({
  accounts: [{ accountId: ACCOUNT_ID, accessKeys: [CREDENTIALS], regions: { [REGION]: pageRows(1000) } }],
  hash: nodeHash,
});

function signedMessages(count: number): Parameters<typeof emulator.answer>[0][] {
  return Array.from({ length: count }, () => {
    const [requestLine = "", ...lines] = signedRequestHead(HOST, `limit=${LIMIT}`, Date.now()).trimEnd().split("\r\n");
    const headers = lines.map((line): [string, string] => {
      const colon = line.indexOf(":");
      return [line.slice(0, colon), line.slice(colon + 1)];
    });
    return { method: "GET", target: requestLine.split(" ")[1] ?? "", headers: new Map(headers) };
  });
}

async function exchangeCpuUs(count: number): Promise<number> {
  const messages = signedMessages(count);
  const before = process.cpuUsage();
  for (const message of messages) {
    const outcome = await emulator.answer(message);
    if (outcome.type !== "answer" || outcome.status !== 200) throw new Error(`the emulator gave ${outcome.type}`);
  }
  const { user, system } = process.cpuUsage(before);
  return (user + system) / count;
}

await exchangeCpuUs(WARM_UP_COUNT);
process.stdout.write(`${JSON.stringify({ exchangeCpuUs: await exchangeCpuUs(COUNT) })}\n`);
