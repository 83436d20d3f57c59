import { availableActions, historyOf, loaded } from '@steward/service-kit';

import { createStaffCheckUpload } from '../commands/create-staff-check-upload.ts';
import { judgeDutyActions } from '../commands/judge-duty-actions.ts';
import { openStaffCheck } from '../commands/open-staff-check.ts';
import { passStaffChecks } from '../commands/pass-staff-checks.ts';
import {
  agreeStaffCheckRectification,
  recheckStaffCheck,
  recordStaffCheck,
  skipStaffCheck,
} from '../commands/record-staff-check.ts';
import { registerStaffCheckForm, retireStaffCheckForm } from '../commands/register-staff-check-form.ts';
import { checkFormsQuery, checkRoundsQuery, checksQuery } from '../db/conduct-list-queries.ts';
import type { HrContext } from '../db/loaders.ts';
import { answering, dutyList, staffOf } from './duty-lists.ts';
import type {
  MutationResolvers,
  QueryResolvers,
  StaffCheckFormResolvers,
  StaffCheckPassResultResolvers,
  StaffCheckPointResolvers,
  StaffCheckResolvers,
  StaffCheckRoundResolvers,
} from './generated.ts';

type Queries = Pick<
  QueryResolvers<HrContext>,
  'staffCheckForm' | 'staffCheckForms' | 'staffCheckRound' | 'staffCheckRounds' | 'staffCheck' | 'staffChecks'
>;

export const staffCheckQueries: Queries = {
  staffCheckForm: (_parent, { id }, ctx) => ctx.loaders.staffCheckForm.load(id),
  staffCheckForms: (_parent, args, ctx) => dutyList(ctx, args, checkFormsQuery),
  staffCheckRound: (_parent, { id }, ctx) => ctx.loaders.staffCheckRound.load(id),
  staffCheckRounds: (_parent, args, ctx) => dutyList(ctx, args, checkRoundsQuery),
  staffCheck: (_parent, { id }, ctx) => ctx.loaders.staffCheck.load(id),
  staffChecks: (_parent, args, ctx) => dutyList(ctx, args, checksQuery),
};

const staffCheckForm = answering('staffCheckForm', (ctx) => ctx.loaders.staffCheckForm);
const staffCheck = answering('staffCheck', (ctx) => ctx.loaders.staffCheck);

export const staffCheckMutations: Pick<
  MutationResolvers<HrContext>,
  | 'registerStaffCheckForm'
  | 'retireStaffCheckForm'
  | 'openStaffCheck'
  | 'createStaffCheckUpload'
  | 'recordStaffCheck'
  | 'passStaffChecks'
  | 'skipStaffCheck'
  | 'agreeStaffCheckRectification'
  | 'recheckStaffCheck'
> = {
  registerStaffCheckForm: staffCheckForm(registerStaffCheckForm),
  retireStaffCheckForm: staffCheckForm(retireStaffCheckForm),
  openStaffCheck: staffCheck(openStaffCheck),
  createStaffCheckUpload: async (_parent, { input }, ctx) => ({
    upload: await ctx.command(createStaffCheckUpload, input),
  }),
  recordStaffCheck: staffCheck(recordStaffCheck),
  passStaffChecks: (_parent, { input }, ctx) => ctx.command(passStaffChecks, input),
  skipStaffCheck: staffCheck(skipStaffCheck),
  agreeStaffCheckRectification: staffCheck(agreeStaffCheckRectification),
  recheckStaffCheck: staffCheck(recheckStaffCheck),
};

const StaffCheckForm: StaffCheckFormResolvers<HrContext> = {
  __resolveReference: ({ id }, ctx) => ctx.loaders.staffCheckForm.load(id),
  community: ({ communityId }) => ({ id: communityId }),
  availableActions: (row, _args, ctx) => availableActions(ctx, row, judgeDutyActions(row, ['retireStaffCheckForm'])),
  history: ({ id }, args, ctx) => historyOf(ctx, id, args),
};

const StaffCheckRound: StaffCheckRoundResolvers<HrContext> = {
  __resolveReference: ({ id }, ctx) => ctx.loaders.staffCheckRound.load(id),
  community: ({ communityId }) => ({ id: communityId }),
  doneCount: ({ id }, _args, ctx) => loaded(ctx.loaders.doneOfRound.load(id)),
  deadlines: ({ id }, _args, ctx) => ctx.loaders.deadlines.load(id),
  availableActions: () => [],
  history: ({ id }, args, ctx) => historyOf(ctx, id, args),
};

const StaffCheck: StaffCheckResolvers<HrContext> = {
  __resolveReference: ({ id }, ctx) => ctx.loaders.staffCheck.load(id),
  community: ({ communityId }) => ({ id: communityId }),
  staff: ({ staffId }, _args, ctx) => staffOf(ctx, staffId),
  room: ({ roomId }, _args, ctx) => (roomId === null ? null : ctx.loaders.dormitoryRoom.load(roomId)),
  round: ({ roundId }, _args, ctx) => (roundId === null ? null : ctx.loaders.staffCheckRound.load(roundId)),
  isRegular: ({ roundId }) => roundId !== null,
  points: async ({ id, communityId }, _args, ctx) =>
    (await ctx.loaders.checklist.load(id)).map((row) => ({ ...row, communityId })),
  findings: ({ findingsSealed: sealed }, _args, ctx) => (sealed === null ? null : ctx.open(sealed)),
  // A picture that is gone leaves no gap.
  photos: async ({ photoFileIds }, _args, ctx) =>
    (await Promise.all(photoFileIds.map((id) => ctx.loaders.file.load(id)))).filter((file) => file !== null),
  agreedWith: ({ agreedWithId }, _args, ctx) => staffOf(ctx, agreedWithId),
  measure: ({ measureSealed: sealed }, _args, ctx) => (sealed === null ? null : ctx.open(sealed)),
  deadlines: ({ id }, _args, ctx) => ctx.loaders.deadlines.load(id),
  availableActions: (row, _args, ctx) =>
    availableActions(
      ctx,
      { communityId: row.communityId, staffIds: row.staffId === null ? [] : [row.staffId] },
      judgeDutyActions(row, [
        'recordStaffCheck',
        'skipStaffCheck',
        'agreeStaffCheckRectification',
        'recheckStaffCheck',
      ]),
    ),
  history: ({ id }, args, ctx) => historyOf(ctx, id, args),
};

const StaffCheckPoint: StaffCheckPointResolvers<HrContext> = {
  isPassed: ({ result }) => (result === null ? null : result === 'PASS'),
  label: async ({ code, communityId, checklist }, _args, ctx) => {
    const forms = await ctx.loaders.formNames.load(communityId);
    const typed = forms.flatMap(({ entries }) => entries).findLast((entry) => entry.code === code);
    return typed?.name ?? ctx.label(`staffCheck.${checklist}.${code}`);
  },
};

const StaffCheckPassResult: StaffCheckPassResultResolvers<HrContext> = {
  staffCheck: ({ id, refusal }, _args, ctx) => (refusal === null ? ctx.loaders.staffCheck.load(id) : null),
};

export const staffCheckTypes = { StaffCheckForm, StaffCheckRound, StaffCheck, StaffCheckPoint, StaffCheckPassResult };
