import { get } from "node:http";
import { buffer } from "node:stream/consumers";
import type { ConstantAnswer } from "./start-bare-http-server.ts";

/** Headers that say what the bytes are: the rest is the server's own. */
const OF_BODY = new Set(["content-type", "content-length", "content-encoding", "vary"]);

/** One scrape as it came over the wire, still compressed. */
export async function scrapeOnce(origin: string, encoding: "identity" | "gzip"): Promise<ConstantAnswer> {
  return new Promise((resolve, reject) => {
    get(`${origin}/metrics`, { headers: { "accept-encoding": encoding } }, (message) => {
      const { rawHeaders, statusCode } = message;
      if (statusCode !== 200) reject(new Error(`${origin} answered ${statusCode}`));
      const headers = rawHeaders.filter((_, index) =>
        OF_BODY.has(rawHeaders[index - (index % 2)]?.toLowerCase() ?? ""),
      );
      buffer(message).then((body) => resolve({ headers, body }), reject);
    }).on("error", reject);
  });
}
