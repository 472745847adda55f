/** Tokens that go round: the first `length` of a walk, then the same ones again. */
export interface TokenCycles {
  /**
   * The token to answer with. Starts over with each walk, which a page asked for without a token begins.
   *
   * @param walk - whose pages these are, for instance account and region
   * @param fresh - makes the next good token, while the circle is not yet closed
   */
  next(walk: string, isFirstPage: boolean, length: number, fresh: () => Promise<string>): Promise<string>;
  clear(): void;
}

export function createTokenCycles(): TokenCycles {
  const walks = new Map<string, { readonly tokens: string[]; answered: number }>();
  return {
    async next(walk, isFirstPage, length, fresh) {
      const known = isFirstPage ? undefined : walks.get(walk);
      const state = known ?? { tokens: [], answered: 0 };
      walks.set(walk, state);
      if (state.tokens.length < length) state.tokens.push(await fresh());
      const token = state.tokens[state.answered % length] ?? "";
      state.answered += 1;
      return token;
    },
    clear: () => walks.clear(),
  };
}
