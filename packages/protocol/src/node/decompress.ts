/** Bodies above this are decompressed off the main thread; below, the way there costs more than the work. */
const SYNCHRONOUS_BYTES = 64 * 1024;

/** What requests say they take. */
export const ACCEPT_ENCODING = "gzip, deflate, br";

/** `content-encoding` is none of those asked for. */
export class UnknownEncodingError extends Error {
  override readonly name = "UnknownEncodingError";
}

/**
 * Decompresses a body, to at most `maxBytes`: a small body that unfolds to gigabytes stops there. A body cut short is an
 * error of node:zlib (`Z_BUF_ERROR`), as is one beyond the cap (`ERR_BUFFER_TOO_LARGE`).
 */
export async function decompress(
  body: Buffer<ArrayBuffer>,
  encoding: string,
  maxBytes: number,
): Promise<Buffer<ArrayBuffer>> {
  const zlib = process.getBuiltinModule("node:zlib");
  const isSmall = body.byteLength <= SYNCHRONOUS_BYTES;
  const options = { maxOutputLength: maxBytes };
  const inflate = (sync: SyncInflate, async: AsyncInflate): Promise<Buffer<ArrayBuffer>> | Buffer<ArrayBuffer> => {
    if (isSmall) return sync(body, options);
    return new Promise((resolve, reject) => {
      async(body, options, (error, result) => (error === null ? resolve(result) : reject(error)));
    });
  };
  switch (encoding.trim().toLowerCase()) {
    case "gzip":
    case "x-gzip":
      return inflate(zlib.gunzipSync, zlib.gunzip);
    case "deflate":
      return inflate(zlib.inflateSync, zlib.inflate);
    case "br":
      return inflate(zlib.brotliDecompressSync, zlib.brotliDecompress);
    case "":
    case "identity":
      return body;
    default:
      throw new UnknownEncodingError(`content-encoding is ${JSON.stringify(encoding)}, which was not asked for`);
  }
}

interface InflateOptions {
  readonly maxOutputLength: number;
}

type SyncInflate = (body: Buffer<ArrayBuffer>, options: InflateOptions) => Buffer<ArrayBuffer>;
type AsyncInflate = (
  body: Buffer<ArrayBuffer>,
  options: InflateOptions,
  done: (error: Error | null, result: Buffer<ArrayBuffer>) => void,
) => void;
