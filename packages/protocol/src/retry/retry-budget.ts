const RETRY_COST = 5;
const RETRY_COST_AFTER_TIMEOUT = 10;
const FIRST_TRY_REFUND = 1;

/** The retries a client may still afford. While the service is down it runs dry, and calls fail at their first attempt. */
export interface RetryBudget {
  /** Pays for one retry; false when there is not enough left, and then nothing is taken. */
  spend(afterTimeout: boolean): boolean;
  /** A call succeeded at its first attempt. */
  refund(): void;
}

/** A full budget of `tokens`. Bounds the calls of a failing fleet to about 1.0× instead of `maxAttempts`×. */
export function createRetryBudget(tokens: number): RetryBudget {
  let left = tokens;
  return {
    spend(afterTimeout) {
      const cost = afterTimeout ? RETRY_COST_AFTER_TIMEOUT : RETRY_COST;
      if (left < cost) return false;
      left -= cost;
      return true;
    },
    refund() {
      left = Math.min(tokens, left + FIRST_TRY_REFUND);
    },
  };
}
