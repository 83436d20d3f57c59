/** So many retries may follow a quiet time; it comes back by one a second. */
const RESERVE = 10;
/** Each call earns a share of a retry, so that retries are at most a tenth of the calls when much goes wrong. */
const EARNED = 0.1;
const MOST_SAVED = 50;

/** Keeps retries from making a bad hour worse: what cannot be paid for is not tried again. */
export type RetryBudget = { earn(): void; take(): boolean };

export function createRetryBudget(now: () => number = () => performance.now()): RetryBudget {
  let [saved, at] = [RESERVE, now()];
  return {
    earn: () => {
      saved = Math.min(MOST_SAVED, saved + EARNED);
    },
    take: () => {
      const seconds = (now() - at) / 1_000;
      at = now();
      if (saved < RESERVE) saved = Math.min(RESERVE, saved + seconds);
      if (saved < 1) return false;
      saved -= 1;
      return true;
    },
  };
}
