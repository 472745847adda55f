/** Whether two byte sequences are equal. */
export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.byteLength !== b.byteLength) {
    return false;
  }
  for (let index = 0; index < a.byteLength; index += 1) {
    if (a[index] !== b[index]) {
      return false;
    }
  }
  return true;
}

/** Sum of the lengths. */
export function totalByteLength(sequences: readonly Uint8Array[]): number {
  return sequences.reduce((sum, { byteLength }) => sum + byteLength, 0);
}

/** One sequence after the other. */
export function concatBytes(sequences: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(totalByteLength(sequences));
  let offset = 0;
  for (const bytes of sequences) {
    whole.set(bytes, offset);
    offset += bytes.byteLength;
  }
  return whole;
}
