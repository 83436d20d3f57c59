import { rows, tenantTableSql, type Migration, type Tx } from '@steward/db';
import type { StewardEvent } from '@steward/events';

/** What facts have done here, a row for each time. Nothing is unique in it but the place: a second effect shows. */
export const effectTable: Migration = {
  name: '20261122-9001-chaos-effect',
  up: `create table effect (place bigint generated always as identity primary key, tenant_id uuid not null,
         fact_id uuid not null, aggregate_id uuid not null, version int not null);
       ${tenantTableSql('effect', { appendOnly: true })}`,
  down: 'drop table effect',
};

export const effectSql = 'insert into effect (tenant_id, fact_id, aggregate_id, version) values ($1, $2, $3, $4)';

export const effectOf = (event: StewardEvent<unknown>): unknown[] => [
  event.tenantid,
  event.id,
  event.subject,
  event.aggregateversion,
];

/** The reaction under test: the effect, in the transaction of the position. */
export async function noteEffect(tx: Tx, event: StewardEvent<unknown>): Promise<void> {
  await rows(tx, effectSql, effectOf(event));
}
