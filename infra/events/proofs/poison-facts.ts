import { newId } from '@steward/core';
import { defineEvent, recordEvent } from '@steward/events';
import { z } from 'zod';

import { source, type EventRig } from '../rig/event-rig.ts';

/** What may be wrong with a fact, by the reason with which it has to be parked. */
export const poisons = ['DATA_INVALID', 'UNKNOWN_VERSION', 'WRONG_TENANT', 'HANDLER_CRASHED'] as const;
export type Poison = (typeof poisons)[number];

const about = { publisher: source, aggregate: 'parcel', fact: 'moved', description: 'A parcel moved.' } as const;

/** The publisher's; the consumer promises itself more of the data. */
const moved = defineEvent({ ...about, version: 1, data: z.object({ step: z.int() }) });
const movedAnew = defineEvent({ ...about, version: 9, data: z.object({ step: z.int() }) });

export const movedAsRead = defineEvent({ ...about, version: 1, data: z.object({ step: z.int().positive() }) });

/** A step that takes the process of the consumer down. */
export const deadlyStep = 1_000_000;

export type Fact = { parcel: string; version: number; poison: Poison | null };

const factsOfParcel = 20;
/** Parcels that move at the same time; one in five of them is poisoned: one fact of a hundred, roughly. */
const cohort = 50;
const poisonedEvery = 5;

/**
 * Facts of many parcels, cohort after cohort. A poisoned parcel ends with its poison, somewhere among the others'
 * facts; the first `crashers` of them, one in each cohort, are deadly.
 */
export function* poisonedFacts(count: number, poisoned: boolean, crashers: number): Generator<Fact> {
  const cohorts = Math.max(1, Math.round(count / (cohort * factsOfParcel)));
  let taken = 0;
  for (let at = 0; at < cohorts; at += 1) {
    const parcels = Array.from({ length: cohort }, (_, index) => {
      const isPoisoned = poisoned && index % poisonedEvery === 0;
      if (!isPoisoned) return { id: newId(), last: factsOfParcel, poison: null };
      const isDeadly = index === 0 && at < crashers;
      taken += 1;
      return {
        id: newId(),
        last: 2 + (taken % (factsOfParcel - 2)),
        poison: isDeadly ? 'HANDLER_CRASHED' : kind(taken),
      };
    });
    for (let version = 1; version <= factsOfParcel; version += 1) {
      for (const { id, last, poison } of parcels) {
        if (version <= last) yield { parcel: id, version, poison: version === last ? poison : null };
      }
    }
  }
}

const kind = (index: number): Poison => poisons[index % 3] ?? 'DATA_INVALID';

const tenants = { own: newId(), other: newId() };
const perCommit = 100;

/** Commits facts as their publisher does. */
export async function publishFacts(rig: EventRig, facts: readonly Fact[]): Promise<void> {
  const ofOthers = facts.filter(({ poison }) => poison === 'WRONG_TENANT');
  const own = facts.filter(({ poison }) => poison !== 'WRONG_TENANT');
  for (let at = 0; at < own.length; at += perCommit) await commit(rig, tenants.own, own.slice(at, at + perCommit));
  await commit(rig, tenants.other, ofOthers);
}

async function commit(rig: EventRig, tenantId: string, facts: readonly Fact[]): Promise<void> {
  const actor = { kind: 'system', id: null, sub: 'proof' } as const;
  await rig.source.write({ tenantId, now: new Date(), actor }, async (tx) => {
    for (const { parcel, version, poison } of facts) {
      const definition = poison === 'UNKNOWN_VERSION' ? movedAnew : moved;
      const data = { step: stepOf(version, poison) };
      recordEvent(tx, { definition, aggregateId: parcel, aggregateVersion: version, data });
    }
  });
}

function stepOf(version: number, poison: Poison | null): number {
  if (poison === 'DATA_INVALID') return -version;
  return poison === 'HANDLER_CRASHED' ? deadlyStep : version;
}
