import { count } from '../metrics.ts';
import { applyFacts, FactFailedError } from './apply.ts';
import type { ConsumerContext } from './consumer-context.ts';
import { decide, type Standing } from './decide.ts';
import type { Fact, Received } from './fact.ts';
import { blameFor, isPassing, retryIn } from './failure.ts';
import { park, type Attempts, type Blame } from './parked-rows.ts';
import { loadStandings, movePositions, type Advance } from './positions.ts';
import { settle } from './settle.ts';

type ReadableFact = Received & { fact: Fact };

/** What is known while one batch is worked off; `advances` are positions to be moved together, not written yet. */
type Batch = {
  context: ConsumerContext;
  standings: Map<string, Standing>;
  advances: Map<string, Advance>;
  outcomes: Record<'applied' | 'advanced' | 'skipped' | 'parked', number>;
  /** The first fact to be applied may be the one that took the last process down. */
  suspicious: boolean;
};

/**
 * Works off messages in the order of the stream; when it returns, each is either applied, passed or parked, durably.
 * Facts of one aggregate that stand side by side share a transaction. It throws when a server is away: nothing is
 * acknowledged then, and what was applied is recognised by its position.
 */
export async function handleBatch(
  context: ConsumerContext,
  messages: readonly Received[],
  suspicious = false,
): Promise<void> {
  const ids = messages.flatMap(({ fact }) => (fact === null ? [] : [fact.aggregateId]));
  const batch: Batch = {
    context,
    standings: await loadStandings(context.database.system, context.consumer, ids),
    advances: new Map(),
    outcomes: { applied: 0, advanced: 0, skipped: 0, parked: 0 },
    suspicious,
  };
  const run: ReadableFact[] = [];
  for (const message of messages) {
    const { fact } = message;
    const continues = fact !== null && fact.aggregateId === run[0]?.fact.aggregateId;
    if (!continues) await handleRun(batch, run.splice(0));
    if (fact === null) await parkUnreadable(batch, message);
    else run.push({ ...message, fact });
  }
  await handleRun(batch, run);
  await flushAdvances(batch);
  report(batch);
}

/** Facts of one aggregate: those that follow on its position together, the others one by one. */
async function handleRun(batch: Batch, run: readonly ReadableFact[]): Promise<void> {
  const standing = batch.standings.get(run[0]?.fact.aggregateId ?? '');
  if (standing === undefined) return;
  let ready: ReadableFact[] = [];
  for (const received of run) {
    if (decide(received.fact, after(standing, ready)) === 'next') {
      ready.push(received);
      continue;
    }
    await applyReady(batch, standing, ready);
    ready = [];
    await handleOne(batch, standing, received);
  }
  await applyReady(batch, standing, ready);
}

/** Where the aggregate will stand once `ready` is applied. */
const after = (standing: Standing, ready: readonly ReadableFact[]): Standing => ({
  tenantId: standing.tenantId ?? ready[0]?.fact.tenantId ?? null,
  version: standing.version + ready.length,
  parkedFrom: standing.parkedFrom,
});

async function handleOne(batch: Batch, standing: Standing, received: ReadableFact): Promise<void> {
  const { fact } = received;
  switch (decide(fact, standing)) {
    case 'done':
      batch.outcomes.skipped += 1;
      return;
    case 'next':
      return applyReady(batch, standing, [received]);
    case 'waiting':
      return parkBehind(batch, standing, received, { state: 'WAITING', reason: 'WAITING' });
    case 'foreign':
      return parkBehind(batch, standing, received, { state: 'FAILED', reason: 'WRONG_TENANT' });
    case 'refused':
      return parkBehind(batch, standing, received, { state: 'FAILED', ...refusalOf(fact) });
    case 'gap':
      await parkBehind(batch, standing, received, { state: 'GAP', reason: 'GAP' });
      return settleParked(batch, standing, fact);
  }
}

const refusalOf = ({ plan }: Fact): Pick<Blame, 'reason' | 'detail'> =>
  plan.kind === 'refuse' ? { reason: plan.reason, detail: plan.detail } : { reason: 'REFUSED' };

async function applyReady(batch: Batch, standing: Standing, ready: readonly ReadableFact[]): Promise<void> {
  const [first] = ready;
  const last = ready.at(-1);
  if (first === undefined || last === undefined) return;
  const facts = ready.map(({ fact }) => fact);
  const { aggregateId, tenantId } = first.fact;
  if (facts.every(({ plan }) => plan.kind === 'advance')) {
    batch.advances.set(aggregateId, { aggregateId, tenantId, version: last.fact.version });
    batch.outcomes.advanced += ready.length;
  } else {
    if (batch.advances.has(aggregateId)) await flushAdvances(batch);
    if (batch.suspicious) return tryApart(batch, standing, ready);
    try {
      await applyFacts(batch.context, facts, standing.version);
    } catch (error) {
      if (isPassing(error)) throw error;
      return parkOneOf(batch, standing, ready, error);
    }
    batch.outcomes.applied += ready.length;
  }
  standing.tenantId = tenantId;
  standing.version = last.fact.version;
  if (standing.parkedFrom !== null) await settleParked(batch, standing, first.fact);
}

/** The good ones before it pass, the one that failed is parked, the others wait behind it. */
async function parkOneOf(
  batch: Batch,
  standing: Standing,
  ready: readonly ReadableFact[],
  error: unknown,
): Promise<void> {
  const index = error instanceof FactFailedError ? error.index : ready.length - 1;
  const failed = ready[index];
  if (failed === undefined) throw error;
  // Nobody's own error, such as one at the commit: apart, it shows whose it is.
  if (!(error instanceof FactFailedError) && ready.length > 1) return handleEach(batch, standing, ready);
  await applyReady(batch, standing, ready.slice(0, index));
  await parkFailed(batch, standing, failed, error);
  await handleEach(batch, standing, ready.slice(index + 1));
}

async function handleEach(batch: Batch, standing: Standing, each: readonly ReadableFact[]): Promise<void> {
  for (const received of each) await handleOne(batch, standing, received);
}

/**
 * After a crash the first facts that would be applied go through the parked events, where an attempt is counted
 * before it is made: a handler that takes the process down is parked for good after `maxAttempts` of them, the one
 * that ended in the crash included.
 */
async function tryApart(batch: Batch, standing: Standing, ready: readonly ReadableFact[]): Promise<void> {
  batch.suspicious = false;
  const attempts = { made: 1, nextIn: 0 };
  for (const [index, received] of ready.entries()) {
    const state = index === 0 ? 'RETRYING' : 'WAITING';
    const reason = index === 0 ? 'INTERRUPTED' : 'WAITING';
    await parkBehind(batch, standing, received, { state, reason }, attempts);
  }
  const [first] = ready;
  if (first !== undefined) await settleParked(batch, standing, first.fact);
}

async function parkFailed(batch: Batch, standing: Standing, received: ReadableFact, error: unknown): Promise<void> {
  const { log, consumer, publisher } = batch.context;
  const blame = blameFor(error, 1);
  const attempts = { made: 1, nextIn: retryIn(1) };
  await parkBehind(batch, standing, received, blame, attempts);
  const { type, eventId } = received.fact;
  log.warn({ consumer, publisher, type, eventId, ...blame }, 'an event was parked');
  if (blame.state === 'RETRYING') batch.context.sweepIn(attempts.nextIn);
}

async function parkBehind(
  batch: Batch,
  standing: Standing,
  received: ReadableFact,
  blame: Blame,
  attempts: Attempts = { made: 0, nextIn: 0 },
): Promise<void> {
  await flushAdvances(batch);
  // The aggregate's own tenant: a fact that claims another one must not show to that one's operators.
  await park(batch.context, received, blame, { tenantId: standing.tenantId ?? received.fact.tenantId, attempts });
  standing.parkedFrom = Math.min(standing.parkedFrom ?? received.fact.version, received.fact.version);
  batch.outcomes.parked += 1;
}

async function parkUnreadable(batch: Batch, received: Received): Promise<void> {
  await park(batch.context, received, { state: 'FAILED', reason: 'UNPARSABLE' });
  batch.outcomes.parked += 1;
}

/** Lets the parked events of an aggregate go on, and takes over where that has brought it. */
async function settleParked(batch: Batch, standing: Standing, { aggregateId }: Fact): Promise<void> {
  await flushAdvances(batch);
  const { database, consumer } = batch.context;
  await settle(batch.context, aggregateId);
  const now = await loadStandings(database.system, consumer, [aggregateId]);
  Object.assign(standing, now.get(aggregateId));
}

async function flushAdvances({ context, advances }: Batch): Promise<void> {
  await movePositions(context.database.system, context.consumer, [...advances.values()]);
  advances.clear();
}

function report({ context, outcomes }: Batch): void {
  const { consumer, publisher, metrics } = context;
  for (const [outcome, times] of Object.entries(outcomes)) {
    count(metrics, 'events_consumed_total', { consumer, publisher, outcome }, times);
  }
}
