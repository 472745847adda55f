/**
 * The least that node:http takes to send a page: every request gets the same head and bytes, nothing is looked at. Takes the
 * headers, as a JSON list, and the body from the files that are named, and sends its port once it listens.
 */
import { readFileSync } from "node:fs";
import { createServer } from "node:http";

const [headersFile = "", bodyFile = ""] = process.argv.slice(2);
const headers = JSON.parse(readFileSync(headersFile, "utf8"));
const body = readFileSync(bodyFile);

const server = createServer((_request, response) => {
  response.sendDate = false;
  response.writeHead(200, headers);
  response.end(body);
});
server.listen(0, "127.0.0.1", () => {
  const address = server.address();
  if (typeof address === "object") process.send?.(address?.port);
});
process.on("disconnect", () => process.exit());
