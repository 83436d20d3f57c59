import { listHrPolicies } from '../commands/list-hr-policies.ts';
import type { HrContext } from '../db/loaders.ts';
import type { Staff } from '../domain/staff.ts';
import { loaded } from './loaded.ts';

type OfStaff = { staffMember: { id: string } };

const ofStaff = {
  staffMember: (payload: OfStaff, _args: unknown, ctx: HrContext): Promise<Staff> =>
    loaded(ctx.loaders.staff.load(payload.staffMember.id)),
};

/** A command answers `{ id }`; what a client selects of the aggregate is loaded here, in one read for all rows. */
export const payloads = {
  UpdateStaffPayload: ofStaff,
  AssignStaffPostPayload: ofStaff,
  EndStaffPostPayload: ofStaff,
  ChangeStaffTradesPayload: ofStaff,
  StartStaffDutyPayload: ofStaff,
  EndStaffDutyPayload: ofStaff,
  RecordStaffLeavingPayload: ofStaff,
  RegisterDepartmentPayload: {
    department: (payload: { department: { id: string } }, _args: unknown, ctx: HrContext) =>
      loaded(ctx.loaders.department.load(payload.department.id)),
  },
  RegisterTeamPayload: {
    team: (payload: { team: { id: string } }, _args: unknown, ctx: HrContext) =>
      loaded(ctx.loaders.team.load(payload.team.id)),
  },
  SetHrPolicyPayload: {
    figures: ({ communityId }: { communityId: string }, _args: unknown, ctx: HrContext) =>
      ctx.read((tx) => listHrPolicies(tx, communityId)),
  },
  StaffRegistration: {
    staffMember: (answer: { id: string | null }, _args: unknown, ctx: HrContext) =>
      answer.id === null ? null : ctx.loaders.staff.load(answer.id),
  },
};
