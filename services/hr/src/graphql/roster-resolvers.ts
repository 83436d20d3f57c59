import { historyOf, availableActions, loaded } from '@steward/service-kit';

import { assignDutyShift, removeDutyShift } from '../commands/assign-duty-shift.ts';
import { draftDutyRoster } from '../commands/draft-duty-roster.ts';
import { judgeDutyActions } from '../commands/judge-duty-actions.ts';
import { planDutyRoster } from '../commands/plan-duty-roster.ts';
import { findCoverageGaps } from '../commands/prove-duty-roster.ts';
import {
  publishDutyRoster,
  returnDutyRoster,
  submitDutyRoster,
  withdrawDutyRoster,
} from '../commands/publish-duty-roster.ts';
import { recordStaffInduction } from '../commands/record-staff-induction.ts';
import { registerCertificate } from '../commands/register-certificate.ts';
import { registerShiftPattern, retireShiftPattern } from '../commands/register-shift-pattern.ts';
import { renewCertificate, revokeCertificate } from '../commands/renew-certificate.ts';
import { showTimetable } from '../commands/show-timetable.ts';
import { shiftOrders } from '../db/duty-list-queries.ts';
import {
  certificatesQuery,
  gapsQuery,
  inductionsQuery,
  patternsQuery,
  rostersQuery,
  shiftsQuery,
} from '../db/roster-list-queries.ts';
import type { HrContext } from '../db/loaders.ts';
import { answering, dutyList } from './duty-lists.ts';
import type {
  CertificateResolvers,
  DutyGapResolvers,
  DutyRosterResolvers,
  DutyShiftResolvers,
  InductionRecordResolvers,
  MutationResolvers,
  QueryResolvers,
  ShiftPatternResolvers,
  ShiftTimesResolvers,
} from './generated.ts';
import { graphRole } from './staff-role.ts';

type Queries = Pick<
  QueryResolvers<HrContext>,
  | 'certificate'
  | 'certificates'
  | 'inductionRecord'
  | 'inductionRecords'
  | 'shiftPattern'
  | 'shiftPatterns'
  | 'dutyRoster'
  | 'dutyRosters'
  | 'dutyShift'
  | 'dutyShifts'
  | 'dutyGap'
  | 'dutyGaps'
  | 'shiftTimetable'
>;

const isInScope = ({ viewer }: HrContext, communityId: string): boolean =>
  viewer.communityIds === 'all' || viewer.communityIds.includes(communityId);

export const rosterQueries: Queries = {
  certificate: (_parent, { id }, ctx) => ctx.loaders.certificate.load(id),
  certificates: (_parent, args, ctx) => dutyList(ctx, args, certificatesQuery),
  inductionRecord: (_parent, { id }, ctx) => ctx.loaders.inductionRecord.load(id),
  inductionRecords: (_parent, args, ctx) => dutyList(ctx, args, inductionsQuery),
  shiftPattern: (_parent, { id }, ctx) => ctx.loaders.shiftPattern.load(id),
  shiftPatterns: (_parent, args, ctx) => dutyList(ctx, args, patternsQuery),
  dutyRoster: (_parent, { id }, ctx) => ctx.loaders.dutyRoster.load(id),
  dutyRosters: (_parent, args, ctx) => dutyList(ctx, args, rostersQuery),
  dutyShift: (_parent, { id }, ctx) => ctx.loaders.dutyShift.load(id),
  dutyShifts: (_parent, args, ctx) => dutyList(ctx, args, shiftsQuery, shiftOrders),
  dutyGap: (_parent, { id }, ctx) => ctx.loaders.dutyGap.load(id),
  dutyGaps: (_parent, args, ctx) => dutyList(ctx, args, gapsQuery),
  shiftTimetable: (_parent, { communityId, on }, ctx) =>
    isInScope(ctx, communityId) ? ctx.read((tx) => showTimetable(tx, communityId, on)) : [],
};

const certificate = answering('certificate', (ctx) => ctx.loaders.certificate);
const shiftPattern = answering('shiftPattern', (ctx) => ctx.loaders.shiftPattern);
const dutyRoster = answering('dutyRoster', (ctx) => ctx.loaders.dutyRoster);

export const rosterMutations: Pick<
  MutationResolvers<HrContext>,
  | 'registerCertificate'
  | 'renewCertificate'
  | 'revokeCertificate'
  | 'recordStaffInduction'
  | 'registerShiftPattern'
  | 'retireShiftPattern'
  | 'draftDutyRoster'
  | 'planDutyRoster'
  | 'assignDutyShift'
  | 'removeDutyShift'
  | 'submitDutyRoster'
  | 'returnDutyRoster'
  | 'publishDutyRoster'
  | 'withdrawDutyRoster'
> = {
  registerCertificate: certificate(registerCertificate),
  renewCertificate: certificate(renewCertificate),
  revokeCertificate: certificate(revokeCertificate),
  recordStaffInduction: answering('inductionRecord', (ctx) => ctx.loaders.inductionRecord)(recordStaffInduction),
  registerShiftPattern: shiftPattern(registerShiftPattern),
  retireShiftPattern: shiftPattern(retireShiftPattern),
  draftDutyRoster: dutyRoster(draftDutyRoster),
  planDutyRoster: async (_parent, { input }, ctx) => {
    const { id, unfilled } = await ctx.command(planDutyRoster, input);
    return { dutyRoster: await loaded(ctx.loaders.dutyRoster.load(id)), unfilled };
  },
  assignDutyShift: dutyRoster(assignDutyShift),
  removeDutyShift: dutyRoster(removeDutyShift),
  submitDutyRoster: dutyRoster(submitDutyRoster),
  returnDutyRoster: dutyRoster(returnDutyRoster),
  publishDutyRoster: dutyRoster(publishDutyRoster),
  withdrawDutyRoster: dutyRoster(withdrawDutyRoster),
};

const Certificate: CertificateResolvers<HrContext> = {
  __resolveReference: ({ id }, ctx) => ctx.loaders.certificate.load(id),
  community: ({ communityId }) => ({ id: communityId }),
  staff: ({ staffId }, _args, ctx) => (staffId === null ? null : ctx.loaders.staff.load(staffId)),
  kind: ({ kindCode: code }) => ({ code, labelKey: `certificateKind.${code}` }),
  certificateNo: ({ certificateNoSealed }, _args, ctx) => ctx.open(certificateNoSealed),
  deadlines: ({ id }, _args, ctx) => ctx.loaders.deadlines.load(id),
  availableActions: (row, _args, ctx) =>
    availableActions(
      ctx,
      { communityId: row.communityId, staffIds: row.staffId === null ? [] : [row.staffId] },
      judgeDutyActions(row, ['renewCertificate', 'revokeCertificate']),
    ),
  history: ({ id }, args, ctx) => historyOf(ctx, id, args),
};

const InductionRecord: InductionRecordResolvers<HrContext> = {
  __resolveReference: ({ id }, ctx) => ctx.loaders.inductionRecord.load(id),
  community: ({ communityId }) => ({ id: communityId }),
  staff: ({ staffId }, _args, ctx) => ctx.loaders.staff.load(staffId),
  availableActions: () => [],
  history: ({ id }, args, ctx) => historyOf(ctx, id, args),
};

const ShiftPattern: ShiftPatternResolvers<HrContext> = {
  __resolveReference: ({ id }, ctx) => ctx.loaders.shiftPattern.load(id),
  community: ({ communityId }) => ({ id: communityId }),
  roles: ({ roles }) => roles.map(graphRole),
  trades: ({ tradeCodes }) => tradeCodes.map((code) => ({ code, labelKey: `trade.${code}` })),
  startTime: ({ startTime }) => `${startTime}:00`,
  endTime: ({ endTime }) => `${endTime}:00`,
  summerStartTime: ({ summerStartTime: time }) => (time === null ? null : `${time}:00`),
  summerEndTime: ({ summerEndTime: time }) => (time === null ? null : `${time}:00`),
  availableActions: (row, _args, ctx) => availableActions(ctx, row, judgeDutyActions(row, ['retireShiftPattern'])),
  history: ({ id }, args, ctx) => historyOf(ctx, id, args),
};

const DutyRoster: DutyRosterResolvers<HrContext> = {
  __resolveReference: ({ id }, ctx) => ctx.loaders.dutyRoster.load(id),
  community: ({ communityId }) => ({ id: communityId }),
  department: ({ departmentId }, _args, ctx) =>
    departmentId === null ? null : ctx.loaders.department.load(departmentId),
  coverageGaps: async (row, _args, ctx) =>
    (await ctx.read((tx) => findCoverageGaps(tx, row))).map(({ from, to, count }) => ({
      from: new Date(from),
      to: new Date(to),
      staffCount: count,
    })),
  availableActions: (row, _args, ctx) =>
    availableActions(
      ctx,
      row,
      judgeDutyActions(row, [
        'planDutyRoster',
        'assignDutyShift',
        'removeDutyShift',
        'submitDutyRoster',
        'returnDutyRoster',
        'publishDutyRoster',
        'withdrawDutyRoster',
      ]),
    ),
  history: ({ id }, args, ctx) => historyOf(ctx, id, args),
};

const DutyShift: DutyShiftResolvers<HrContext> = {
  __resolveReference: ({ id }, ctx) => ctx.loaders.dutyShift.load(id),
  community: ({ communityId }) => ({ id: communityId }),
  roster: ({ rosterId }, _args, ctx) => ctx.loaders.dutyRoster.load(rosterId),
  pattern: ({ patternCode: code }) => ({ code, labelKey: `shiftPattern.${code}` }),
  staff: ({ staffId }, _args, ctx) => ctx.loaders.staff.load(staffId),
  substitute: ({ substituteId }, _args, ctx) => (substituteId === null ? null : ctx.loaders.staff.load(substituteId)),
  availableActions: ({ communityId, staffId, status }, _args, ctx) =>
    availableActions(
      ctx,
      { communityId, staffIds: [staffId] },
      judgeDutyActions({ status }, ['clockInDutyShift', 'clockOutDutyShift', 'refillDutyShift']),
    ),
  history: ({ id }, args, ctx) => historyOf(ctx, id, args),
};

const DutyGap: DutyGapResolvers<HrContext> = {
  __resolveReference: ({ id }, ctx) => ctx.loaders.dutyGap.load(id),
  community: ({ communityId }) => ({ id: communityId }),
  from: ({ gapFrom }) => gapFrom,
  to: ({ gapTo }) => gapTo,
  availableActions: () => [],
  history: ({ id }, args, ctx) => historyOf(ctx, id, args),
};

const ShiftTimes: ShiftTimesResolvers<HrContext> = {
  pattern: ({ pattern: { code } }) => ({ code, labelKey: `shiftPattern.${code}` }),
  kind: ({ pattern: { kind } }) => kind,
};

export const rosterTypes = { Certificate, InductionRecord, ShiftPattern, DutyRoster, DutyShift, DutyGap, ShiftTimes };
