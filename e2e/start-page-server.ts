import { once } from "node:events";
import { createReadStream } from "node:fs";
import { readFile } from "node:fs/promises";
import { createServer, request, type IncomingMessage, type ServerResponse } from "node:http";
import { join } from "node:path";

const FILES = "/node_modules/";

/** What a page may reach at its own origin. */
export interface PageServerOptions {
  /** Its `node_modules` are served, file by file. */
  readonly folder: string;
  /** The page at `/`, made once the origin is known. */
  readonly page: (origin: string) => Promise<string>;
  /** The origin that everything else is passed on to. */
  readonly upstream: string;
}

export interface PageServer {
  readonly origin: string;
  close(): Promise<void>;
}

/**
 * Serves a page with the packages it imports, and the emulator at the same origin: neither the emulator nor, as far as is
 * known, the service lets pages of other origins read its answers.
 */
export async function startPageServer({ folder, page, upstream }: PageServerOptions): Promise<PageServer> {
  const server = createServer((incoming, answer) => {
    const path = incoming.url ?? "/";
    if (path === "/") answer.setHeader("content-type", "text/html; charset=utf-8").end(html);
    else if (path.startsWith(FILES)) sendModule(join(folder, new URL(path, upstream).pathname), answer);
    else passOn(incoming, answer, upstream);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (typeof address !== "object" || address === null) throw new Error("the page server has no address");
  const origin = `http://127.0.0.1:${address.port}`;
  const html = await page(origin);
  return {
    origin,
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
}

/** The import map a page needs for packages under `node_modules`: their entry for ES modules. */
export async function importMapFor(folder: string, packages: readonly string[]): Promise<string> {
  const entries = packages.map(async (name) => {
    const manifest = await readFile(join(folder, "node_modules", name, "package.json"), "utf8");
    const { exports }: { readonly exports: { readonly ".": { import?: string; default?: string } } } =
      JSON.parse(manifest);
    const { import: esModule, default: otherwise = "" } = exports["."];
    return [name, new URL(esModule ?? otherwise, `http://localhost${FILES}${name}/`).pathname];
  });
  return JSON.stringify({ imports: Object.fromEntries(await Promise.all(entries)) });
}

function sendModule(file: string, answer: ServerResponse): void {
  const stream = createReadStream(file);
  stream.once("open", () => {
    answer.setHeader("content-type", "text/javascript; charset=utf-8");
    stream.pipe(answer);
  });
  stream.once("error", () => answer.writeHead(404).end());
}

/** As it came, the signed `Host` with it. */
function passOn(incoming: IncomingMessage, answer: ServerResponse, upstream: string): void {
  const { hostname, port } = new URL(upstream);
  const { method, url, rawHeaders } = incoming;
  const onward = request({ hostname, port, method, path: url, headers: rawHeaders, setHost: false }, (response) => {
    answer.writeHead(response.statusCode ?? 502, response.rawHeaders);
    response.pipe(answer);
  });
  onward.once("error", () => answer.destroy());
  incoming.pipe(onward);
}
