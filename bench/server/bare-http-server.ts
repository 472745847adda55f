/**
 * The least that node:http takes to send a page: every request gets the same head and bytes, nothing is looked at. Takes head
 * and body from the file that is named, and sends its port once it listens.
 */
import { readFileSync } from "node:fs";
import { createServer } from "node:http";

const [file = ""] = process.argv.slice(2);
const answer: { readonly headers: string[]; readonly body: string } = JSON.parse(readFileSync(file, "utf8"));
const body = Buffer.from(answer.body);

const server = createServer((_request, response) => {
  response.sendDate = false;
  response.writeHead(200, answer.headers);
  response.end(body);
});
server.listen(0, "127.0.0.1", () => {
  const address = server.address();
  if (typeof address === "object") process.send?.(address?.port);
});
process.on("disconnect", () => process.exit());
