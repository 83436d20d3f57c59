import { availableActions, historyOf, loaded } from '@steward/service-kit';

import { judgeStaffActions } from '../commands/judge-staff-actions.ts';
import type { HrContext } from '../db/loaders.ts';
import { heldOn } from '../db/staff-queries.ts';
import { subjectOfStaff } from './access-policy.ts';
import { staffLists } from './below-resolvers.ts';
import { positionCode } from './position-labels.ts';
import type { StaffPostResolvers, StaffResolvers } from './generated.ts';

export const Staff: StaffResolvers<HrContext> = {
  __resolveReference: ({ id }, ctx) => ctx.loaders.staff.load(id),
  name: (staff, _args, ctx) => ctx.open(staff.nameSealed),
  phone: (staff, _args, ctx) => (staff.phoneSealed === null ? null : ctx.open(staff.phoneSealed)),
  community: ({ communityId }) => ({ id: communityId }),
  posts: async (staff, { on }, ctx) => heldOn(await ctx.loaders.postsOfStaff.load(staff.id), on),
  trades: ({ tradeCodes }) => tradeCodes.map((code) => ({ code, labelKey: `trade.${code}` })),
  duty: (staff, _args, ctx) => ctx.loaders.openDuty.load(staff.id),
  isOnDuty: async (staff, _args, ctx) => (await ctx.loaders.openDuty.load(staff.id))?.isRunning ?? false,
  availableActions: async (staff, _args, ctx) =>
    availableActions(ctx, await subjectOfStaff(staff, ctx), judgeStaffActions(staff)),
  history: (staff, args, ctx) => historyOf(ctx, staff.id, args),
  ...staffLists,
};

export const StaffPost: StaffPostResolvers<HrContext> = {
  community: ({ communityId }) => ({ id: communityId }),
  department: ({ departmentId }, _args, ctx) => loaded(ctx.loaders.department.load(departmentId)),
  team: ({ teamId }, _args, ctx) => (teamId === null ? null : ctx.loaders.team.load(teamId)),
  position: ({ positionCode: code }, _args, ctx) => positionCode(ctx, code),
};
