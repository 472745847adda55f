import type { Relay } from "./post-to-relay.ts";

/** What a call takes from its surroundings. */
export interface CallPorts {
  readonly relay: Relay;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Never the same twice. */
  readonly nonce: () => string;
}
