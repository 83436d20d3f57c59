import { assignStaffPost } from '../commands/assign-staff-post.ts';
import { changeStaffTrades } from '../commands/change-staff-trades.ts';
import { endStaffDuty } from '../commands/end-staff-duty.ts';
import { endStaffPost } from '../commands/end-staff-post.ts';
import { recordStaffLeaving } from '../commands/record-staff-leaving.ts';
import { registerDepartment } from '../commands/register-department.ts';
import { registerStaff } from '../commands/register-staff.ts';
import { registerTeam } from '../commands/register-team.ts';
import { setHrPolicy } from '../commands/set-hr-policy.ts';
import { startStaffDuty } from '../commands/start-staff-duty.ts';
import { updateStaff } from '../commands/update-staff.ts';
import type { HrContext } from '../db/loaders.ts';
import type { MutationResolvers } from './generated.ts';

export const Mutation: MutationResolvers<HrContext> = {
  registerDepartment: async (_parent, { input }, ctx) => ({ department: await ctx.command(registerDepartment, input) }),
  registerTeam: async (_parent, { input }, ctx) => ({ team: await ctx.command(registerTeam, input) }),
  registerStaff: (_parent, { input }, ctx) => ctx.command(registerStaff, input),
  updateStaff: async (_parent, { input }, ctx) => ({ staffMember: await ctx.command(updateStaff, input) }),
  assignStaffPost: async (_parent, { input }, ctx) => ({ staffMember: await ctx.command(assignStaffPost, input) }),
  endStaffPost: async (_parent, { input }, ctx) => ({ staffMember: await ctx.command(endStaffPost, input) }),
  changeStaffTrades: async (_parent, { input }, ctx) => ({ staffMember: await ctx.command(changeStaffTrades, input) }),
  startStaffDuty: async (_parent, { input }, ctx) => ({ staffMember: await ctx.command(startStaffDuty, input) }),
  endStaffDuty: async (_parent, { input }, ctx) => ({ staffMember: await ctx.command(endStaffDuty, input) }),
  setHrPolicy: (_parent, { input }, ctx) => ctx.command(setHrPolicy, input),
  recordStaffLeaving: async (_parent, { input }, ctx) => ({ staffMember: await ctx.command(recordStaffLeaving, input) }),
};
