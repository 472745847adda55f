import { crc32Combine } from "./crc32-combine.ts";
import type { Deflate } from "./deflate.ts";

/** What the end of a gzip member says about the bytes before compression. */
export interface Checksum {
  /** Unsigned. */
  readonly crc32: number;
  readonly byteLength: number;
}

/** A stretch of the body inside a gzip member: it can stand after and before any other. */
export interface Packed extends Checksum {
  readonly deflated: Uint8Array;
}

/** Compresses `bytes` on their own. */
export async function pack(bytes: Uint8Array, deflate: Deflate): Promise<Packed> {
  const crc32 = deflate.crc32(bytes) >>> 0;
  return { deflated: await deflate.deflateToFlush(bytes), crc32, byteLength: bytes.byteLength };
}

/** RFC 1952: magic, deflate, no flags, no time, fastest algorithm, unknown system. */
export const GZIP_HEADER: Uint8Array = Uint8Array.of(0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 4, 255);

/** The checksum of stretches after one another. */
export function joinChecksums(stretches: Iterable<Checksum>): Checksum {
  let crc32 = 0;
  let byteLength = 0;
  for (const stretch of stretches) {
    crc32 = crc32Combine(crc32, stretch.crc32, stretch.byteLength);
    byteLength += stretch.byteLength;
  }
  return { crc32, byteLength };
}

/**
 * What ends a member: an empty final block, the CRC-32 of the whole and its length modulo 2^32.
 *
 * One member, because readers differ on several in a row: Chromium and `curl --compressed` stop after the first.
 */
export function gzipTrailer({ crc32, byteLength }: Checksum): Uint8Array {
  const trailer = new Uint8Array(10);
  // RFC 1951: the bits 1 (final) and 01 (fixed Huffman codes), then the seven zero bits that end the block.
  trailer[0] = 3;
  const view = new DataView(trailer.buffer);
  view.setUint32(2, crc32, true);
  view.setUint32(6, byteLength % 2 ** 32, true);
  return trailer;
}
