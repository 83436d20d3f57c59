import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { RefusalError } from './refusal.ts';

export type ClientBudget = {
  /** Takes a cost from what the client has left this minute and answers the rest; RATE_LIMITED when it does not reach. */
  spend(client: string, cost: number): Promise<number>;
};

/** A budget per client and minute, kept by this process alone. */
export function createClientBudget(perMinute: number): ClientBudget {
  const limiter = new RateLimiterMemory({ points: perMinute, duration: 60 });
  return {
    spend: async (client, cost) => {
      try {
        return (await limiter.consume(client, cost)).remainingPoints;
      } catch (error) {
        if (!(error instanceof RateLimiterRes)) throw error;
        const seconds = Math.max(1, Math.ceil(error.msBeforeNext / 1_000));
        throw new RefusalError(
          { code: 'RATE_LIMITED', reason: 'BUDGET_SPENT', params: { seconds } },
          { status: 429, headers: { 'retry-after': String(seconds) } },
        );
      }
    },
  };
}
