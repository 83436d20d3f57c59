import { rows } from '@steward/db';
import { byId, deadlineLoader, listBy, loader, pagesByParent, type Context } from '@steward/service-kit';

import type { Team } from '../domain/department.ts';
import type { Staff, StaffPost } from '../domain/staff.ts';
import { departmentEntity, staffEntity, teamEntity } from './entities.ts';
import { conductLoaders } from './conduct-loaders.ts';
import { dutyLoaders } from './duty-loaders.ts';
import { positionLoaders } from './position-loaders.ts';
import { trainingLoaders } from './training-loaders.ts';
import { postingsOfStaff } from './staff-subject-queries.ts';

/** A duty that is running or coming at the time of the request. */
export type OpenDuty = { staffId: string; from: Date; to: Date | null; isRunning: boolean };

const postsOfStaff = `
  select id, tenant_id as "tenantId", staff_id as "staffId", community_id as "communityId", department_id as "departmentId",
         team_id as "teamId", position_code as "positionCode", role, valid_from as "validFrom", valid_to as "validTo"
    from staff_post where staff_id = any($1::uuid[]) order by valid_from, id`;

const openDuties = `
  select id as "staffId", duty_from as "from", duty_to as "to", duty_from <= $2 as "isRunning"
    from staff where id = any($1::uuid[]) and (duty_to is null or duty_to > $2) and duty_from is not null`;

/** One read per kind and request, however many objects ask. */
export const loaders = (ctx: Context) => ({
  ...dutyLoaders(ctx),
  ...positionLoaders(ctx),
  ...trainingLoaders(ctx),
  ...conductLoaders(ctx),
  deadlines: deadlineLoader(ctx),
  staff: byId(ctx, staffEntity),
  department: byId(ctx, departmentEntity),
  team: byId(ctx, teamEntity),
  staffBelow: pagesByParent<Staff>(ctx),
  teamsBelow: pagesByParent<Team>(ctx),
  postsOfStaff: listBy<StaffPost>(ctx, postsOfStaff, ({ staffId }) => staffId),
  postingsOfStaff: loader<string, string[]>(ctx, async (tx, ids) => {
    const found = await rows<{ staffId: string; communityId: string }>(tx, postingsOfStaff, [ids, ctx.now]);
    return ids.map((id) => found.filter(({ staffId }) => staffId === id).map(({ communityId }) => communityId));
  }),
  openDuty: loader<string, OpenDuty>(ctx, async (tx, ids) => {
    const found = new Map((await rows<OpenDuty>(tx, openDuties, [ids, ctx.now])).map((duty) => [duty.staffId, duty]));
    return ids.map((id) => found.get(id) ?? null);
  }),
});

export type HrContext = Context<ReturnType<typeof loaders>>;
