import { rows, type Tx } from '@steward/db';
import type { Order } from '@steward/service-kit';
import type { SelectQueryBuilder } from 'typeorm';

import type { Apportionment } from '../domain/apportionment.ts';
import type { ChargeRequest } from '../domain/charge-request.ts';
import type { ChargeRun } from '../domain/charge-run.ts';
import type { Meter } from '../domain/meter.ts';
import type { OpeningImport } from '../domain/opening.ts';
import type { Tariff } from '../domain/tariff.ts';
import type { Waiver } from '../domain/waiver.ts';
import type {
  ApportionmentFilter,
  ChargeRequestFilter,
  ChargeRunFilter,
  MeterFilter,
  OpeningImportFilter,
  TariffFilter,
  WaiverFilter,
} from '../graphql/generated.ts';
import { whereEach } from './charge-list-queries.ts';
import {
  apportionmentEntity,
  chargeRequestEntity,
  chargeRunEntity,
  meterEntity,
  openingImportEntity,
  tariffEntity,
  waiverEntity,
} from './charging-entities.ts';
import { chargeLineColumns, type ChargeLine } from './charging-loaders.ts';

export const newestOrders: Record<'CREATED_AT_DESC' | 'CREATED_AT_ASC', Order> = {
  CREATED_AT_DESC: { property: 'createdAt', direction: 'DESC' },
  CREATED_AT_ASC: { property: 'createdAt', direction: 'ASC' },
};

export function tariffsQuery(tx: Tx, { validOn, ...conditions }: TariffFilter): SelectQueryBuilder<Tariff> {
  const query = whereEach(tx.createQueryBuilder(tariffEntity, 't'), conditions);
  return validOn == null ? query : query.andWhere('daterange(t.valid_from, t.valid_to) @> :validOn::date', { validOn });
}

export function metersQuery(tx: Tx, { isLow, ...conditions }: MeterFilter): SelectQueryBuilder<Meter> {
  const query = whereEach(tx.createQueryBuilder(meterEntity, 'm'), conditions);
  return isLow == null ? query : query.andWhere('(m.low_told_at is not null) = :isLow', { isLow });
}

export const apportionmentsQuery = (tx: Tx, filter: ApportionmentFilter): SelectQueryBuilder<Apportionment> =>
  whereEach(tx.createQueryBuilder(apportionmentEntity, 'a'), { ...filter });

export const chargeRunsQuery = (tx: Tx, filter: ChargeRunFilter): SelectQueryBuilder<ChargeRun> =>
  whereEach(tx.createQueryBuilder(chargeRunEntity, 'r'), { ...filter });

export const openingImportsQuery = (tx: Tx, filter: OpeningImportFilter): SelectQueryBuilder<OpeningImport> =>
  whereEach(tx.createQueryBuilder(openingImportEntity, 'o'), { ...filter });

export const chargeRequestsQuery = (tx: Tx, filter: ChargeRequestFilter): SelectQueryBuilder<ChargeRequest> =>
  whereEach(tx.createQueryBuilder(chargeRequestEntity, 'q'), { ...filter });

export const waiversQuery = (tx: Tx, filter: WaiverFilter): SelectQueryBuilder<Waiver> =>
  whereEach(tx.createQueryBuilder(waiverEntity, 'w'), { ...filter });

/** A list of rows below a parent that the viewer was shown; `order` is a column whose values are unique in the list. */
export type ChildList = { columns: string; from: string; order: string; direction: 'asc' | 'desc'; cast: string };

export const meterReadingList: ChildList = {
  columns: `r.id, r.value::text as value, r.since as "previousTakenOn", r.taken_on as "takenOn", r.used::text as used,
    r.is_rollover as "isRollover", r.is_confirmed as "isConfirmed", r.source`,
  from: 'meter_reading r where r.meter_id = $1 and r.voided_at is null',
  order: 'r.taken_on',
  direction: 'desc',
  cast: 'date',
};

export const shareList: ChildList = {
  columns: 's.id, s.bearer, s.unit_id as "unitId", s.weight::text as weight, s.amount',
  from: 'apportionment_share s where s.apportionment_id = $1',
  order: 's.bearer',
  direction: 'asc',
  cast: 'text',
};

export const gapList: ChildList = {
  columns: 'g.id, g.unit_id as "unitId", g.charge_type_code as "chargeTypeCode", g.reason',
  from: 'charge_run_gap g where g.run_id = $1',
  order: 'g.id',
  direction: 'asc',
  cast: 'uuid',
};

export const lineList: ChildList = {
  columns: `${chargeLineColumns}, l.line`,
  from: 'charge_line l where l.run_id = $1',
  order: 'l.line',
  direction: 'asc',
  cast: 'int',
};

export const linesOfUnit: ChildList = { ...lineList, from: `${lineList.from} and l.unit_id = $4` };

export type ReadingRow = {
  id: string;
  value: string;
  previousTakenOn: string;
  takenOn: string;
  used: string;
  isRollover: boolean;
  isConfirmed: boolean;
  source: 'BASE' | 'STAFF' | 'IMPORT' | 'PROCEDURE';
};
export type ShareRow = { id: string; bearer: string; unitId: string | null; weight: string; amount: number };
export type GapRow = { id: string; unitId: string; chargeTypeCode: string; reason: string };
export type LineRow = ChargeLine & { line: number };

/** One page of such a list: rows after a place, one more than asked for. */
export function childPage<Row>(
  tx: Tx,
  list: ChildList,
  page: { parentId: string; after: string | null; count: number; more?: readonly unknown[] },
): Promise<Row[]> {
  const { columns, from, order, direction, cast } = list;
  const compare = direction === 'asc' ? '>' : '<';
  return rows<Row>(
    tx,
    `select ${columns} from ${from} and ($2::${cast} is null or ${order} ${compare} $2::${cast})
      order by ${order} ${direction} limit $3`,
    [page.parentId, page.after, page.count, ...(page.more ?? [])],
  );
}

export async function childCount(
  tx: Tx,
  list: ChildList,
  parentId: string,
  more: readonly unknown[] = [],
): Promise<number> {
  const from = list.from.replace('$4', '$2');
  const [found] = await rows<{ count: number }>(tx, `select count(*)::int as count from ${from}`, [parentId, ...more]);
  return found?.count ?? 0;
}

/** The lines of charges that have one. */
export const linesOfCharges = (tx: Tx, charges: readonly { id: string }[]): Promise<ChargeLine[]> =>
  rows<ChargeLine>(tx, `select ${chargeLineColumns} from charge_line l where l.id = any($1::uuid[])`, [
    charges.map(({ id }) => id),
  ]);
