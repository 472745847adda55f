/** The text after which rendering lets other work run: about 2 ms on one core. */
export const SLICE_CHARACTERS = 262_144;

/** One renderer at a time, and a pause whenever the work since the last pause amounts to a slice. */
export interface RenderTurns {
  /** Runs `work` when all work handed over before has ended, in whatever way. */
  readonly inTurn: <Result>(work: () => Promise<Result>) => Promise<Result>;
  /** To be awaited after each piece of text, by the work whose turn it is. */
  readonly rendered: (characters: number) => Promise<void>;
}

/**
 * Many small targets that change in one tick would hold the thread as long as one large target, so the pauses count the
 * text of all of them together.
 */
export function createRenderTurns(yieldToLoop: () => Promise<void>): RenderTurns {
  let lastTurn: Promise<unknown> = Promise.resolve();
  let charactersSincePause = 0;

  return {
    inTurn(work) {
      const result = lastTurn.then(work);
      lastTurn = result.catch(() => undefined);
      return result;
    },
    async rendered(characters) {
      charactersSincePause += characters;
      if (charactersSincePause >= SLICE_CHARACTERS) {
        charactersSincePause = 0;
        await yieldToLoop();
      }
    },
  };
}
