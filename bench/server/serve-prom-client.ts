import { createServer } from "node:http";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import type { Registry } from "prom-client";

const gzipAsync = promisify<Uint8Array, { level: number }, Buffer>(gzip);

/** Serves a registry on a free port, rendered and compressed at each scrape, and sends the port to the parent. */
export function servePromClient(registry: Registry): void {
  const server = createServer((_request, response) => {
    compressed(registry).then(
      (body) => {
        response.writeHead(200, {
          "content-type": registry.contentType,
          "content-encoding": "gzip",
          "content-length": body.length,
        });
        return response.end(body);
      },
      (error: unknown) => response.writeHead(500).end(String(error)),
    );
  });
  server.listen(0, "127.0.0.1", () => {
    const address = server.address();
    if (typeof address === "object") process.send?.(address?.port);
  });
  process.on("disconnect", () => process.exit());
}

async function compressed(registry: Registry): Promise<Buffer> {
  return gzipAsync(Buffer.from(await registry.metrics()), { level: 1 });
}
