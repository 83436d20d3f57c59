import { rows, tenantTableSql, type Migration, type Tx } from '@steward/db';
import { subscribe } from '@steward/events';
import { authorize, publish, type Context, type ServiceDefinition } from '@steward/service-kit';

import { countedAggregate } from './counted-aggregate.ts';
import { effectTable, noteEffect } from './effect-table.ts';
import { communityId, depotName, parcelMoved, receiptNoted } from './parcel-events.ts';

const parcels = countedAggregate('parcel');

/** One row for each time a command ran, with the client's key: a command that ran twice shows. */
const moveTable: Migration = {
  name: '20261122-9003-chaos-move',
  up: `create table parcel_move (place bigint generated always as identity primary key, tenant_id uuid not null,
         parcel_id uuid not null, version int not null, key text not null);
       ${tenantTableSql('parcel_move', { appendOnly: true })}`,
  down: 'drop table parcel_move',
};

type MoveParcelInput = { parcelId: string; idempotencyKey: string };
type Moved = { parcelId: string; version: number };

async function moveParcel(tx: Tx, { parcelId, idempotencyKey }: MoveParcelInput): Promise<Moved> {
  await authorize(tx, { communityId });
  const parcel = await parcels.count(tx, parcelId);
  await rows(tx, 'insert into parcel_move (tenant_id, parcel_id, version, key) values ($1, $2, $3, $4)', [
    parcel.tenantId,
    parcelId,
    parcel.version,
    idempotencyKey,
  ]);
  publish(tx, parcel, parcelMoved, { parcelId });
  return { parcelId, version: parcel.version };
}

const schema = `
extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable"])
type Query { depot: ID! }
type MoveParcelPayload { parcelId: ID! version: Int! }
input MoveParcelInput { parcelId: ID! idempotencyKey: String! }
type Mutation { moveParcel(input: MoveParcelInput!): MoveParcelPayload! }`;

/** Takes commands and publishes; hears back from the ledger what it has noted. */
export const depot: ServiceDefinition = {
  name: depotName,
  schema,
  resolvers: {
    Query: { depot: () => communityId },
    Mutation: {
      moveParcel: (_parent: unknown, { input }: { input: MoveParcelInput }, ctx: Context) =>
        ctx.command(moveParcel, input),
    },
  },
  access: {
    'Query.depot': 'authenticated',
    MoveParcelPayload: 'inherit',
    'Mutation.moveParcel': [{ roles: ['maintenance'], relation: 'community' }],
  },
  subjects: {},
  aggregates: [parcels.aggregate],
  entities: [parcels.entity],
  migrations: [effectTable, parcels.table, moveTable],
  handlers: [subscribe(receiptNoted, 'note-receipt', noteEffect)],
  timers: {},
  loaders: () => ({}),
  labels: { en: {}, 'zh-CN': {} },
  policies: [],
  filePurposes: {},
  householdsOf: () => Promise.resolve([]),
  zonesOf: () => Promise.resolve(new Map()),
};
