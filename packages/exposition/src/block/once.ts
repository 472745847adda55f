/** Runs `work` at the first call and hands out that result from then on; after a failure the next call tries again. */
export function once<Result>(work: () => Promise<Result>): () => Promise<Result> {
  let result: Promise<Result> | undefined;
  return () => {
    if (result === undefined) {
      result = work();
      result.catch(() => {
        result = undefined;
      });
    }
    return result;
  };
}
