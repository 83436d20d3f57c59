import { availableActions, historyOf, loaded } from '@steward/service-kit';

import {
  approvePayrollSheet,
  draftPayrollSheet,
  recomputePayrollSheet,
  returnPayrollSheet,
  setStaffPay,
  submitPayrollSheet,
} from '../commands/draft-payroll-sheet.ts';
import { exportPayrollSheet } from '../commands/export-payroll-sheet.ts';
import { judgeDutyActions } from '../commands/judge-duty-actions.ts';
import { cancelConductRecord, recordStaffConduct, rewardStaff } from '../commands/record-staff-conduct.ts';
import {
  approveLeaveRequest,
  endorseLeaveRequest,
  rejectLeaveRequest,
  requestLeave,
  withdrawLeaveRequest,
} from '../commands/request-leave.ts';
import {
  approveOvertimeRequest,
  rejectOvertimeRequest,
  requestOvertime,
  withdrawOvertimeRequest,
} from '../commands/request-overtime.ts';
import type { HrContext } from '../db/loaders.ts';
import { conductQuery, leavesQuery, overtimeQuery, payrollSheetsQuery } from '../db/pay-list-queries.ts';
import { payrollLinesOf } from '../db/payroll-queries.ts';
import type { PayrollLineRow, PayrollSheet as Sheet } from '../domain/pay.ts';
import { answering, dutyList, staffOf } from './duty-lists.ts';
import type {
  ConductRecordResolvers,
  LeaveRequestResolvers,
  MutationResolvers,
  OvertimeRequestResolvers,
  PayrollLineResolvers,
  PayrollSheetResolvers,
  PayrollSlipResolvers,
  QueryResolvers,
} from './generated.ts';
import type { PayrollSlip as Slip } from './mappers.ts';
import { explainPay } from './explain-pay.ts';

type Queries = Pick<
  QueryResolvers<HrContext>,
  | 'leaveRequest'
  | 'leaveRequests'
  | 'overtimeRequest'
  | 'overtimeRequests'
  | 'conductRecord'
  | 'conductRecords'
  | 'payrollSheet'
  | 'payrollSheets'
  | 'payrollSlip'
  | 'payrollExport'
>;

const slipOf = ({ communityId, currency, status }: Sheet, staffId: string, lines: PayrollLineRow[]): Slip => ({
  communityId,
  currency,
  staffId,
  isFinal: status === 'APPROVED',
  lines,
});

/** The slips of a sheet; lines come by staff member. */
async function slipsOf(ctx: HrContext, sheet: Sheet, staffId: string | null = null): Promise<Slip[]> {
  const slips = new Map<string, Slip>();
  for (const line of await ctx.read((tx) => payrollLinesOf(tx, sheet.id, staffId))) {
    const slip = slips.get(line.staffId) ?? slipOf(sheet, line.staffId, []);
    slip.lines.push(line);
    slips.set(line.staffId, slip);
  }
  return [...slips.values()];
}

export const payQueries: Queries = {
  leaveRequest: (_parent, { id }, ctx) => ctx.loaders.leaveRequest.load(id),
  leaveRequests: (_parent, args, ctx) => dutyList(ctx, args, leavesQuery),
  overtimeRequest: (_parent, { id }, ctx) => ctx.loaders.overtimeRequest.load(id),
  overtimeRequests: (_parent, args, ctx) => dutyList(ctx, args, overtimeQuery),
  conductRecord: (_parent, { id }, ctx) => ctx.loaders.conductRecord.load(id),
  conductRecords: (_parent, args, ctx) => dutyList(ctx, args, conductQuery),
  payrollSheet: (_parent, { id }, ctx) => ctx.loaders.payrollSheet.load(id),
  payrollSheets: (_parent, args, ctx) => dutyList(ctx, args, payrollSheetsQuery),
  payrollSlip: async (_parent, { sheetId, staffId }, ctx) => {
    const sheet = await ctx.loaders.payrollSheet.load(sheetId);
    if (sheet === null) return null;
    const [slip] = await slipsOf(ctx, sheet, staffId);
    return slip ?? null;
  },
  payrollExport: async (_parent, { sheetId, format }, ctx) => {
    const sheet = await ctx.loaders.payrollSheet.load(sheetId);
    const { communityIds } = ctx.viewer;
    if (sheet === null || (communityIds !== 'all' && !communityIds.includes(sheet.communityId))) return null;
    const words = {
      label: (key: string) => ctx.label(key),
      explanation: (row: PayrollLineRow) => explainPay(ctx, row),
    };
    return ctx.read((tx) => exportPayrollSheet(tx, sheet, format, words));
  },
};

const leaveRequest = answering('leaveRequest', (ctx) => ctx.loaders.leaveRequest);
const overtimeRequest = answering('overtimeRequest', (ctx) => ctx.loaders.overtimeRequest);
const conductRecord = answering('conductRecord', (ctx) => ctx.loaders.conductRecord);
const payrollSheet = answering('payrollSheet', (ctx) => ctx.loaders.payrollSheet);

export const payMutations: Pick<
  MutationResolvers<HrContext>,
  | 'requestLeave'
  | 'endorseLeaveRequest'
  | 'approveLeaveRequest'
  | 'rejectLeaveRequest'
  | 'withdrawLeaveRequest'
  | 'requestOvertime'
  | 'approveOvertimeRequest'
  | 'rejectOvertimeRequest'
  | 'withdrawOvertimeRequest'
  | 'recordStaffConduct'
  | 'rewardStaff'
  | 'cancelConductRecord'
  | 'setStaffPay'
  | 'draftPayrollSheet'
  | 'recomputePayrollSheet'
  | 'submitPayrollSheet'
  | 'returnPayrollSheet'
  | 'approvePayrollSheet'
> = {
  requestLeave: leaveRequest(requestLeave),
  endorseLeaveRequest: leaveRequest(endorseLeaveRequest),
  approveLeaveRequest: leaveRequest(approveLeaveRequest),
  rejectLeaveRequest: leaveRequest(rejectLeaveRequest),
  withdrawLeaveRequest: leaveRequest(withdrawLeaveRequest),
  requestOvertime: overtimeRequest(requestOvertime),
  approveOvertimeRequest: overtimeRequest(approveOvertimeRequest),
  rejectOvertimeRequest: overtimeRequest(rejectOvertimeRequest),
  withdrawOvertimeRequest: overtimeRequest(withdrawOvertimeRequest),
  recordStaffConduct: conductRecord(recordStaffConduct),
  rewardStaff: conductRecord(rewardStaff),
  cancelConductRecord: conductRecord(cancelConductRecord),
  setStaffPay: answering('staffMember', (ctx) => ctx.loaders.staff)(setStaffPay),
  draftPayrollSheet: payrollSheet(draftPayrollSheet),
  recomputePayrollSheet: payrollSheet(recomputePayrollSheet),
  submitPayrollSheet: payrollSheet(submitPayrollSheet),
  returnPayrollSheet: payrollSheet(returnPayrollSheet),
  approvePayrollSheet: payrollSheet(approvePayrollSheet),
};

type OfStaff = { communityId: string; staffId: string };
const subjectOf = ({ communityId, staffId }: OfStaff) => ({ communityId, staffIds: [staffId] });

const LeaveRequest: LeaveRequestResolvers<HrContext> = {
  __resolveReference: ({ id }, ctx) => ctx.loaders.leaveRequest.load(id),
  community: ({ communityId }) => ({ id: communityId }),
  staff: ({ staffId }, _args, ctx) => staffOf(ctx, staffId),
  kind: ({ kindCode: code }) => ({ code, labelKey: `leaveKind.${code}` }),
  reason: ({ reasonSealed }, _args, ctx) => ctx.open(reasonSealed),
  availableActions: (row, _args, ctx) =>
    availableActions(
      ctx,
      subjectOf(row),
      judgeDutyActions(row, [
        'endorseLeaveRequest',
        'approveLeaveRequest',
        'rejectLeaveRequest',
        'withdrawLeaveRequest',
      ]),
    ),
  history: ({ id }, args, ctx) => historyOf(ctx, id, args),
};

const OvertimeRequest: OvertimeRequestResolvers<HrContext> = {
  __resolveReference: ({ id }, ctx) => ctx.loaders.overtimeRequest.load(id),
  community: ({ communityId }) => ({ id: communityId }),
  staff: ({ staffId }, _args, ctx) => staffOf(ctx, staffId),
  from: ({ overtimeFrom }) => overtimeFrom,
  to: ({ overtimeTo }) => overtimeTo,
  reason: ({ reasonSealed }, _args, ctx) => ctx.open(reasonSealed),
  availableActions: (row, _args, ctx) =>
    availableActions(
      ctx,
      subjectOf(row),
      judgeDutyActions(row, ['approveOvertimeRequest', 'rejectOvertimeRequest', 'withdrawOvertimeRequest']),
    ),
  history: ({ id }, args, ctx) => historyOf(ctx, id, args),
};

const ConductRecord: ConductRecordResolvers<HrContext> = {
  __resolveReference: ({ id }, ctx) => ctx.loaders.conductRecord.load(id),
  community: ({ communityId }) => ({ id: communityId }),
  staff: ({ staffId }, _args, ctx) => staffOf(ctx, staffId),
  kind: ({ kindCode: code }) => ({ code, labelKey: `conduct.${code}` }),
  reward: ({ rewardAmount: amount, currency }) => (amount === null ? null : { amount, currency }),
  note: ({ noteSealed }, _args, ctx) => (noteSealed === null ? null : ctx.open(noteSealed)),
  availableActions: (row, _args, ctx) =>
    availableActions(ctx, subjectOf(row), judgeDutyActions(row, ['cancelConductRecord'])),
  history: ({ id }, args, ctx) => historyOf(ctx, id, args),
};

const PayrollSheet: PayrollSheetResolvers<HrContext> = {
  __resolveReference: ({ id }, ctx) => ctx.loaders.payrollSheet.load(id),
  community: ({ communityId }) => ({ id: communityId }),
  total: ({ totalAmount: amount, currency }) => ({ amount, currency }),
  slips: (sheet, _args, ctx) => slipsOf(ctx, sheet),
  availableActions: (row, _args, ctx) =>
    availableActions(
      ctx,
      row,
      judgeDutyActions(row, [
        'recomputePayrollSheet',
        'submitPayrollSheet',
        'returnPayrollSheet',
        'approvePayrollSheet',
      ]),
    ),
  history: ({ id }, args, ctx) => historyOf(ctx, id, args),
};

const PayrollSlip: PayrollSlipResolvers<HrContext> = {
  staff: ({ staffId }, _args, ctx) => loaded(ctx.loaders.staff.load(staffId)),
  lines: ({ lines, currency }) => lines.map((line) => ({ ...line, currency })),
  total: ({ lines, currency }) => ({ amount: lines.reduce((sum, { amount }) => sum + amount, 0), currency }),
};

const PayrollLine: PayrollLineResolvers<HrContext> = {
  amount: ({ amount, currency }) => ({ amount, currency }),
  explanation: (line, _args, ctx) => explainPay(ctx, line),
};

export const payTypes = { LeaveRequest, OvertimeRequest, ConductRecord, PayrollSheet, PayrollSlip, PayrollLine };
