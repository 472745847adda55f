import type { InventoryStore, PlannedTarget, TargetId, TargetState } from "@fc-async/inventory";

/** How long a probe waits when the scraper does not say how long it does. */
const DEFAULT_WAIT_MS = 10_000;
/** For the answer to reach the scraper in time; what other exporters leave. */
const TIMEOUT_OFFSET_MS = 500;

/**
 * The target that a probe names: `alias/region`, `account/region`, or its id.
 *
 * @returns the problem as a sentence when it is none of the configured ones. Nothing else can be probed: no endpoint and no key comes from a URL.
 */
export function probedTarget(name: string | null, targets: readonly PlannedTarget[]): PlannedTarget | string {
  if (name === null || name === "") {
    return "The parameter target is missing. Name a configured target, such as /probe?target=prod/cn-hangzhou.";
  }
  const found = targets.find((planned) => probeNames(planned).includes(name));
  return (
    found ?? `Unknown target ${JSON.stringify(name.slice(0, 200))}. The landing page lists those that are configured.`
  );
}

/** Under which names a target can be probed, the shortest for people first. */
export function probeNames({ target, alias }: PlannedTarget): readonly string[] {
  const { id, accountId, regionId } = target;
  const byAccount = [`${accountId}/${regionId}`, id];
  return alias === undefined ? byAccount : [`${alias}/${regionId}`, ...byAccount];
}

/**
 * How long a probe may wait for a walk: what the scraper waits, less what the answer takes.
 *
 * @param header - `X-Prometheus-Scrape-Timeout-Seconds`.
 * @returns the problem as a sentence when the header holds no such time.
 */
export function probeWaitMs(header: string | undefined): number | string {
  if (header === undefined) return DEFAULT_WAIT_MS;
  const seconds = Number(header);
  if (header.trim() === "" || !(seconds > 0) || seconds > 86_400) {
    return "X-Prometheus-Scrape-Timeout-Seconds holds no number of seconds above 0.";
  }
  return Math.max(0, seconds * 1000 - TIMEOUT_OFFSET_MS);
}

/**
 * Waits for the end of the walk that is under way, or due. A probe starts none: what the service is asked must not depend on how
 * many servers scrape. It comes back at once when the list is up to date, and when `signal` aborts with what is known by then.
 */
export async function joinedState(
  store: InventoryStore,
  id: TargetId,
  signal: AbortSignal,
): Promise<TargetState | undefined> {
  const first = await store.state(id);
  // A target that the store does not know yet is about to be read for the first time.
  if (first !== undefined && first.nextDueAtMs > (await store.now())) return first;
  let state = first;
  await new Promise<void>((resolve) => {
    const end = (): void => {
      unsubscribe();
      signal.removeEventListener("abort", end);
      resolve();
    };
    const look = async (): Promise<void> => {
      state = await store.state(id);
      if (state?.lastPoll?.atMs !== first?.lastPoll?.atMs) end();
    };
    const unsubscribe = store.onChange((ids) => {
      if (ids.includes(id)) look().catch(end);
    });
    signal.addEventListener("abort", end);
    if (signal.aborted) end();
    // It may have ended between the first look and the subscription.
    else look().catch(end);
  });
  return state;
}
