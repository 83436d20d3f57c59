import { CALL_HEADER, IDENTITY_HEADER, type Viewer } from '@steward/auth';
import type { Log } from '@steward/core';
import type { GraphQLFormattedError } from 'graphql';
import type { IdentitySigner } from './identity-signer.ts';
import { formatRefusal, RefusalError } from './refusal.ts';
import { traceparentOf, type RequestScope } from './request-scope.ts';
import { publicError } from './subgraph-errors.ts';
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

type Parts = { subgraphs: Subgraphs; sign: IdentitySigner; log: Log };

/** The service was not reached, or did not answer like a GraphQL server; `cause` is for the log only. */
class SubgraphUnavailable extends Error {}

/** A connection that broke before an answer: the server may have closed it while it was idle. */
const brokenConnection = new Set(['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET']);

/**
 * Calls a service on behalf of the viewer, never with the user's own token. Answers instead of throwing when the
 * service is down, late or talks nonsense: an error naming the service, so that the other services' data is kept.
 */
export function createSubgraphCaller({ subgraphs, sign, log }: Parts): SubgraphCaller {
  return async (service, request, context) => {
    const { scope, viewer } = context;
    const subgraph = subgraphs.find(service);
    if (viewer === undefined || subgraph === undefined) {
      throw new RefusalError({ code: 'INTERNAL', reason: 'INTERNAL' });
    }
    const identity = await sign.identity(viewer, service);
    try {
      const answer = await send(subgraph, { identity, sign }, request, context);
      return publicAnswer(answer, service, scope, log);
    } catch (error) {
      const { cause } = error as { cause?: unknown };
      if (!context.signal.aborted)
        log.warn({ service, traceId: scope.traceId, cause: codeOf(cause ?? error) }, 'a service is unavailable');
      return {
        errors: [formatRefusal({ code: 'UNAVAILABLE', reason: 'SUBGRAPH_UNAVAILABLE', params: { service } }, scope)],
      };
    }
  };
}

async function send(
  subgraph: Subgraph,
  { identity, sign }: { identity: string; sign: IdentitySigner },
  request: SubgraphRequest,
  { scope, signal }: GatewayContext,
): Promise<object> {
  const { query = '', operationName, variables } = request;
  const isMutation = /^\s*mutation\b/.test(query);
  const deadline = AbortSignal.timeout(subgraph.timeoutMs);
  const body = JSON.stringify({ query, operationName, variables });
  const call = () =>
    subgraph.graph.request({
      method: 'POST',
      path: '/graphql',
      headers: {
        'content-type': 'application/json',
        accept: 'application/json',
        [IDENTITY_HEADER]: identity,
        [CALL_HEADER]: sign.call(identity, body),
        traceparent: traceparentOf(scope),
        'accept-language': scope.acceptLanguage ?? scope.locale,
      },
      body,
      // A client that leaves does not call a mutation back: half of it may be done.
      signal: isMutation ? deadline : AbortSignal.any([deadline, signal]),
      headersTimeout: 0,
      bodyTimeout: 0,
    });
  const answer = await call().catch((error: unknown) => {
    if (isMutation || !brokenConnection.has(codeOf(error))) throw error;
    return call();
  });
  return parse(await answer.body.text(), answer.statusCode);
}

function parse(text: string, statusCode: number): object {
  try {
    const answer: unknown = JSON.parse(text);
    if (typeof answer === 'object' && answer !== null && ('data' in answer || 'errors' in answer)) return answer;
  } catch {
    // An answer that is not JSON is no answer.
  }
  throw new SubgraphUnavailable('not a GraphQL answer', { cause: { code: `HTTP_${statusCode}` } });
}

function publicAnswer(
  answer: { data?: unknown; errors?: unknown },
  service: string,
  scope: RequestScope,
  log: Log,
): SubgraphAnswer {
  const data = typeof answer.data === 'object' ? (answer.data as Record<string, unknown> | null) : null;
  if (!Array.isArray(answer.errors) || answer.errors.length === 0) return { data };
  return { data, errors: answer.errors.map((error: unknown) => publicError(error, service, scope, log)) };
}

/** A word for the log; messages of network errors carry addresses and are left out. */
function codeOf(error: unknown): string {
  const { code, name } = (error ?? {}) as { code?: unknown; name?: unknown };
  return [code, name].find((word) => typeof word === 'string') ?? 'unknown';
}
