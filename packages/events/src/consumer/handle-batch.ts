import { count } from '../metrics.ts';
import { applyGuarded } from './apply-guarded.ts';
import { mostShared, type ConsumerContext } from './consumer-context.ts';
import { decide, type Decision, type Standing } from './decide.ts';
import type { Fact, Received } from './fact.ts';
import { blameFor, retryIn } from './failure.ts';
import { park, suspected, type Aside, type Attempts, type Blame } from './parked-rows.ts';
import { loadStandings } from './positions.ts';
import { settle } from './settle.ts';

type ReadableFact = Received & { fact: Fact };

/** What is known while one batch is worked off. */
type Batch = {
  context: ConsumerContext;
  /** Includes what is `ready`, as if it were applied already. */
  standings: Map<string, Standing>;
  /** Taken in the order of the stream and not applied yet; of one tenant. */
  ready: ReadableFact[];
  /** How many commands they take. */
  commands: number;
  /** To be parked, all by one statement, before anybody asks what is parked. */
  aside: Aside[];
  outcomes: Record<'applied' | 'skipped' | 'parked', number>;
  /** The first facts to be applied may be those that took the last process down. */
  suspicious: boolean;
};

/**
 * Works off messages in the order of the stream; when it returns, each is either applied, passed or parked, durably.
 * Neighbours of one tenant share a transaction; when one of them fails, the others are applied without it. It throws
 * when a server is away: nothing is acknowledged then, and what was applied is recognised by its position.
 */
export async function handleBatch(
  context: ConsumerContext,
  messages: readonly Received[],
  suspicious = false,
): Promise<void> {
  if (messages.length === 0) return;
  const ids = messages.flatMap(({ fact }) => (fact === null ? [] : [fact.aggregateId]));
  const standings = await loadStandings(context.database.system, context.consumer, ids);
  const outcomes = { applied: 0, skipped: 0, parked: 0 };
  const batch: Batch = { context, standings, ready: [], commands: 0, aside: [], outcomes, suspicious };
  for (const { fact, ...received } of messages) {
    if (fact === null) parkUnreadable(batch, { fact, ...received });
    else await take(batch, { fact, ...received });
  }
  await finish(batch);
  report(batch);
}

/** The last facts are applied while those aside are being parked. */
async function finish(batch: Batch): Promise<void> {
  const parking = parkAside(batch);
  // It is awaited in any case; until then it is nobody's loose end.
  parking.catch(() => undefined);
  try {
    await applyReady(batch);
  } finally {
    await parking;
  }
  await parkAside(batch);
}

function standingOf({ standings }: Batch, { aggregateId }: Fact): Standing {
  const standing = standings.get(aggregateId);
  if (standing === undefined) throw new Error(`the standing of ${aggregateId} was not loaded`);
  return standing;
}

async function take(batch: Batch, received: ReadableFact): Promise<void> {
  const { fact } = received;
  const decision = decide(fact, standingOf(batch, fact));
  if (decision === 'done') batch.outcomes.skipped += 1;
  else if (decision === 'next') await makeReady(batch, received);
  else await setAside(batch, received);
}

async function makeReady(batch: Batch, received: ReadableFact): Promise<void> {
  const { fact } = received;
  const { ready } = batch;
  if (ready.length > 0 && (ready[0]?.fact.tenantId !== fact.tenantId || isFull(batch))) {
    await applyReady(batch);
    // The facts before it may have failed, and then it waits behind them.
    return take(batch, received);
  }
  ready.push(received);
  batch.commands += commandsOf(batch, fact);
  const standing = standingOf(batch, fact);
  standing.tenantId = fact.tenantId;
  standing.version = fact.version;
  // It fills a gap: what is parked behind it is next.
  if (standing.parkedFrom !== null) await applyReady(batch);
}

const isFull = ({ commands, context }: Batch): boolean => commands >= context.pace.shared;

/** Facts that are reacted to together are one command, as long as nothing has failed lately. */
function commandsOf({ context: { pace }, ready }: Batch, { plan }: Fact): number {
  if (plan.kind !== 'apply') return 0;
  if (pace.guarded || pace.shared < mostShared || plan.together === undefined) return 1;
  const before = ready.at(-2)?.fact.plan;
  return before?.kind === 'apply' && before.together?.handler === plan.together.handler ? 0 : 1;
}

/** What cannot be applied is parked; first those before it of its aggregate have their effect. */
async function setAside(batch: Batch, received: ReadableFact): Promise<void> {
  const { fact } = received;
  if (batch.ready.some((each) => each.fact.aggregateId === fact.aggregateId)) await applyReady(batch);
  const decision = decide(fact, standingOf(batch, fact));
  if (decision === 'done' || decision === 'next') return take(batch, received);
  parkFact(batch, received, blameOf(decision, fact));
  if (decision === 'gap') await settleParked(batch, [received]);
}

function blameOf(decision: Exclude<Decision, 'done' | 'next'>, { plan }: Fact): Blame {
  if (decision === 'waiting') return { state: 'WAITING', reason: 'WAITING' };
  if (decision === 'gap') return { state: 'GAP', reason: 'GAP' };
  if (decision === 'foreign' || plan.kind !== 'refuse') return { state: 'FAILED', reason: 'WRONG_TENANT' };
  return { state: 'FAILED', reason: plan.reason, detail: plan.detail };
}

/** Until nothing is left: when one fails, those behind it become ready again. */
async function applyReady(batch: Batch): Promise<void> {
  while (batch.ready.length > 0) {
    batch.commands = 0;
    await applyTogether(batch, batch.ready.splice(0));
  }
}

async function applyTogether(batch: Batch, ready: readonly ReadableFact[]): Promise<void> {
  if (batch.suspicious && ready.some(({ fact }) => fact.plan.kind === 'apply')) return trySuspects(batch, ready);
  const { applied, failed, behind } = await applyGuarded(batch.context, ready);
  batch.outcomes.applied += applied.length;
  if (failed.length > 0) await reload(batch, ready);
  const isBlocked = new Set(failed.map(({ item }) => item.fact.aggregateId));
  const unblocked = applied.filter(({ fact }) => !isBlocked.has(fact.aggregateId));
  const holding = unblocked.filter(({ fact }) => standingOf(batch, fact).parkedFrom !== null);
  for (const { item, error } of failed) parkFailed(batch, item, error);
  for (const received of behind) await take(batch, received);
  await settleParked(batch, holding);
}

/**
 * After a crash the first facts that would be applied go through the parked events, where an attempt is counted
 * before it is made: first one by itself, then ever more of them together. When that takes the process down again,
 * only those of its last transaction are tried each by itself from then on, all others as ever. So a handler that
 * takes the process down is parked for good after `maxAttempts` of them, the first crash included.
 */
async function trySuspects(batch: Batch, ready: readonly ReadableFact[]): Promise<void> {
  batch.suspicious = false;
  batch.context.pace.shared = 1;
  await reload(batch, ready);
  for (const received of ready) {
    const { parkedFrom } = standingOf(batch, received.fact);
    const isFirst = parkedFrom === null || received.fact.version < parkedFrom;
    const blame: Blame = isFirst ? suspected : { state: 'WAITING', reason: 'WAITING' };
    parkFact(batch, received, blame, { made: 1, nextIn: 0 });
  }
  await settleParked(batch, ready);
}

function parkFailed(batch: Batch, received: ReadableFact, error: unknown): void {
  const { log, consumer, publisher, sweepIn } = batch.context;
  const blame = blameFor(error, 1);
  const attempts = { made: 1, nextIn: retryIn(1) };
  parkFact(batch, received, blame, attempts);
  const { type, eventId } = received.fact;
  log.warn({ consumer, publisher, type, eventId, ...blame }, 'an event was parked');
  if (blame.state === 'RETRYING') sweepIn(attempts.nextIn);
}

function parkFact(batch: Batch, received: ReadableFact, blame: Blame, attempts?: Attempts): void {
  const { fact } = received;
  const standing = standingOf(batch, fact);
  // The aggregate's own tenant: a fact that claims another one must not show to that one's operators.
  batch.aside.push({ received, blame, tenantId: standing.tenantId ?? fact.tenantId, attempts });
  standing.parkedFrom = Math.min(standing.parkedFrom ?? fact.version, fact.version);
  batch.outcomes.parked += 1;
}

function parkUnreadable(batch: Batch, received: Received): void {
  batch.aside.push({ received, blame: { state: 'FAILED', reason: 'UNPARSABLE' } });
  batch.outcomes.parked += 1;
}

const parkAside = ({ context, aside }: Batch): Promise<void> => park(context, aside.splice(0));

/** Lets the parked events of these aggregates go on, and takes over where that has brought them. */
async function settleParked(batch: Batch, received: readonly ReadableFact[]): Promise<void> {
  if (received.length === 0) return;
  await parkAside(batch);
  await settle(
    batch.context,
    received.map(({ fact }) => fact.aggregateId),
  );
  await reload(batch, received);
}

async function reload(batch: Batch, received: readonly ReadableFact[]): Promise<void> {
  if (received.length === 0) return;
  await parkAside(batch);
  const { context, standings } = batch;
  const ids = received.map(({ fact }) => fact.aggregateId);
  const fresh = await loadStandings(context.database.system, context.consumer, ids);
  for (const [id, standing] of fresh) standings.set(id, standing);
}

function report({ context, outcomes }: Batch): void {
  const { consumer, publisher, metrics } = context;
  for (const [outcome, times] of Object.entries(outcomes)) {
    count(metrics, 'events_consumed_total', { consumer, publisher, outcome }, times);
  }
}
