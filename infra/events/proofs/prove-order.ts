import { setTimeout as pause } from 'node:timers/promises';

import { newId } from '@steward/core';
import { retryParked } from '@steward/events';
import { eventually } from '@steward/test-kit';

import { seededRandom, type SeededRandom } from '../../demo/seeded-random.ts';
import { keepMove, openEventRig, type EventRig } from '../rig/event-rig.ts';

export type OrderProof = {
  servers: { postgres: string; nats: string };
  parcels: number;
  versions: number;
  seed: number;
  /** The share of attempts that throw. */
  throwing: number;
  /** How long one relay and one consumer lead before another takes over. */
  handoverMilliseconds?: number;
  say?: (line: string) => void;
};

export type OrderResult = {
  effects: number;
  misplaced: number;
  thrown: number;
  /** Facts that threw five times in a row and were tried again as an operator would. */
  retriedByOperator: number;
  /** How often the leading relay or consumer was stopped and another instance took over. */
  handovers: number;
  seconds: number;
  fault: string | null;
};

const perCommit = 50;
const lookMilliseconds = 500;
const tellMilliseconds = 10_000;

/** Facts of all parcels in a random interleaving, each parcel's in their order. */
function* interleaved(ids: readonly string[], versions: number, random: SeededRandom) {
  const left = ids.map((parcel) => ({ parcel, version: 0 }));
  while (left.length > 0) {
    const at = random.int(0, left.length - 1);
    const next = left[at];
    if (next === undefined) return;
    next.version += 1;
    yield { ...next };
    if (next.version === versions) left.splice(at, 1, ...left.splice(-1).filter((each) => each !== next));
  }
}

async function writeAll(rig: EventRig, facts: Iterable<{ parcel: string; version: number }>): Promise<void> {
  let batch = [];
  for (const fact of facts) {
    batch.push(fact);
    if (batch.length < perCommit) continue;
    await rig.moveAll(batch);
    batch = [];
  }
  if (batch.length > 0) await rig.moveAll(batch);
}

/** Stops the instances one by one, while others wait to take over, until told to end; answers how often. */
async function handOver(rig: EventRig, random: SeededRandom, every: number, isOver: () => boolean): Promise<number> {
  let [relay, consumer] = [rig.relay, rig.consumer];
  let handovers = 0;
  for (let at = Date.now() + every; !isOver();) {
    await pause(100);
    if (Date.now() < at) continue;
    at = Date.now() + every;
    handovers += 1;
    if (random.chance(0.5)) {
      const next = await rig.anotherRelay();
      await next.start();
      await relay.stop();
      relay = next;
    } else {
      const next = await rig.anotherConsumer();
      await next.start();
      await consumer.stop();
      consumer = next;
    }
  }
  return handovers;
}

async function progress(rig: EventRig, effects: number): Promise<string> {
  const count = async (pool: EventRig['sink']['system'], sql: string): Promise<number> =>
    (await pool.query<{ count: number }>(sql)).rows[0]?.count ?? 0;
  const unsent = await count(rig.source.system, 'select count(*) from outbox_delivery where published_at is null');
  const parked = await count(rig.sink.system, 'select count(*) from parked_event');
  return `${effects} effects, ${unsent} unsent, ${parked} parked`;
}

/** As an operator does who knows that the cause has passed. */
async function retryFailed(rig: EventRig): Promise<number> {
  const failed = (await rig.consumer.parked()).filter(({ state }) => state === 'FAILED');
  let retried = 0;
  for (const { id } of failed) retried += (await retryParked(rig.sink.system, id)) ? 1 : 0;
  return retried;
}

/**
 * Many parcels with many facts each, several relays and consumers that take over from each other, and reactions that
 * throw at random: each fact has its effect once, right after the one before it.
 */
export async function proveOrder(proof: OrderProof): Promise<OrderResult> {
  const { servers, parcels, versions, seed, throwing, handoverMilliseconds = 1_500, say = () => undefined } = proof;
  const random = seededRandom(seed);
  let thrown = 0;
  const rig = await openEventRig({
    ...servers,
    react: async (tx, event) => {
      await keepMove(tx, event);
      if (!random.chance(throwing)) return;
      thrown += 1;
      throw new Error('at random');
    },
  });
  const ids = Array.from({ length: parcels }, () => newId());
  const expected = parcels * versions;
  const begun = performance.now();
  try {
    const standBy = [rig.relay, rig.consumer, await rig.anotherRelay(), await rig.anotherConsumer()];
    for (const each of standBy) await each.start();
    let over = false;
    const handing = handOver(rig, seededRandom(seed + 1), handoverMilliseconds, () => over);
    await writeAll(rig, interleaved(ids, versions, random));
    say(`${expected} facts are written after ${Math.round((performance.now() - begun) / 1_000)} s`);
    let retriedByOperator = 0;
    let tellAt = 0;
    const isDone = async (): Promise<boolean> => {
      // Looking costs what the instances under test would use.
      await pause(lookMilliseconds);
      retriedByOperator += await retryFailed(rig);
      const { effects } = await rig.judge();
      if (performance.now() >= tellAt) {
        tellAt = performance.now() + tellMilliseconds;
        say(await progress(rig, effects));
      }
      return effects >= expected;
    };
    await eventually(isDone, { timeoutMs: 3_600_000 }).finally(() => (over = true));
    const seconds = Math.round((performance.now() - begun) / 100) / 10;
    const handovers = await handing;
    const { effects, misplaced } = await rig.judge();
    const fault =
      effects === expected && misplaced === 0 ? null : `${effects} effects of ${expected}, ${misplaced} misplaced`;
    return { effects, misplaced, thrown, retriedByOperator, handovers, seconds, fault };
  } finally {
    await rig.close();
  }
}
