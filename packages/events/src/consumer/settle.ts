import { count } from '../metrics.ts';
import { backoff } from '../pause.ts';
import { applyGuarded } from './apply-guarded.ts';
import { askPublisher } from './ask-publisher.ts';
import type { ConsumerContext } from './consumer-context.ts';
import { readFact, type Fact } from './fact.ts';
import { blameFor, maxAttempts, retryIn } from './failure.ts';
import {
  awaitMissing,
  beginAttempts,
  forgetDue,
  forgetParked,
  judge,
  nextParked,
  passDropped,
  unpark,
  type ParkedHead,
} from './parked-rows.ts';
import { beginAt } from './positions.ts';
import { madeOf, readyRun, type Ready } from './ready-runs.ts';

type Step = 'passed' | 'blocked';

/** Parked events that are read at a time, over all aggregates, and the most of one aggregate. */
const readAtOnce = 500;
const mostOfOne = 50;
const aggregatesAtOnce = 100;

/** Works off the parked events of these aggregates, each in its order, as far as they go. */
export async function settle(context: ConsumerContext, aggregateIds: Iterable<string>): Promise<void> {
  const all = [...new Set(aggregateIds)];
  for (let at = 0; at < all.length; at += aggregatesAtOnce) {
    let open = all.slice(at, at + aggregatesAtOnce);
    while (open.length > 0) open = await settleOnce(context, open);
  }
}

/** One look at each aggregate; answers those that may go on. */
async function settleOnce(context: ConsumerContext, ids: readonly string[]): Promise<string[]> {
  const { database, consumer } = context;
  const limit = Math.min(mostOfOne, Math.ceil(readAtOnce / ids.length));
  const parked = await nextParked(database.system, consumer, ids, limit);
  const finished = ids.filter((id) => !parked.has(id));
  if (finished.length > 0) await forgetDue(database.system, consumer, finished);
  const passed: string[] = [];
  const runs: Ready[][] = [];
  for (const [id, all] of parked) {
    const run = readyRun(context, all);
    const [head] = all;
    if (run.length > 0) runs.push(run);
    else if (head !== undefined && (await settleHead(context, head)) === 'passed') passed.push(id);
  }
  for (const ofTenant of Map.groupBy(runs, ([ready]) => ready?.fact.tenantId).values()) {
    passed.push(...(await attemptRuns(context, ofTenant)));
  }
  return passed;
}

/** Runs of one tenant in shared transactions; answers the aggregates that nothing blocks. */
async function attemptRuns(context: ConsumerContext, runs: readonly Ready[][]): Promise<string[]> {
  const blocked = new Set<string>();
  let left = runs.flat();
  while (left.length > 0) {
    for (const id of await attempt(context, left.splice(0, context.pace.shared))) blocked.add(id);
    left = left.filter(({ fact }) => !blocked.has(fact.aggregateId));
  }
  const ids = runs.flatMap(([ready]) => (ready === undefined ? [] : [ready.fact.aggregateId]));
  return ids.filter((id) => !blocked.has(id));
}

/** One attempt at each, counted before it is made; answers the aggregates in which one failed. */
async function attempt(context: ConsumerContext, ready: readonly Ready[]): Promise<string[]> {
  const { database, consumer, publisher, metrics, log } = context;
  const begun = ready.filter(({ fact }) => fact.plan.kind === 'apply');
  await beginAttempts(
    database.system,
    begun.map(({ parked }) => ({ id: parked.id, made: madeOf(parked) + 1, nextIn: retryIn(madeOf(parked) + 1) })),
  );
  const { applied, failed, behind } = await applyGuarded(context, ready, (tx, done) =>
    unpark(
      tx,
      done.map(({ parked }) => parked.id),
    ),
  );
  count(metrics, 'events_consumed_total', { consumer, publisher, outcome: 'applied' }, applied.length);
  const verdicts = failed.map(({ item: { parked, fact }, error }) => {
    const blame = blameFor(error, madeOf(parked) + 1);
    log.warn({ consumer, publisher, type: fact.type, eventId: fact.eventId, ...blame }, 'a parked event failed again');
    context.sweepIn(retryIn(madeOf(parked) + 1));
    return { id: parked.id, blame };
  });
  const unmade = behind.map(({ parked }) => ({
    id: parked.id,
    blame: { state: 'WAITING', reason: 'WAITING' } as const,
    attempts: madeOf(parked),
  }));
  await judge(database.system, [...verdicts, ...unmade]);
  return failed.map(({ item }) => item.fact.aggregateId);
}

async function settleHead(context: ConsumerContext, head: ParkedHead): Promise<Step> {
  const pool = context.database.system;
  if (head.version <= head.position) {
    // It holds the new facts of a publisher that was put back, from behind the position on.
    if (head.state === 'FAILED' && head.reason === 'LOG_REWOUND') return 'blocked';
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
  return attemptAlone(context, head, fact);
}

function isDue(context: ConsumerContext, { dueIn }: ParkedHead): boolean {
  if (dueIn === null || dueIn <= 0) return true;
  context.sweepIn(dueIn);
  return false;
}

/** Alone, so that only it is suspected should the process not live to say what became of it. */
async function attemptAlone(context: ConsumerContext, head: ParkedHead, fact: Fact): Promise<Step> {
  if (head.positionTenant !== null && head.positionTenant !== fact.tenantId) return fail(context, head, 'WRONG_TENANT');
  if (fact.plan.kind === 'refuse') return fail(context, head, fact.plan.reason, fact.plan.detail);
  // Whatever happened in the last attempt, it did not live to say.
  if (madeOf(head) >= maxAttempts) return fail(context, head, 'HANDLER_CRASHED');
  return (await attempt(context, [{ parked: head, fact }])).length > 0 ? 'blocked' : 'passed';
}

async function fail(
  { database, consumer, publisher, log }: ConsumerContext,
  head: ParkedHead,
  reason: string,
  detail: Record<string, unknown> = {},
): Promise<Step> {
  await judge(database.system, [{ id: head.id, blame: { state: 'FAILED', reason, detail } }]);
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
