import { rows, type Tx } from '@steward/db';
import { checklistColumns, type ChecklistRow, type Order } from '@steward/service-kit';
import type { ObjectLiteral, SelectQueryBuilder } from 'typeorm';

import type {
  EscortedAccessFilter,
  EscortedAccessOrder,
  MailItemFilter,
  MailItemOrder,
  ResidentRegistrationFilter,
  ResidentRegistrationOrder,
} from '../graphql/generated.ts';
import { escortedAccessEntity, mailItemEntity, residentRegistrationEntity } from './register-entities.ts';

const newest: Order = { property: 'createdAt', direction: 'DESC' };

export const mailItemOrders: Record<MailItemOrder, Order> = { CREATED_AT_DESC: newest };
export const registrationOrders: Record<ResidentRegistrationOrder, Order> = { CREATED_AT_DESC: newest };
export const escortedAccessOrders: Record<EscortedAccessOrder, Order> = {
  CREATED_AT_DESC: newest,
  VALID_FROM_ASC: { property: 'validFrom', direction: 'ASC' },
};

/** Narrows a list to rows that have one of the values; absent values ask for nothing. */
function whereAny<Row extends ObjectLiteral>(
  query: SelectQueryBuilder<Row>,
  property: string,
  values: readonly string[] | null | undefined,
): SelectQueryBuilder<Row> {
  if (values == null) return query;
  return query.andWhere(`${query.alias}.${property} = any(:${property})`, { [property]: values });
}

const one = (value: string | null | undefined): string[] | null => (value == null ? null : [value]);

export function mailItemQuery(tx: Tx, filter: MailItemFilter, communities: string[] | null) {
  const query = whereAny(tx.createQueryBuilder(mailItemEntity, 'm'), 'communityId', communities);
  whereAny(query, 'status', filter.status);
  whereAny(query, 'kind', filter.kind);
  return whereAny(query, 'householdId', one(filter.householdId));
}

export function registrationQuery(tx: Tx, filter: ResidentRegistrationFilter, communities: string[] | null) {
  const all = tx.createQueryBuilder(residentRegistrationEntity, 'r');
  const query = whereAny(all, 'communityId', communities);
  whereAny(query, 'status', filter.status);
  whereAny(query, 'kind', filter.kind);
  return whereAny(query, 'householdId', one(filter.householdId));
}

export function escortedAccessQuery(tx: Tx, filter: EscortedAccessFilter, communities: string[] | null) {
  const query = whereAny(tx.createQueryBuilder(escortedAccessEntity, 'e'), 'communityId', communities);
  whereAny(query, 'status', filter.status);
  whereAny(query, 'unitId', one(filter.unitId));
  return whereAny(query, 'escortId', one(filter.escortId));
}

/** The kinds of papers that were handed in for a registration. */
export async function filedKinds(tx: Tx, registrationId: string): Promise<string[]> {
  const found = await rows<{ kind: string }>(
    tx,
    'select distinct kind_code as kind from registration_document where registration_id = $1',
    [registrationId],
  );
  return found.map(({ kind }) => kind);
}

/** A list of an aggregate as it was checked so far. */
export const checklistOf = (tx: Tx, aggregateId: string, checklist: string): Promise<ChecklistRow[]> =>
  rows<ChecklistRow>(
    tx,
    `select ${checklistColumns} from checklist_item where aggregate_id = $1 and checklist = $2 order by code`,
    [aggregateId, checklist],
  );
