/** One way to sign a request wrongly, worked out for a request that was received: what its sender would have signed. */
export interface SigningMistake {
  /** What the sender did, as a sentence that also says what is right. */
  readonly sentence: string;
  /** 1-based line of the right text in which it shows, when it shows in one. */
  readonly line?: number;
  readonly stringToSign: string;
  readonly secret: string;
}
