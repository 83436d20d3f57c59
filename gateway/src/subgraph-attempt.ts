import { CALL_HEADER, IDENTITY_HEADER } from '@steward/auth';
import { DEADLINE_HEADER } from '@steward/core';
import type { IdentitySigner } from './identity-signer.ts';
import { traceparentOf } from './request-scope.ts';
import type { GatewayContext } from './subgraph-call.ts';
import { failureOf, SubgraphFailure } from './subgraph-failure.ts';
import type { Answered } from './subgraph-guard.ts';
import type { Subgraph } from './subgraphs.ts';

export type RawAnswer = { data?: unknown; errors?: unknown };
export type Attempted = Answered & { answer: RawAnswer };

export type Sending = { identity: string; sign: IdentitySigner; body: string; isMutation: boolean };

/** A service gives up a little earlier than we do, so that its own word for it still arrives. */
const MARGIN_MS = 50;
/** Being cut off sooner than this says nothing of the service: others may have taken the request's time before it. */
const FAIR_MS = 1_000;

/** One call: sent, and answered whole within the time there is; throws a SubgraphFailure else. */
export async function attempt(subgraph: Subgraph, sending: Sending, context: GatewayContext): Promise<Attempted> {
  const left = context.scope.deadline.leftMs();
  if (left <= 0) throw new SubgraphFailure('deadline', { counts: false });
  const isOwnLimit = subgraph.timeoutMs < left;
  const milliseconds = Math.min(subgraph.timeoutMs, left);
  const call = new AbortController();
  // How long a client is willing to wait says nothing of the service either.
  const counts = isOwnLimit || (left >= FAIR_MS && !context.scope.isShortened);
  const over = (): void => call.abort(new SubgraphFailure(isOwnLimit ? 'late' : 'deadline', { counts }));
  const leave = (): void => call.abort(new SubgraphFailure('left'));
  const timer = setTimeout(over, milliseconds);
  // A client that leaves does not call a mutation back: half of it may be done.
  if (!sending.isMutation) context.signal.addEventListener('abort', leave, { once: true });
  try {
    return await send(subgraph, sending, context, call.signal, milliseconds);
  } catch (error) {
    throw call.signal.aborted ? (call.signal.reason as SubgraphFailure) : failureOf(error);
  } finally {
    clearTimeout(timer);
    context.signal.removeEventListener('abort', leave);
  }
}

async function send(
  subgraph: Subgraph,
  { identity, sign, body }: Sending,
  { scope }: GatewayContext,
  signal: AbortSignal,
  milliseconds: number,
): Promise<Attempted> {
  const { statusCode, body: answered } = await subgraph.graph.request({
    method: 'POST',
    path: '/graphql',
    headers: {
      'content-type': 'application/json',
      accept: 'application/json',
      [IDENTITY_HEADER]: identity,
      [CALL_HEADER]: sign.call(identity, body),
      [DEADLINE_HEADER]: String(Math.max(1, Math.floor(milliseconds - MARGIN_MS))),
      traceparent: traceparentOf(scope),
      'accept-language': scope.acceptLanguage ?? scope.locale,
    },
    body,
    signal,
    headersTimeout: 0,
    bodyTimeout: 0,
  });
  const answer = parsed(await answered.text(), statusCode);
  return { answer, isFault: statusCode >= 500 || saysInternal(answer) };
}

function parsed(text: string, statusCode: number): RawAnswer {
  try {
    const answer: unknown = JSON.parse(text);
    if (typeof answer === 'object' && answer !== null && ('data' in answer || 'errors' in answer)) return answer;
  } catch {
    // An answer that is not JSON is no answer.
  }
  throw new SubgraphFailure('nonsense', { code: `HTTP_${statusCode}` });
}

/** Our services say INTERNAL; INTERNAL_SERVER_ERROR is what a server says that was not made from our kit. */
const internal = new Set<unknown>(['INTERNAL', 'INTERNAL_SERVER_ERROR']);

const saysInternal = ({ errors }: RawAnswer): boolean =>
  Array.isArray(errors) &&
  errors.some((error: { extensions?: { code?: unknown } } | null) => internal.has(error?.extensions?.code));
