/**
 * What the platform does for compression. On Node.js:
 *
 * ```ts
 * import { constants, crc32, deflateRaw } from "node:zlib";
 * import { promisify } from "node:util";
 *
 * const raw = promisify(deflateRaw);
 * const deflate: Deflate = {
 *   deflateToFlush: (bytes) => raw(bytes, { level: 1, finishFlush: constants.Z_SYNC_FLUSH }),
 *   crc32: (bytes) => crc32(bytes),
 * };
 * ```
 */
export interface Deflate {
  /**
   * Raw deflate (RFC 1951) of `bytes` alone, without a final block, ended by a sync or full flush, so that the result
   * ends on a byte and another such part can follow it.
   */
  readonly deflateToFlush: (bytes: Uint8Array) => Promise<Uint8Array>;
  /** CRC-32 of RFC 1952, as an unsigned or a signed 32-bit number. */
  readonly crc32: (bytes: Uint8Array) => number;
}
