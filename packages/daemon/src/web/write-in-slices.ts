/* eslint-disable no-underscore-dangle -- Node names the hooks of its streams so */
import type { Writable } from "node:stream";

/** What one write may hand over: 256 clients that do not read then hold 16 MiB together. */
const SLICE_BYTES = 65_536;

// eslint-disable-next-line typescript/no-unsafe-type-assertion -- what Node passes beside bytes; its types know encodings of texts alone
const OF_BYTES = "buffer" as BufferEncoding;

type Done = (error?: Error | null) => void;

/**
 * Lets a TLS socket encrypt no more than its client reads. Node encrypts what it is given at once and keeps the result, so that a client
 * that reads slowly would hold a copy of a large answer; in plain TCP all answers share the one buffer they are made from.
 */
export function writeInSlices(socket: Writable): void {
  const write = socket._write.bind(socket);
  const writev = socket._writev?.bind(socket);

  function writeSlices(bytes: Uint8Array, done: Done): void {
    write(bytes.subarray(0, SLICE_BYTES), OF_BYTES, (error) => {
      const rest = bytes.subarray(SLICE_BYTES);
      if (isFailure(error) || rest.length === 0) done(error);
      else writeSlices(rest, done);
    });
  }

  function writeAll(chunk: unknown, encoding: BufferEncoding, done: Done): void {
    const bytes = typeof chunk === "string" && chunk.length > SLICE_BYTES ? Buffer.from(chunk, encoding) : chunk;
    if (bytes instanceof Uint8Array && bytes.length > SLICE_BYTES) writeSlices(bytes, done);
    else write(chunk, encoding, done);
  }

  type Chunks = Parameters<NonNullable<Writable["_writev"]>>[0];
  function writeMany(chunks: Chunks, done: Done): void {
    const [first, ...rest] = chunks;
    const length = chunks.reduce((sum, { chunk }) => sum + Number(chunk.length), 0);
    if (first === undefined) {
      done();
    } else if (writev !== undefined && length <= SLICE_BYTES) {
      writev(chunks, done);
    } else {
      writeAll(first.chunk, first.encoding, (error) => {
        if (isFailure(error)) done(error);
        else writeMany(rest, done);
      });
    }
  }

  socket._write = writeAll;
  socket._writev = writeMany;
}

function isFailure(error: Error | null | undefined): boolean {
  return error !== undefined && error !== null;
}
