import { setTimeout as pause } from 'node:timers/promises';
import type { Viewer } from '@steward/auth';
import type { Log } from '@steward/core';
import type { GraphQLFormattedError } from 'graphql';
import type { IdentitySigner } from './identity-signer.ts';
import type { GatewayMetrics } from './metrics.ts';
import { formatRefusal, RefusalError, type Refusal } from './refusal.ts';
import { isKeyedMutation } from './repeatable.ts';
import type { RequestScope } from './request-scope.ts';
import { attempt, type Attempted, type RawAnswer, type Sending } from './subgraph-attempt.ts';
import { publicError } from './subgraph-errors.ts';
import { codeOf, SubgraphFailure } from './subgraph-failure.ts';
import type { Subgraph, Subgraphs } from './subgraphs.ts';

/** What one GraphQL request carries through the gateway. `signal` fires when its client has gone. */
export type GatewayContext = { viewer: Viewer | undefined; scope: RequestScope; signal: AbortSignal };

export type SubgraphRequest = { query?: string; operationName?: string; variables?: Record<string, unknown> };
export type SubgraphAnswer = { data?: Record<string, unknown> | null; errors?: GraphQLFormattedError[] };
export type SubgraphCaller = (
  service: string,
  request: SubgraphRequest,
  context: GatewayContext,
) => Promise<SubgraphAnswer>;

type Parts = { subgraphs: Subgraphs; sign: IdentitySigner; metrics: GatewayMetrics; log: Log };

/**
 * Calls a service on behalf of the viewer, never with the user's own token. Answers instead of throwing when the
 * service is down, late or talks nonsense: an error naming the service, so that the other services' data is kept.
 */
export function createSubgraphCaller({ subgraphs, sign, metrics, log }: Parts): SubgraphCaller {
  return async (service, request, context) => {
    const { scope, viewer } = context;
    const subgraph = subgraphs.find(service);
    if (viewer === undefined || subgraph === undefined) {
      throw new RefusalError({ code: 'INTERNAL', reason: 'INTERNAL' });
    }
    const identity = await sign.identity(viewer, service);
    const { query = '', operationName, variables } = request;
    const isMutation = /^\s*mutation\b/.test(query);
    const sending: Sending = { identity, sign, isMutation, body: JSON.stringify({ query, operationName, variables }) };
    const again = (): void => metrics.retried(service);
    try {
      const { answer, isFault } = await subgraph.guard.run(scope.deadline, () =>
        insist(subgraph, sending, { request, context, again }),
      );
      metrics.called(service, isFault ? 'fault' : 'answered');
      return publicAnswer(answer, service, scope, log);
    } catch (error) {
      const { kind, code } = error instanceof SubgraphFailure ? error : { kind: 'nonsense', code: codeOf(error) };
      metrics.called(service, kind);
      if (kind !== 'left') log.warn({ service, traceId: scope.traceId, cause: code }, 'a service is unavailable');
      return { errors: [formatRefusal(refusalOf(kind, service), scope)] };
    }
  };
}

const refusalOf = (kind: string, service: string): Refusal => ({
  code: 'UNAVAILABLE',
  reason: kind === 'deadline' ? 'DEADLINE_EXCEEDED' : 'SUBGRAPH_UNAVAILABLE',
  params: { service },
});

/** After the first attempt. */
const MOST_RETRIES = 2;
const FIRST_PAUSE_MS = 20;

type Asked = { request: SubgraphRequest; context: GatewayContext; again: () => void };

/** Tries again what may be tried again, after a pause of random length, as long as the service's budget pays for it. */
async function insist(subgraph: Subgraph, sending: Sending, { request, context, again }: Asked): Promise<Attempted> {
  const { retries } = subgraph.guard;
  retries.earn();
  for (let tried = 0; ; tried += 1) {
    try {
      return await attempt(subgraph, sending, context);
    } catch (error) {
      const mayGoOn = tried < MOST_RETRIES && mayRepeat(error, sending, request) && retries.take();
      if (!mayGoOn) throw error;
      again();
      await pause(Math.random() * FIRST_PAUSE_MS * 2 ** tried);
    }
  }
}

/** What was never sent, and what does nothing twice: queries, and commands with an idempotency key. */
function mayRepeat(error: unknown, { isMutation }: Sending, request: SubgraphRequest): boolean {
  const { kind } = error as SubgraphFailure;
  if (kind === 'notSent') return true;
  return kind === 'broken' && (!isMutation || isKeyedMutation(request));
}

function publicAnswer(answer: RawAnswer, service: string, scope: RequestScope, log: Log): SubgraphAnswer {
  const data = typeof answer.data === 'object' ? (answer.data as Record<string, unknown> | null) : null;
  if (!Array.isArray(answer.errors) || answer.errors.length === 0) return { data };
  return { data, errors: answer.errors.map((error: unknown) => publicError(error, service, scope, log)) };
}
