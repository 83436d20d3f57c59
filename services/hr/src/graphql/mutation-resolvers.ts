import { loaded } from '@steward/service-kit';
import type { Command } from '@steward/service-kit';

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

/** Runs a command on a staff member and answers the staff member as it then stands. */
async function changed<Input>(ctx: HrContext, command: Command<Input, { id: string }>, input: Input) {
  const { id } = await ctx.command(command, input);
  return { staffMember: await loaded(ctx.loaders.staff.load(id)) };
}

type Staffing = Pick<
  MutationResolvers<HrContext>,
  | 'registerDepartment'
  | 'registerTeam'
  | 'registerStaff'
  | 'updateStaff'
  | 'assignStaffPost'
  | 'endStaffPost'
  | 'changeStaffTrades'
  | 'startStaffDuty'
  | 'endStaffDuty'
  | 'recordStaffLeaving'
  | 'setHrPolicy'
>;

export const Mutation: Staffing = {
  registerDepartment: async (_parent, { input }, ctx) => {
    const { id } = await ctx.command(registerDepartment, input);
    return { department: await loaded(ctx.loaders.department.load(id)) };
  },
  registerTeam: async (_parent, { input }, ctx) => {
    const { id } = await ctx.command(registerTeam, input);
    return { team: await loaded(ctx.loaders.team.load(id)) };
  },
  registerStaff: (_parent, { input }, ctx) => ctx.command(registerStaff, input),
  updateStaff: (_parent, { input }, ctx) => changed(ctx, updateStaff, input),
  assignStaffPost: (_parent, { input }, ctx) => changed(ctx, assignStaffPost, input),
  endStaffPost: (_parent, { input }, ctx) => changed(ctx, endStaffPost, input),
  changeStaffTrades: (_parent, { input }, ctx) => changed(ctx, changeStaffTrades, input),
  startStaffDuty: (_parent, { input }, ctx) => changed(ctx, startStaffDuty, input),
  endStaffDuty: (_parent, { input }, ctx) => changed(ctx, endStaffDuty, input),
  recordStaffLeaving: (_parent, { input }, ctx) => changed(ctx, recordStaffLeaving, input),
  setHrPolicy: (_parent, { input }, ctx) => ctx.command(setHrPolicy, input),
};
