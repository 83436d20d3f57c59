import { listPolicies } from '../commands/list-policies.ts';
import type { HrContext } from '../db/loaders.ts';
import type { SetHrPolicyPayloadResolvers, StaffRegistrationResolvers } from './generated.ts';

export const SetHrPolicyPayload: SetHrPolicyPayloadResolvers<HrContext> = {
  figures: ({ communityId }, _args, ctx) => ctx.read((tx) => listPolicies(tx, communityId)),
};

export const StaffRegistration: StaffRegistrationResolvers<HrContext> = {
  staffMember: ({ id }, _args, ctx) => (id === null ? null : ctx.loaders.staff.load(id)),
};
