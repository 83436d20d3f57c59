import type { Tx } from '@steward/db';
import { listBy, type Context, type Order } from '@steward/service-kit';
import { In } from 'typeorm';

import type { CounterSignKind, CounterSignStep } from '../domain/counter-sign-route.ts';
import type { CounterSignRouteFilter, CounterSignRouteOrder } from '../graphql/generated.ts';
import { counterSignRouteEntity } from './counter-sign-route-entities.ts';
import { decorationEntity } from './decoration-entities.ts';
import { moveOutEntity } from './move-out-entities.ts';
import { rentalMandateEntity } from './rental-mandate-entities.ts';

export const counterSignRouteOrders: Record<CounterSignRouteOrder, Order> = {
  CREATED_AT_DESC: { property: 'createdAt', direction: 'DESC' },
};

export function counterSignRouteQuery(tx: Tx, filter: CounterSignRouteFilter) {
  const query = tx.createQueryBuilder(counterSignRouteEntity, 'r');
  if (filter.communityId != null) query.andWhere('r.community_id = :communityId', { communityId: filter.communityId });
  if (filter.kind != null) query.andWhere('r.kind = any(:kind)', { kind: filter.kind });
  if (filter.status != null) query.andWhere('r.status = any(:status)', { status: filter.status });
  if (filter.subjectId != null) query.andWhere('r.subject_id = :subjectId', { subjectId: filter.subjectId });
  if (filter.departmentCode != null)
    query.andWhere(`r.status = 'OPEN' and r.department_codes[r.position + 1] = :departmentCode`, {
      departmentCode: filter.departmentCode,
    });
  return query;
}

/** Whether what papers are about is there, and of the kind. */
export async function isSubjectKnown(
  tx: Tx,
  { kind, communityId, subjectId }: { kind: CounterSignKind; communityId: string; subjectId: string | null },
): Promise<boolean> {
  if (kind === 'OTHER' || subjectId === null) return kind === 'OTHER' && subjectId === null;
  const of = { id: subjectId, communityId };
  if (kind === 'MOVE_OUT') return tx.existsBy(moveOutEntity, of);
  return kind === 'MANDATE' ? tx.existsBy(rentalMandateEntity, of) : tx.existsBy(decorationEntity, { ...of, kind });
}

export const isOnRoute = (tx: Tx, subjectId: string): Promise<boolean> =>
  tx.existsBy(counterSignRouteEntity, { subjectId, status: In(['OPEN', 'RETURNED']) });

const steps = `
  select id, tenant_id as "tenantId", route_id as "routeId", round, department_code as "departmentCode", decision,
         decided_at as "decidedAt", decided_by_id as "decidedById", reason_sealed as "reasonSealed"
    from counter_sign_step where route_id = any($1::uuid[]) order by decided_at, id`;

export const counterSignLoaders = (ctx: Context) => ({
  stepsOfRoute: listBy<CounterSignStep>(ctx, steps, ({ routeId }) => routeId),
});
