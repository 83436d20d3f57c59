import { createGate, type Log, type RequestDeadline } from '@steward/core';
import { BrokenCircuitError, CircuitState, circuitBreaker, CountBreaker, handleWhen } from 'cockatiel';
import { createRetryBudget, type RetryBudget } from './retry-budget.ts';
import { SubgraphFailure } from './subgraph-failure.ts';

/** Opens when more than half of the last fifty calls failed, and ten are enough to tell. */
const health = { threshold: 0.5, size: 50, minimumNumberOfCalls: 10 };

export type CircuitName = 'closed' | 'half-open' | 'open';

const names: Partial<Record<CircuitState, CircuitName>> = {
  [CircuitState.Closed]: 'closed',
  [CircuitState.HalfOpen]: 'half-open',
};

/** An answer that came, though the service says with it that it is not well. */
export type Answered = { isFault: boolean };

/** Keeps a service that is not well from taking the gateway along, and the gateway from keeping it from getting well. */
export type SubgraphGuard = {
  /** Does the work, or throws a SubgraphFailure at once (`open`) or after a short wait for a place (`busy`). */
  run<T extends Answered>(deadline: RequestDeadline, work: () => Promise<T>): Promise<T>;
  retries: RetryBudget;
  circuit(): CircuitName;
  underWay(): number;
};

const deadlineOver = (): SubgraphFailure => new SubgraphFailure('deadline', { counts: false });

type Options = { service: string; mostCalls: number; waitMs: number; openMs: number; log: Log };

export function createSubgraphGuard({ service, mostCalls, waitMs, openMs, log }: Options): SubgraphGuard {
  const counts = handleWhen((error) => error instanceof SubgraphFailure && error.counts);
  const breaker = circuitBreaker(
    counts.orWhenResult((answered) => (answered as Answered).isFault),
    { halfOpenAfter: openMs, breaker: new CountBreaker(health) },
  );
  const circuit = (): CircuitName => names[breaker.state] ?? 'open';
  breaker.onStateChange(() => log.warn({ service, circuit: circuit() }, 'the circuit to a service has changed'));
  const gate = createGate({ most: mostCalls, waiting: 4 * mostCalls, waitMs });
  return {
    run: async (deadline, work) => {
      if (deadline.leftMs() <= 0) throw deadlineOver();
      // Others do not wait for the one call that tries whether the service is well again.
      if (breaker.state === CircuitState.HalfOpen) throw new SubgraphFailure('open');
      try {
        return await breaker.execute(async () => {
          const leave = await gate.entered({ waitMs: deadline.leftMs() });
          if (leave === undefined) throw deadline.leftMs() <= 0 ? deadlineOver() : new SubgraphFailure('busy');
          return work().finally(leave);
        });
      } catch (error) {
        throw error instanceof BrokenCircuitError ? new SubgraphFailure('open') : error;
      }
    },
    retries: createRetryBudget(),
    circuit,
    underWay: () => gate.underWay(),
  };
}
