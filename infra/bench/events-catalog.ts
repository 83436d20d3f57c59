import { newId } from '@steward/core';
import { tenantTableSql, type Migration, type Scope } from '@steward/db';
import { defineEvent } from '@steward/events';
import { z } from 'zod';

export const benchPublisher = 'bench-source';
export const benchConsumer = 'bench-sink';

export const parcelMoved = defineEvent({
  publisher: benchPublisher,
  aggregate: 'parcel',
  fact: 'moved',
  version: 1,
  description: 'A parcel has been moved to another shelf.',
  data: z.object({
    parcelId: z.guid(),
    shelfId: z.guid(),
    formerShelfId: z.guid().nullable(),
    step: z.int().min(1),
    reasonCode: z.string().max(20),
    movedAt: z.iso.datetime(),
  }),
});

export type ParcelMove = z.infer<(typeof parcelMoved)['data']>;

/** What the reaction writes: one row for each fact. */
export const effectTable: Migration = {
  name: '20261122-0900-bench-effects',
  up: `create table effect (parcel_id uuid not null, step int not null, tenant_id uuid not null, shelf_id uuid not null,
         moved_at timestamptz not null, primary key (parcel_id, step));
       ${tenantTableSql('effect')}`,
  down: 'drop table effect',
};

export const benchTenant = '019b76da-a800-7001-8000-0000000b0001';

export const benchScope = (): Scope => ({
  tenantId: benchTenant,
  now: new Date(),
  actor: { kind: 'system', id: null, sub: 'bench' },
});

/** Moves of many parcels in turn, each with its next step; batches of up to that many have no parcel twice. */
export function createMoves(parcels: number): { next(): ParcelMove } {
  const ids = Array.from({ length: parcels }, () => newId());
  const shelves = Array.from({ length: 16 }, () => newId());
  let made = 0;
  return {
    next: () => {
      const step = Math.floor(made / parcels) + 1;
      const parcelId = ids[made % parcels] ?? '';
      made += 1;
      return {
        parcelId,
        shelfId: shelves[made % shelves.length] ?? '',
        formerShelfId: step === 1 ? null : (shelves[(made + 1) % shelves.length] ?? ''),
        step,
        reasonCode: 'RESTOCKED',
        movedAt: new Date().toISOString(),
      };
    },
  };
}

/** Milliseconds of a clock that all processes of this machine share. */
export const sharedNow = (): number => Number(process.hrtime.bigint()) / 1e6;
