import type { Tx } from '@steward/db';
import { whereEach, type Order } from '@steward/service-kit';
import type { SelectQueryBuilder } from 'typeorm';

import type { DecorationInspection } from '../domain/decoration-inspection.ts';
import type { DecorationViolation } from '../domain/decoration-violation.ts';
import type { Decoration, DecorationTerms } from '../domain/decoration.ts';
import type {
  DecorationFilter,
  DecorationInspectionFilter,
  DecorationInspectionOrder,
  DecorationOrder,
  DecorationTermsFilter,
  DecorationTermsOrder,
  DecorationViolationFilter,
  DecorationViolationOrder,
} from '../graphql/generated.ts';
import {
  decorationEntity,
  decorationInspectionEntity,
  decorationTermsEntity,
  decorationViolationEntity,
} from './decoration-entities.ts';

const newestFirst: Order = { property: 'createdAt', direction: 'DESC' };
const oldestFirst: Order = { property: 'createdAt', direction: 'ASC' };

export const decorationOrders: Record<DecorationOrder, Order> = {
  CREATED_AT_DESC: newestFirst,
  CREATED_AT_ASC: oldestFirst,
};
export const inspectionOrders: Record<DecorationInspectionOrder, Order> = { CREATED_AT_DESC: newestFirst };
export const violationOrders: Record<DecorationViolationOrder, Order> = {
  CREATED_AT_DESC: newestFirst,
  REMEDY_DUE_AT_ASC: { property: 'remedyDueAt', direction: 'ASC' },
};
export const termsOrders: Record<DecorationTermsOrder, Order> = {
  EDITION_DESC: { property: 'edition', direction: 'DESC' },
};

type Communities = string[] | null;

export const decorationsQuery = (
  tx: Tx,
  { status, kind, householdId, unitId, contractorId, number }: DecorationFilter,
  communityId: Communities,
): SelectQueryBuilder<Decoration> =>
  whereEach(tx.createQueryBuilder(decorationEntity, 'd'), {
    communityId,
    status,
    kind,
    householdId,
    unitId,
    contractorId,
    number,
  });

export function inspectionsQuery(
  tx: Tx,
  { status, decorationId, inspectedOn, isFailed }: DecorationInspectionFilter,
  communityId: Communities,
): SelectQueryBuilder<DecorationInspection> {
  const query = whereEach(tx.createQueryBuilder(decorationInspectionEntity, 'i'), {
    communityId,
    status,
    decorationId,
    inspectedOn,
  });
  return isFailed == null ? query : query.andWhere(`cardinality(i.failed_codes) ${isFailed ? '>' : '='} 0`);
}

export const violationsQuery = (
  tx: Tx,
  { status, decorationId, kind }: DecorationViolationFilter,
  communityId: Communities,
): SelectQueryBuilder<DecorationViolation> =>
  whereEach(tx.createQueryBuilder(decorationViolationEntity, 'v'), { communityId, status, decorationId, kind });

export const termsQuery = (
  tx: Tx,
  _filter: DecorationTermsFilter,
  communityId: Communities,
): SelectQueryBuilder<DecorationTerms> => whereEach(tx.createQueryBuilder(decorationTermsEntity, 't'), { communityId });
