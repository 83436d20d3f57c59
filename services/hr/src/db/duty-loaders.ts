import { byId, checklistColumns, listBy, loader, type ChecklistRow, type Context } from '@steward/service-kit';

import type { ShiftHandoverItem, ShiftHandoverNote, ShiftHandoverTool } from '../domain/duty-attendance.ts';
import {
  attendanceRecordEntity,
  dailyDutyReviewEntity,
  shiftHandoverEntity,
  shiftSubstitutionEntity,
  shiftSwapEntity,
} from './attendance-entities.ts';
import { notesOfHandovers, openItemsOf, toolsOfHandovers } from './attendance-queries.ts';
import { conductRecordEntity, leaveRequestEntity, overtimeRequestEntity, payrollSheetEntity } from './pay-entities.ts';
import {
  certificateEntity,
  dutyGapEntity,
  dutyRosterEntity,
  dutyShiftEntity,
  inductionRecordEntity,
  shiftPatternEntity,
} from './roster-entities.ts';

const checklists = `
  select ${checklistColumns} from checklist_item where aggregate_id = any($1::uuid[]) order by rule, code`;

/** Loaders of rosters, attendance and pay. */
export const dutyLoaders = (ctx: Context) => ({
  certificate: byId(ctx, certificateEntity),
  inductionRecord: byId(ctx, inductionRecordEntity),
  shiftPattern: byId(ctx, shiftPatternEntity),
  dutyRoster: byId(ctx, dutyRosterEntity),
  dutyShift: byId(ctx, dutyShiftEntity),
  dutyGap: byId(ctx, dutyGapEntity),
  attendanceRecord: byId(ctx, attendanceRecordEntity),
  shiftHandover: byId(ctx, shiftHandoverEntity),
  shiftSubstitution: byId(ctx, shiftSubstitutionEntity),
  shiftSwap: byId(ctx, shiftSwapEntity),
  dailyDutyReview: byId(ctx, dailyDutyReviewEntity),
  leaveRequest: byId(ctx, leaveRequestEntity),
  overtimeRequest: byId(ctx, overtimeRequestEntity),
  conductRecord: byId(ctx, conductRecordEntity),
  payrollSheet: byId(ctx, payrollSheetEntity),
  handoverNotes: listBy<ShiftHandoverNote>(ctx, notesOfHandovers, ({ handoverId }) => handoverId),
  handoverTools: listBy<ShiftHandoverTool>(ctx, toolsOfHandovers, ({ handoverId }) => handoverId),
  openItems: loader<string, ShiftHandoverItem[]>(ctx, async (tx, ids) => {
    const found = await openItemsOf(tx, ids);
    return ids.map((id) => found.filter(({ communityId }) => communityId === id));
  }),
  checklist: listBy<ChecklistRow>(ctx, checklists, ({ aggregateId }) => aggregateId),
});
