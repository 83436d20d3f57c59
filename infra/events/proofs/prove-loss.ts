import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

import { jetstream } from '@nats-io/jetstream';
import { newId } from '@steward/core';
import { streamName } from '@steward/events';
import { eventually } from '@steward/test-kit';

import { seededRandom } from '../../demo/seeded-random.ts';
import { openEventRig, source, type EventRig } from '../rig/event-rig.ts';
import { startKillableServers } from '../rig/killable-servers.ts';
import { copyStore, losses, type Loss, type Scene } from './broker-losses.ts';

/** What became of one loss. `fault` says in a sentence what is not as it must be. */
export type LossResult = { missing: number; repairedMs: number; msPer100000: number; fault: string | null };

const perCommit = 200;
const patience = { timeoutMs: 600_000 };
const lookMilliseconds = 200;

/** Waits for it without using up what those under test would use. */
const seldom = <T>(ask: () => Promise<T>): Promise<NonNullable<T>> =>
  eventually(async () => {
    await pause(lookMilliseconds);
    return ask();
  }, patience);

/** Every parcel moves on by so many steps, interleaved with the others. */
async function moveOn(rig: EventRig, parcels: readonly string[], from: number, to: number): Promise<void> {
  const facts = [];
  for (let version = from; version <= to; version += 1) facts.push(...parcels.map((parcel) => ({ parcel, version })));
  for (let at = 0; at < facts.length; at += perCommit) await rig.moveAll(facts.slice(at, at + perCommit));
}

const isQuiet = async (rig: EventRig): Promise<boolean> => (await rig.relay.quiet()) && (await rig.consumer.quiet());

/** How often facts were made unsent again, over all of them. */
async function requeuedIn(rig: EventRig): Promise<number> {
  const { rows } = await rig.source.system.query<{ times: number }>(
    'select coalesce(sum(generation), 0)::int as times from outbox_delivery',
  );
  return rows[0]?.times ?? 0;
}

/** How many facts of the log have no copy in the stream, by the ids of its messages. */
async function absentFrom(rig: EventRig): Promise<number> {
  const { rows } = await rig.source.system.query<{ id: string }>('select id from outbox');
  const missing = new Set(rows.map(({ id }) => id));
  const name = streamName(rig.prefix, source);
  const messages = await jetstream(rig.nats).consumers.get(name, { headers_only: true });
  for await (const message of await messages.consume({ max_messages: 5_000 })) {
    missing.delete(message.headers?.get('Nats-Msg-Id').split('#')[0] ?? '');
    if (message.info.pending === 0) break;
  }
  return missing.size;
}

export type LossProof = {
  count: number;
  seed: number;
  suffering?: readonly Loss[];
  /** Of the relay; its own default unless told. */
  lookEveryMilliseconds?: number;
  onResult?: (name: string, result: LossResult) => void;
};

/**
 * Lets one stream of `count` facts go through all losses, one after the other, while relay and consumer run as in a
 * service, and measures each repair from the moment the broker answers again.
 */
export async function proveBrokerLoss({
  count,
  seed,
  suffering = losses,
  lookEveryMilliseconds,
  onResult = () => undefined,
}: LossProof): Promise<Record<string, LossResult>> {
  const servers = await startKillableServers();
  const copies = mkdtempSync(path.join(tmpdir(), 'steward-copy-'));
  const rig = await openEventRig({ ...servers, lookEveryMilliseconds });
  const scene = { rig, servers, random: seededRandom(seed), copy: path.join(copies, 'jetstream') };
  const parcels = Array.from({ length: Math.max(10, Math.floor(count / 100)) }, () => newId());
  const results: Record<string, LossResult> = {};
  try {
    await rig.relay.start();
    await rig.consumer.start();
    const steps = Math.ceil(count / parcels.length);
    await moveOn(rig, parcels, 1, steps);
    const life = { scene, parcels, version: steps };
    for (const loss of suffering) {
      const result = await suffer(life, loss);
      results[loss.name] = result;
      onResult(loss.name, result);
    }
  } finally {
    await rig.close();
    await servers.stop();
    rmSync(copies, { recursive: true, force: true });
  }
  return results;
}

type Life = { scene: Scene; parcels: readonly string[]; version: number };

async function suffer(life: Life, loss: Loss): Promise<LossResult> {
  const { scene, parcels } = life;
  const { rig } = scene;
  await seldom(() => isQuiet(rig));
  if (loss.needsCopy) {
    await copyStore(scene, scene.copy);
    // A quarter of the facts comes after the copy was made.
    const added = Math.ceil(life.version / 4);
    await moveOn(rig, parcels, life.version + 1, life.version + added);
    life.version += added;
    await seldom(() => isQuiet(rig));
  }
  const before = await requeuedIn(rig);
  await loss.inflict(scene);
  const begun = performance.now();
  const repairedMs = await untilWhole(rig, before, begun);
  const missing = (await requeuedIn(rig)) - before;
  await moveOn(rig, parcels, life.version + 1, life.version + 1);
  life.version += 1;
  const fault = await faultOfConsumer(life);
  return { missing, repairedMs, msPer100000: Math.round((repairedMs * 100_000) / missing), fault };
}

/** The milliseconds from `begun` until the loss was noticed, everything was sent again, and the stream has all. */
async function untilWhole(rig: EventRig, requeuedBefore: number, begun: number): Promise<number> {
  await seldom(async () => (await requeuedIn(rig)) > requeuedBefore);
  return seldom(async () => {
    if (!(await rig.relay.quiet())) return null;
    const at = performance.now();
    return (await absentFrom(rig)) === 0 ? Math.round(at - begun) : null;
  });
}

async function faultOfConsumer({ scene: { rig }, parcels, version }: Life): Promise<string | null> {
  const expected = parcels.length * version;
  await seldom(async () => (await isQuiet(rig)) && (await rig.judge()).effects >= expected);
  const { effects, misplaced } = await rig.judge();
  const parked = (await rig.consumer.parked()).length;
  if (effects === expected && misplaced === 0 && parked === 0) return null;
  return `${effects} effects of ${expected} facts, ${misplaced} out of order, ${parked} parked`;
}
