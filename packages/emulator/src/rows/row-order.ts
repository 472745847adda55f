import type { FunctionRow } from "../account.ts";

/** Orders rows by service, function and qualifier, each in the byte order of its UTF-8 form. */
export function compareRows(a: FunctionRow, b: FunctionRow): number {
  return (
    compareUtf8(a.serviceName, b.serviceName) ||
    compareUtf8(a.functionName, b.functionName) ||
    compareUtf8(a.qualifier, b.qualifier)
  );
}

/** Byte order of UTF-8 is the order of code points, which `<` on UTF-16 strings breaks between surrogates and U+E000–U+FFFF. */
export function compareUtf8(a: string, b: string): number {
  if (a === b) return 0;
  const length = Math.min(a.length, b.length);
  for (let index = 0; index < length; index++) {
    const unitOfA = a.charCodeAt(index);
    const unitOfB = b.charCodeAt(index);
    if (unitOfA !== unitOfB) return codePointRank(unitOfA) - codePointRank(unitOfB);
  }
  return a.length - b.length;
}

/** Moves surrogates, which stand for code points above U+FFFF, behind the rest of the basic plane. */
function codePointRank(unit: number): number {
  if (unit < 0xd800) return unit;
  return unit < 0xe000 ? unit + 0x2000 : unit - 0x800;
}
