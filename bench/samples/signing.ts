/**
 * One sample: a fresh process that signs the same kind of request over and over with one signer. Prints the CPU time of one
 * signature in microseconds.
 */
import { parseArgs } from "node:util";
import { isSignerName, SIGNERS } from "../signers/signers.ts";

const WARM_UP_COUNT = 20_000;
const COUNT = 50_000;
const TOKEN = "c2VydmljZS8wMDA+/123==";

const { values } = parseArgs({ options: { signer: { type: "string", default: "" } } });
if (!isSignerName(values.signer)) throw new Error(`there is no signer "${values.signer}"`);
const sign = await SIGNERS[values.signer]();

async function signMany(count: number): Promise<void> {
  for (let index = 0; index < count; index += 1) {
    const signed = sign({ nextToken: TOKEN, nonce: index.toString(16).padStart(32, "0") });
    // Awaiting what is there already would cost a turn of the loop.
    const authorization = signed instanceof Promise ? await signed : signed;
    if (!authorization.startsWith("ACS3-HMAC-SHA256 ")) throw new Error(`this is no signature: ${authorization}`);
  }
}

await signMany(WARM_UP_COUNT);
const before = process.cpuUsage();
await signMany(COUNT);
const { user, system } = process.cpuUsage(before);
process.stdout.write(`${JSON.stringify({ signatureCpuUs: (user + system) / COUNT })}\n`);
