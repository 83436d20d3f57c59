import type { Tx } from '@steward/db';
import type { SelectQueryBuilder } from 'typeorm';

import type { Complaint } from '../domain/complaint.ts';
import type { ComplaintFilter } from '../graphql/generated.ts';
import { complaintEntity } from './complaint-entities.ts';

/** The filter of the graph; a phone has become its blind index, which finds nothing for who may not see contacts. */
export type ListFilter = Omit<ComplaintFilter, 'communityId'> & { phoneIndex?: string | null };

type Condition = [sql: string, params: Record<string, unknown>];

const anyOf = (column: string, values: readonly string[]): Condition =>
  // Equality lets one index range be read in the list's own order.
  values.length === 1
    ? [`c.${column} = :${column}`, { [column]: values[0] }]
    : [`c.${column} = any(:${column})`, { [column]: values }];

const lists = [
  ['status', 'status'],
  ['grade', 'grade'],
  ['nature', 'nature'],
  ['channelCode', 'channel_code'],
  ['categoryCode', 'category_code'],
  ['responsibility', 'responsibility'],
] as const satisfies readonly (readonly [keyof ListFilter, string])[];

const equals = [
  ['unitId', 'unit_id = :unitId'],
  ['buildingId', 'building_id = :buildingId'],
  ['householdId', 'household_id = :householdId'],
  ['complainantId', 'complainant_id = :complainantId'],
  ['handlerId', 'handler_id = :handlerId'],
  ['departmentCode', ':departmentCode = any(c.department_codes)'],
  ['isValid', 'is_valid = :isValid'],
  ['isHarmOngoing', '(c.is_harm_ongoing and c.harm_stopped_at is null) = :isHarmOngoing'],
  ['sourceSystem', 'source_system = :sourceSystem'],
  ['receivedFrom', 'received_at >= :receivedFrom'],
  ['receivedTo', 'received_at < :receivedTo'],
  ['dueBefore', 'due_at < :dueBefore'],
] as const satisfies readonly (readonly [keyof ListFilter, string])[];

/** A condition that names its columns itself stands as it is. */
const qualified = (sql: string): string => (/^[a-z]/.test(sql) ? `c.${sql}` : sql);

const likePattern = (start: string): string => `${start.replace(/[\\%_]/g, '\\$&')}%`;

function textCondition({ text, phoneIndex }: ListFilter): Condition[] {
  if (text == null || text.trim() === '') return [];
  const params = { pattern: likePattern(text.trim()), key: text.trim(), phoneIndex: phoneIndex ?? null };
  return [['(c.number like :pattern or c.source_key = :key or c.contact_phone_index = :phoneIndex)', params]];
}

const breached = `exists (select 1 from deadline d where d.aggregate_id = c.id and d.breached_at is not null)`;

function flagConditions({ isReopened, isBreached, isUnassigned }: ListFilter): Condition[] {
  const conditions: Condition[] = [];
  if (isReopened != null) conditions.push([`c.reopen_count ${isReopened ? '>' : '='} 0`, {}]);
  if (isBreached != null) conditions.push([isBreached ? breached : `not ${breached}`, {}]);
  if (isUnassigned != null) conditions.push([`c.handler_id is ${isUnassigned ? '' : 'not '}null`, {}]);
  return conditions;
}

/** Complaints that match, under the alias `c`, of the communities (null: of all that the viewer may see). */
export function complaintQuery(
  tx: Tx,
  filter: ListFilter,
  communities: readonly string[] | null,
): SelectQueryBuilder<Complaint> {
  const query = tx.createQueryBuilder(complaintEntity, 'c');
  const conditions = [...flagConditions(filter), ...textCondition(filter)];
  if (communities !== null) conditions.push(anyOf('community_id', communities));
  for (const [field, column] of lists) {
    const values = filter[field];
    if (values != null) conditions.push(anyOf(column, values));
  }
  for (const [field, sql] of equals) {
    if (filter[field] != null) conditions.push([qualified(sql), { [field]: filter[field] }]);
  }
  for (const [sql, params] of conditions) query.andWhere(sql, params);
  return query;
}

/** How many of the rows of a query stand in each status. */
export const countByStatus = (query: SelectQueryBuilder<Complaint>): Promise<{ status: string; count: number }[]> =>
  query.select('c.status', 'status').addSelect('count(*)', 'count').groupBy('c.status').getRawMany();
