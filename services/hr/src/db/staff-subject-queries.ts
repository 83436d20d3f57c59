import type { Subject, Viewer } from '@steward/auth';
import { rows, txScope, type Tx } from '@steward/db';
import { invocationOf, type ListSubject } from '@steward/service-kit';

import type { Staff } from '../domain/staff.ts';

type Member = Pick<Staff, 'id' | 'communityId'>;

/** A post of today, by the calendar of its own community. */
const postedToday = (staffId: string, now: string): string => `staff_post p
    join community_reference c on c.id = p.community_id
    cross join lateral (select (${now}::timestamptz at time zone c.time_zone)::date as day) today
   where p.staff_id ${staffId} and p.valid_from <= today.day and (p.valid_to is null or p.valid_to > today.day)`;

/** Places of posts held today, for the staff ids `$1` at `$2`. */
export const postingsOfStaff = `
  select p.staff_id as "staffId", p.community_id as "communityId" from ${postedToday('= any($1::uuid[])', '$2')}`;

/** A member of staff belongs to the community that employs them and to those where they hold a post today. */
export function staffSubject(staff: Member, postedIn: readonly string[], { communityIds }: Viewer): Subject {
  const all = [staff.communityId, ...postedIn];
  const shared = all.find((id) => communityIds === 'all' || communityIds.includes(id));
  return { communityId: shared ?? staff.communityId, staffIds: [staff.id] };
}

/** On what a command is judged that touches a member of staff. */
export async function loadStaffSubject(tx: Tx, staff: Member): Promise<Subject> {
  const found = await rows<{ communityId: string }>(tx, postingsOfStaff, [[staff.id], txScope(tx).now]);
  const postedIn = found.map(({ communityId }) => communityId);
  return staffSubject(staff, postedIn, invocationOf(tx).viewer);
}

/** The same for lists. */
export const staffListSubject: ListSubject = {
  communities: ({ row, now }, among) =>
    `(${among(`${row}.community_id`)} or exists (select 1 from ${postedToday(`= ${row}.id`, now)} and ${among('p.community_id')}))`,
  staff: ({ row }, id) => `${row}.id = ${id}`,
};
