/**
 * By how many the arrivals were ahead of a steady rate at most, over all stretches of time that begin and end with one: what a token
 * bucket that let them through held at least.
 *
 * @param arrivalsMs - In order.
 */
export function burstAboveRate(arrivalsMs: readonly number[], perSecond: number): number {
  let most = 0;
  let ahead = 0;
  let lastMs = arrivalsMs[0] ?? 0;
  for (const atMs of arrivalsMs) {
    ahead = Math.max(0, ahead - ((atMs - lastMs) / 1000) * perSecond) + 1;
    most = Math.max(most, ahead);
    lastMs = atMs;
  }
  return most;
}
