import { rows, type Tx } from '@steward/db';
import { checklistColumns, whereEach, type ChecklistRow, type Order } from '@steward/service-kit';

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

export function mailItemQuery(tx: Tx, filter: MailItemFilter, communities: string[] | null) {
  const { status, kind, householdId } = filter;
  return whereEach(tx.createQueryBuilder(mailItemEntity, 'm'), { communityId: communities, status, kind, householdId });
}

export function registrationQuery(tx: Tx, filter: ResidentRegistrationFilter, communities: string[] | null) {
  const all = tx.createQueryBuilder(residentRegistrationEntity, 'r');
  const { status, kind, householdId } = filter;
  return whereEach(all, { communityId: communities, status, kind, householdId });
}

export function escortedAccessQuery(tx: Tx, filter: EscortedAccessFilter, communities: string[] | null) {
  const { status, unitId, escortId } = filter;
  const query = tx.createQueryBuilder(escortedAccessEntity, 'e');
  return whereEach(query, { communityId: communities, status, unitId, escortId });
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
