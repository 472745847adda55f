/** So much is compressed at a time: the bomb is never whole in memory. */
const PIECE_BYTES = 1024 * 1024;
const OPENING = '{"data":null,"nextToken":"","padding":"';
const CLOSING = '"}';

/** A valid page of `bytes` bytes, as gzip about a thousandth of that. */
export async function gzipBomb(bytes: number): Promise<Uint8Array<ArrayBuffer>> {
  const utf8 = new TextEncoder();
  const piece = utf8.encode(" ".repeat(PIECE_BYTES));
  let left = Math.max(0, bytes - OPENING.length - CLOSING.length);
  const plain = new ReadableStream<Uint8Array<ArrayBuffer>>({
    start: (controller) => controller.enqueue(utf8.encode(OPENING)),
    pull(controller) {
      if (left === 0) {
        controller.enqueue(utf8.encode(CLOSING));
        controller.close();
        return;
      }
      const padding = piece.subarray(0, left);
      left -= padding.length;
      controller.enqueue(padding);
    },
  });
  return new Uint8Array(await new Response(plain.pipeThrough(new CompressionStream("gzip"))).arrayBuffer());
}
