import type { Tx } from '@steward/db';
import type { SelectQueryBuilder } from 'typeorm';

import type { WorkOrder } from '../domain/work-order.ts';
import type { WorkOrderFilter } from '../graphql/generated.ts';
import { workOrderEntity } from './work-order-entities.ts';

/** What the viewer may see: communities (null: all of the tenant), and for residents only their own households. */
export type Visible = { communities: string[] | null; households: string[] | null; personId: string | null };

/** The filter of the graph; a phone has become its blind index, which finds nothing for who may not see contacts. */
export type ListFilter = Omit<WorkOrderFilter, 'communityId'> & { phoneIndex?: string | null };

type Condition = [sql: string, params: Record<string, unknown>];

const anyOf = (column: string, values: readonly string[]): Condition =>
  // Equality lets one index range be read in the list's own order.
  values.length === 1
    ? [`w.${column} = :${column}`, { [column]: values[0] }]
    : [`w.${column} = any(:${column})`, { [column]: values }];

const lists = [
  ['status', 'status'],
  ['channelCode', 'channel_code'],
  ['tradeCode', 'trade_code'],
  ['problemCode', 'problem_code'],
  ['responsibleParty', 'responsible_party'],
  ['chargeState', 'charge_state'],
  ['returnVisitKind', 'return_visit_kind'],
] as const satisfies readonly (readonly [keyof ListFilter, string])[];

const equals = [
  ['unitId', 'unit_id = :unitId'],
  ['buildingId', 'building_id = :buildingId'],
  ['householdId', 'household_id = :householdId'],
  ['requesterId', 'requester_id = :requesterId'],
  ['assigneeId', 'assignee_id = :assigneeId'],
  ['priority', 'priority = :priority'],
  ['isPaid', 'is_paid = :isPaid'],
  ['sourceSystem', 'source_system = :sourceSystem'],
  ['receivedFrom', 'received_at >= :receivedFrom'],
  ['receivedTo', 'received_at < :receivedTo'],
  ['completedFrom', 'completed_at >= :completedFrom'],
  ['completedTo', 'completed_at < :completedTo'],
  ['dueBefore', 'due_at < :dueBefore'],
] as const satisfies readonly (readonly [keyof ListFilter, string])[];

const likePattern = (start: string): string => `${start.replace(/[\\%_]/g, '\\$&')}%`;

function textCondition({ text, phoneIndex }: ListFilter): Condition[] {
  if (text == null || text.trim() === '') return [];
  const params = { pattern: likePattern(text.trim()), key: text.trim(), phoneIndex: phoneIndex ?? null };
  return [['(w.number like :pattern or w.source_key = :key or w.contact_phone_index = :phoneIndex)', params]];
}

function flagConditions({ isUnassigned, isReworked }: ListFilter): Condition[] {
  const conditions: Condition[] = [];
  if (isUnassigned != null) conditions.push([`w.assignee_id is ${isUnassigned ? '' : 'not '}null`, {}]);
  if (isReworked != null) conditions.push([`w.rework_count ${isReworked ? '>' : '='} 0`, {}]);
  return conditions;
}

function visibility({ communities, households, personId }: Visible): Condition[] {
  const conditions = communities === null ? [] : [anyOf('community_id', communities)];
  if (households === null) return conditions;
  return [
    ...conditions,
    ['(w.household_id = any(:households) or w.requester_id = :personId)', { households, personId }],
  ];
}

/** Orders that are visible and match, under the alias `w`; the lists, the counts and the nested lists all start here. */
export function workOrderQuery(tx: Tx, filter: ListFilter, visible: Visible): SelectQueryBuilder<WorkOrder> {
  const query = tx.createQueryBuilder(workOrderEntity, 'w');
  const conditions = [...visibility(visible), ...flagConditions(filter), ...textCondition(filter)];
  for (const [field, column] of lists) {
    const values = filter[field];
    if (values != null) conditions.push(anyOf(column, values));
  }
  for (const [field, sql] of equals) {
    if (filter[field] != null) conditions.push([`w.${sql}`, { [field]: filter[field] }]);
  }
  for (const [sql, params] of conditions) query.andWhere(sql, params);
  return query;
}

/** How many match in each status. */
export const countByStatus = (
  tx: Tx,
  filter: ListFilter,
  visible: Visible,
): Promise<{ status: string; count: number }[]> =>
  workOrderQuery(tx, filter, visible)
    .select('w.status', 'status')
    .addSelect('count(*)', 'count')
    .groupBy('w.status')
    .getRawMany();
