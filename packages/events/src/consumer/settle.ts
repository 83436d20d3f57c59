import { backoff } from '../pause.ts';
import { applyFacts } from './apply.ts';
import { askPublisher } from './ask-publisher.ts';
import type { ConsumerContext } from './consumer-context.ts';
import { readFact, type Fact } from './fact.ts';
import { blameFor, isPassing, maxAttempts, retryIn } from './failure.ts';
import {
  awaitMissing,
  beginAttempt,
  blame,
  firstParked,
  forgetParked,
  passDropped,
  unpark,
  type ParkedHead,
} from './parked-rows.ts';
import { beginAt } from './positions.ts';

type Step = 'passed' | 'blocked';

/** Works off an aggregate's parked events in order, as far as they go. */
export async function settle(context: ConsumerContext, aggregateId: string): Promise<void> {
  for (;;) {
    const head = await firstParked(context.database.system, context.consumer, aggregateId);
    if (head === null || (await settleHead(context, head)) === 'blocked') return;
  }
}

async function settleHead(context: ConsumerContext, head: ParkedHead): Promise<Step> {
  const pool = context.database.system;
  if (head.version <= head.position) {
    await forgetParked(pool, head.id);
    return 'passed';
  }
  if (head.state === 'FAILED') return 'blocked';
  const { fact } = readFact(head.envelope, head.streamSeq, context.publisher, context.subscriptions);
  if (fact === null) return fail(context, head, 'UNPARSABLE');
  if (head.state === 'DROPPED') {
    await passDropped(pool, context.consumer, head, head.positionTenant ?? fact.tenantId);
    return 'passed';
  }
  if (head.version > head.position + 1) return isDue(context, head) ? fillGap(context, head, fact) : 'blocked';
  if (head.state === 'RETRYING' && !isDue(context, head)) return 'blocked';
  return attempt(context, head, fact);
}

function isDue(context: ConsumerContext, { dueIn }: ParkedHead): boolean {
  if (dueIn === null || dueIn <= 0) return true;
  context.sweepIn(dueIn);
  return false;
}

async function attempt(context: ConsumerContext, head: ParkedHead, fact: Fact): Promise<Step> {
  const { database, consumer, publisher, metrics, log } = context;
  if (head.positionTenant !== null && head.positionTenant !== fact.tenantId) return fail(context, head, 'WRONG_TENANT');
  if (fact.plan.kind === 'refuse') return fail(context, head, fact.plan.reason, fact.plan.detail);
  const tried = head.state === 'GAP' ? 0 : head.attempts;
  // Whatever happened in the last attempt, it did not live to say.
  if (tried >= maxAttempts) return fail(context, head, 'HANDLER_CRASHED');
  const attempts = { made: tried + 1, nextIn: retryIn(tried + 1) };
  if (fact.plan.kind === 'apply') await beginAttempt(database.system, head.id, attempts);
  try {
    await applyFacts(context, [fact], (tx) => unpark(tx, head.id));
  } catch (error) {
    if (isPassing(error)) throw error;
    const found = blameFor(error, attempts.made);
    await blame(database.system, head.id, found);
    log.warn({ consumer, publisher, type: fact.type, eventId: fact.eventId, ...found }, 'a parked event failed again');
    context.sweepIn(attempts.nextIn);
    return 'blocked';
  }
  metrics.inc('events_consumed_total', { consumer, publisher, outcome: 'applied' });
  return 'passed';
}

async function fail(
  { database, consumer, publisher, log }: ConsumerContext,
  head: ParkedHead,
  reason: string,
  detail: Record<string, unknown> = {},
): Promise<Step> {
  await blame(database.system, head.id, { state: 'FAILED', reason, detail });
  log.error({ consumer, publisher, parked: head.id, reason }, 'a parked event needs an operator');
  return 'blocked';
}

/**
 * Asks the publisher for what is missing before the head. A log that begins later than version 1 is accepted for an
 * aggregate that was never seen; anything missing in the middle stays missing until it comes or an operator decides.
 */
async function fillGap(context: ConsumerContext, head: ParkedHead, fact: Fact): Promise<Step> {
  const { database, consumer, publisher, log } = context;
  const { aggregateId, version, position } = head;
  const answer = await askPublisher(context, { aggregateId, fromVersion: position + 1, toVersion: version });
  const begins = answer === null ? null : (answer.earliest ?? version);
  if (begins !== null && position === 0 && begins > 1) {
    await beginAt(database.system, consumer, { aggregateId, tenantId: fact.tenantId, version: begins - 1 });
    return 'passed';
  }
  const reason = answer !== null && answer.earliest === null ? 'MISSING_AT_PUBLISHER' : 'GAP';
  if (reason === 'MISSING_AT_PUBLISHER') {
    log.error({ consumer, publisher, aggregateId, position, version }, 'the publisher does not have what is missing');
  }
  const askAgainIn = backoff(head.state === 'GAP' ? head.attempts + 1 : 1, 1_000, 30_000);
  await awaitMissing(database.system, head.id, reason, askAgainIn);
  context.sweepIn(askAgainIn);
  return 'blocked';
}
