const NUMBER = new Intl.NumberFormat("en-GB");

/** `1 row`, `12,345 rows`. */
export function counted(count: number, noun: string, plural: string = `${noun}s`): string {
  return `${NUMBER.format(count)} ${count === 1 ? noun : plural}`;
}
