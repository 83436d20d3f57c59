import { startOfLocalDay } from '@steward/core';
import { rows, type Tx } from '@steward/db';

import type {
  ComplaintCodeStatistics,
  ComplaintGradeStatistics,
  ComplaintStatistics,
} from '../domain/complaint-report.ts';

type Days = { communityId: string; startsOn: string; endsOn: string; zone: string };

const rate = (part: string, whole: string): string => `round((${part})::numeric / nullif(${whole}, 0), 4)::text`;
const within = (column: string): string => `${column} >= $2 and ${column} < $3`;
const count = (condition: string): string => `count(*) filter (where ${condition})`;

const received = within('received_at');
const resolved = within('resolved_at');
// A complaint that ran over once stays late, whatever regrading or reopening made of its due time afterwards.
const neverLate = `not exists (
  select 1 from deadline d where d.aggregate_id = complaint.id and d.kind = 'SOLUTION' and d.breached_at is not null)`;
const inTime = `${resolved} and resolved_at <= due_at and ${neverLate}`;
const visited = `${within('return_visited_at')} and return_visit_outcome is not null`;
const satisfied = `${visited} and return_visit_outcome = 'SATISFIED'`;

const ofGrade = `
  ${count(received)} as "receivedCount", ${count(resolved)} as "resolvedCount",
  ${count(inTime)} as "resolvedInTimeCount", ${rate(count(inTime), count(resolved))} as "timelinessRate"`;

const ofPeriod = `${ofGrade},
  ${count(within('withdrawn_at'))} as "withdrawnCount",
  ${count(`${received} and reopen_count > 0`)} as "reopenedCount",
  ${count(`${received} and is_valid = false`)} as "unfoundedCount",
  ${count(visited)} as "visitedCount", ${count(satisfied)} as "satisfiedCount",
  ${rate(count(satisfied), count(visited))} as "satisfactionRate",
  round(avg(rating) filter (where ${visited}), 2)::text as "meanRating"`;

const breaches = `
  select count(*) as count from deadline
   where community_id = $1 and aggregate_type = 'complaint' and breached_at >= $2 and breached_at < $3`;

const codes = (expression: string, from = 'complaint'): string => `
  select ${expression} as code, count(*) as count from ${from}
   where community_id = $1 and ${received} and status <> 'WITHDRAWN'
   group by 1 order by count desc, code`;

/** Complaints of a range of days, `endsOn` exclusive, by the community's calendar (A038). */
export async function complaintStatistics(
  tx: Tx,
  { communityId, startsOn, endsOn, zone }: Days,
): Promise<ComplaintStatistics> {
  const params = [communityId, startOfLocalDay(startsOn, zone), startOfLocalDay(endsOn, zone)];
  type Figures = Omit<
    ComplaintStatistics,
    'startsOn' | 'endsOn' | 'breachCount' | 'grades' | 'categories' | 'channels' | 'departments'
  >;
  const [figures] = await rows<Figures>(tx, `select ${ofPeriod} from complaint where community_id = $1`, params);
  const [breached] = await rows<{ count: number }>(tx, breaches, params);
  if (figures === undefined || breached === undefined) throw new Error('an aggregate over a table has one row');
  const grades = await rows<ComplaintGradeStatistics>(
    tx,
    `select grade, ${ofGrade} from complaint where community_id = $1 and ((${received}) or (${resolved}))
      group by grade order by grade`,
    params,
  );
  const counted = (sql: string): Promise<ComplaintCodeStatistics[]> => rows<ComplaintCodeStatistics>(tx, sql, params);
  return {
    startsOn,
    endsOn,
    ...figures,
    breachCount: breached.count,
    grades,
    categories: await counted(codes('category_code')),
    channels: await counted(codes('channel_code')),
    departments: await counted(codes('department', 'complaint cross join unnest(department_codes) as department')),
  };
}
