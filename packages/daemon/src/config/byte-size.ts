const UNIT_BYTES = { B: 1, KiB: 1024, MiB: 1024 ** 2, GiB: 1024 ** 3 } as const;

/** A whole number and one unit: `64KiB`, `4MiB`. */
export const BYTE_SIZE_PATTERN: RegExp = /^(\d{1,12})(B|KiB|MiB|GiB)$/;

/** The bytes of a size; `undefined` for a text that is none. */
export function parseByteSize(text: string): number | undefined {
  const [, amount, unit] = BYTE_SIZE_PATTERN.exec(text) ?? [];
  return amount === undefined || !isUnit(unit) ? undefined : Number(amount) * UNIT_BYTES[unit];
}

/** The shortest exact spelling: 4,194,304 is `4MiB`. */
export function formatByteSize(bytes: number): string {
  const unit = (["GiB", "MiB", "KiB"] as const).find((candidate) => bytes % UNIT_BYTES[candidate] === 0) ?? "B";
  return `${bytes / UNIT_BYTES[unit]}${unit}`;
}

function isUnit(unit: string | undefined): unit is keyof typeof UNIT_BYTES {
  return unit !== undefined && Object.hasOwn(UNIT_BYTES, unit);
}
