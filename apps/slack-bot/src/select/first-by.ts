/** Gathers items and keeps the first few of them in an order, without ever sorting them all. */
export interface FirstBy<T> {
  add(item: T): void;
  /** In order. */
  readonly items: readonly T[];
}

/** `isBefore` says whether one item comes before another; at most `maximum` are kept. */
export function firstBy<T>(maximum: number, isBefore: (a: T, b: T) => boolean): FirstBy<T> {
  const items: T[] = [];
  return {
    items,
    add(item) {
      const last = items.at(-1);
      if (items.length >= maximum && (last === undefined || !isBefore(item, last))) return;
      let place = items.length;
      for (let before = items[place - 1]; before !== undefined && isBefore(item, before); before = items[place - 1]) {
        place -= 1;
      }
      items.splice(place, 0, item);
      if (items.length > maximum) items.pop();
    },
  };
}
