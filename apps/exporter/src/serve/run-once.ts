import type { ExporterParts } from "./set-up.ts";

/** What `--once` came to. */
export interface OneRound {
  /** The metrics in the text format. */
  readonly exposition: string;
  /** How many targets could not be read. */
  readonly failed: number;
}

/** Polls every target once and gives the metrics of that moment. A target that fails is not tried again. */
export async function runOnce({
  inventory,
  exporter,
  tracing,
}: Pick<ExporterParts, "inventory" | "exporter" | "tracing">): Promise<OneRound> {
  const { store, targets } = inventory;
  const wanted = new Set(targets.map(({ target }) => target.id));
  await new Promise<void>((resolve, reject) => {
    const look = async (): Promise<void> => {
      const states = await store.states();
      const attempted = states.filter(({ target, lastPoll }) => wanted.has(target.id) && lastPoll !== undefined);
      if (attempted.length === wanted.size) {
        unsubscribe();
        resolve();
      }
    };
    const unsubscribe = store.onChange(() => void look().catch(reject));
    inventory.start();
  });
  await inventory.stop();
  await tracing?.stop();
  await exporter.settled();
  const states = await store.states();
  return {
    exposition: await exporter.exposition(),
    failed: states.filter(({ lastPoll }) => lastPoll?.ok === false).length,
  };
}
