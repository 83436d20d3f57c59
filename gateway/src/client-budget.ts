import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { RefusalError } from './refusal.ts';

export type ClientBudget = {
  /** Takes a cost from what the client has left this minute and answers the rest; RATE_LIMITED when it does not reach. */
  spend(client: string, cost: number): Promise<number>;
  /** Takes what has been done already, whether it reaches or not. */
  charge(client: string, cost: number): Promise<void>;
  /** RATE_LIMITED for whoever has nothing left. */
  requireSome(client: string): Promise<void>;
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
        throw spent(error);
      }
    },
    charge: async (client, cost) => void (await limiter.penalty(client, cost)),
    requireSome: async (client) => {
      const state = await limiter.get(client);
      if (state !== null && state.consumedPoints >= perMinute) throw spent(state);
    },
  };
}

function spent({ msBeforeNext }: RateLimiterRes): RefusalError {
  const seconds = Math.max(1, Math.ceil(msBeforeNext / 1_000));
  return new RefusalError(
    { code: 'RATE_LIMITED', reason: 'BUDGET_SPENT', params: { seconds } },
    { status: 429, headers: { 'retry-after': String(seconds) } },
  );
}

/** The token's `sub`. */
export const clientOf = (viewer: { sub: string } | undefined): string => viewer?.sub ?? 'nobody';
