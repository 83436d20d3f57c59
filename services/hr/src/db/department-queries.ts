import type { Tx } from '@steward/db';
import type { Order } from '@steward/service-kit';
import type { SelectQueryBuilder } from 'typeorm';

import type { Department, Team } from '../domain/department.ts';
import type { DepartmentFilter, DepartmentOrder, TeamFilter, TeamOrder } from '../graphql/generated.ts';
import { departmentEntity, teamEntity } from './entities.ts';

export const departmentOrders: Record<DepartmentOrder, Order> = { NUMBER: { property: 'number', direction: 'ASC' } };
export const teamOrders: Record<TeamOrder, Order> = { NUMBER: { property: 'number', direction: 'ASC' } };

export function departmentQuery(tx: Tx, filter: DepartmentFilter): SelectQueryBuilder<Department> {
  const query = tx.createQueryBuilder(departmentEntity, 'd');
  if (filter.code != null) query.andWhere('d.number = any(:codes)', { codes: filter.code });
  return query;
}

/** Teams of the communities; null: of all. */
export function teamQuery(tx: Tx, filter: TeamFilter, communities: string[] | null): SelectQueryBuilder<Team> {
  const query = tx.createQueryBuilder(teamEntity, 't');
  if (communities !== null) query.andWhere('t.community_id = any(:communities)', { communities });
  if (filter.departmentCode != null) {
    query.andWhere('exists (select 1 from department d where d.id = t.department_id and d.number = any(:codes))', {
      codes: filter.departmentCode,
    });
  }
  return query;
}
