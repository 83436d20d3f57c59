import { setTimeout as pause } from 'node:timers/promises';

import { listParked, type ParkedEvent } from '@steward/events';
import { eventually } from '@steward/test-kit';

import { median } from '../../bench/measure.ts';
import { openEventRig, type EventRig } from '../rig/event-rig.ts';
import { poisonedFacts, publishFacts, type Fact } from './poison-facts.ts';
import { startInstances } from './poison-instances.ts';

/** Loads that are measured in turn: nothing wrong, one fact of a hundred not to be applied, and some deadly as well. */
export const loads = ['clean', 'poisoned', 'deadly'] as const;
export type Load = (typeof loads)[number];

export type PoisonRun = { perSecond: number; poisons: number; crashes: number; fault: string | null };

const maxAttempts = 5;
const lookMilliseconds = 25;
const patience = { timeoutMs: 300_000 };

export type PoisonOptions = { servers: { postgres: string; nats: string }; count: number; crashers: number };

/**
 * A backlog of so many facts before two instances of a consumer that take over from each other: how fast those that
 * have nothing wrong with them have their effect, and what became of the others.
 */
export async function runPoison(load: Load, { servers, count, crashers }: PoisonOptions): Promise<PoisonRun> {
  const rig = await openEventRig(servers);
  try {
    const facts = [...poisonedFacts(count, load !== 'clean', load === 'deadly' ? crashers : 0)];
    await publishFacts(rig, facts);
    await rig.relay.start();
    await eventually(() => rig.relay.quiet(), patience);
    const good = facts.filter(({ poison }) => poison === null).length;
    const instances = await startInstances(rig, servers.nats, 2);
    try {
      const begunAt = performance.now();
      instances.begin();
      await seldom(async () => (await countEffects(rig)) >= good);
      const perSecond = Math.round((good * 1_000) / (performance.now() - begunAt));
      const poisons = facts.filter(({ poison }) => poison !== null);
      await seldom(async () => (await failedIn(rig)).length >= poisons.length);
      const fault = await faultOf(rig, good, poisons);
      return { perSecond, poisons: poisons.length, crashes: instances.crashes(), fault };
    } finally {
      await instances.stop();
    }
  } finally {
    await rig.close();
  }
}

const seldom = (ask: () => Promise<boolean>): Promise<unknown> =>
  eventually(async () => {
    await pause(lookMilliseconds);
    return ask();
  }, patience);

async function countEffects(rig: EventRig): Promise<number> {
  const sql = 'select coalesce(sum(version), 0)::int as passed from consumer_position';
  return (await rig.sink.system.query<{ passed: number }>(sql)).rows[0]?.passed ?? 0;
}

const failedIn = (rig: EventRig): Promise<ParkedEvent[]> =>
  listParked(rig.sink.system, { states: ['FAILED'], limit: 100_000 });

async function faultOf(rig: EventRig, good: number, poisons: readonly Fact[]): Promise<string | null> {
  const { effects, misplaced } = await rig.judge();
  if (effects !== good || misplaced > 0) return `${effects} effects of ${good}, ${misplaced} out of order`;
  const parked = new Map(
    (await listParked(rig.sink.system, { limit: 100_000 })).map((each) => [each.aggregateId, each]),
  );
  if (parked.size !== poisons.length) return `${parked.size} parked of ${poisons.length}`;
  for (const { parcel, version, poison } of poisons) {
    const found = parked.get(parcel);
    const isAsItShould = found?.reason === poison && found.aggregateVersion === version && found.state === 'FAILED';
    if (!isAsItShould || found.attempts > maxAttempts) {
      return `${poison} is parked as ${found?.state} ${found?.reason} after ${found?.attempts} attempts`;
    }
  }
  return null;
}

/** Medians over the rounds and the shares of what is clean; `faults` are sentences. */
export function judgePoison(rounds: readonly Record<Load, PoisonRun>[]) {
  const over = (load: Load, pick: (run: PoisonRun) => number): number => median(rounds.map((each) => pick(each[load])));
  const perSecond = Object.fromEntries(loads.map((load) => [load, over(load, (run) => run.perSecond)]));
  const shareOf = (load: Load): number =>
    Math.round(median(rounds.map((each) => each[load].perSecond / each.clean.perSecond)) * 1_000) / 1_000;
  const faults = rounds.flatMap((each, round) =>
    loads.flatMap((load) => (each[load].fault === null ? [] : [`round ${round + 1}, ${load}: ${each[load].fault}`])),
  );
  const counts = { poisons: over('poisoned', (run) => run.poisons), crashes: over('deadly', (run) => run.crashes) };
  return { perSecond, shares: { poisoned: shareOf('poisoned'), deadly: shareOf('deadly') }, ...counts, faults };
}
