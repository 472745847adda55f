import { readdir, readFile } from "node:fs/promises";
import { extname } from "node:path";
import { gzipSync } from "node:zlib";

/** One file of the page, ready to send. */
export interface PageFile {
  readonly contentType: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** The same, compressed once; `undefined` where that saves nothing. */
  readonly gzip: Uint8Array<ArrayBuffer> | undefined;
}

/** Files by the path they are asked for at: `/`, `/assets/3f2a1b.js`. */
export type PageFiles = ReadonlyMap<string, PageFile>;

const CONTENT_TYPES: ReadonlyMap<string, string> = new Map([
  [".html", "text/html; charset=utf-8"],
  [".js", "text/javascript; charset=utf-8"],
  [".css", "text/css; charset=utf-8"],
  [".svg", "image/svg+xml"],
  [".png", "image/png"],
  [".woff2", "font/woff2"],
  [".json", "application/json"],
  [".map", "application/json"],
]);

/**
 * Reads the built page into memory: `index.html`, and `assets/*`, whose names hold their hash.
 *
 * @param folder - with a slash at its end
 * @throws the error of the file system when the page was not built.
 */
export async function readPageFiles(folder: URL): Promise<PageFiles> {
  const names = await readdir(new URL("assets/", folder));
  const paths = ["index.html", ...names.map((name) => `assets/${name}`)];
  const files = await Promise.all(
    paths.map(async (path): Promise<readonly [string, PageFile]> => {
      const bytes = Uint8Array.from(await readFile(new URL(path, folder)));
      return [path === "index.html" ? "/" : `/${path}`, pageFile(path, bytes)];
    }),
  );
  return new Map(files);
}

/** A file of the page from its name and bytes. */
export function pageFile(name: string, bytes: Uint8Array<ArrayBuffer>): PageFile {
  const gzip = Uint8Array.from(gzipSync(bytes, { level: 9 }));
  return {
    contentType: CONTENT_TYPES.get(extname(name)) ?? "application/octet-stream",
    bytes,
    gzip: gzip.byteLength < bytes.byteLength ? gzip : undefined,
  };
}
