/** Remembers the last second written: the many requests of one second carry the same date. */
export function oncePerSecond(format: (epochMs: number) => string): (epochMs: number) => string {
  let lastSecond = Number.NaN;
  let lastText = "";
  return (epochMs) => {
    const second = Math.floor(epochMs / 1000);
    if (second !== lastSecond) {
      lastText = format(second * 1000);
      lastSecond = second;
    }
    return lastText;
  };
}
