import type { ApolloServerPlugin } from '@apollo/server';
import type { GatewayContext } from './subgraph-call.ts';

/** Faults of an operation in a request that was itself well formed. */
const faults = new Set<unknown>(['GRAPHQL_PARSE_FAILED', 'GRAPHQL_VALIDATION_FAILED', 'VARIABLES_INVALID']);

/**
 * GraphQL over HTTP: to whoever takes `application/json` alone a fault of the operation is told in the body, with status
 * 200; everybody else gets 400. Refusals of size, cost and access keep their status always.
 */
export const answerStatus = (): ApolloServerPlugin<GatewayContext> => ({
  requestDidStart: async () => ({
    willSendResponse: async ({ request, response }) => {
      if (response.body.kind !== 'single' || !takesJsonAlone(request.http?.headers.get('accept') ?? '')) return;
      const { errors = [] } = response.body.singleResult;
      const isFault = errors.length > 0 && errors.every(({ extensions }) => faults.has(extensions?.['reason']));
      if (isFault && response.http.status === 400) response.http.status = 200;
    },
  }),
});

const takesJsonAlone = (accept: string): boolean =>
  accept.split(',').every((range) => range.split(';')[0]?.trim().toLowerCase() === 'application/json');
