import { promisify } from "node:util";
import { constants, crc32, deflateRaw } from "node:zlib";
import type { Deflate } from "@fc-async/exposition";

const deflateRawAsync = promisify<Uint8Array, { level: number; finishFlush: number }, Uint8Array>(deflateRaw);

/** The compression of Node.js, as an application hands it over. */
export const NODE_DEFLATE: Deflate = {
  deflateToFlush: (bytes) => deflateRawAsync(bytes, { level: 1, finishFlush: constants.Z_SYNC_FLUSH }),
  crc32: (bytes) => crc32(bytes),
};
