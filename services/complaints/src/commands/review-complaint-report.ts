import { txScope, type Tx } from '@steward/db';
import { complaintReportReviewed } from '@steward/events';
import { lockAuthorized, meetDeadline, publish, saveAggregate, seal } from '@steward/service-kit';

import { complaintReportAggregate } from '../db/aggregates.ts';
import { reviewReport } from '../domain/report-rules.ts';
import type { ReviewComplaintReportInput } from '../graphql/generated.ts';

export async function reviewComplaintReport(tx: Tx, input: ReviewComplaintReportInput): Promise<{ id: string }> {
  const report = await lockAuthorized(tx, complaintReportAggregate, input);
  const reviewed = reviewReport(report, input.conclusion, txScope(tx).now);
  const after = { ...reviewed, conclusionSealed: seal(tx, input.conclusion.trim()) };
  const note = { action: 'reviewComplaintReport', rule: 'A038' };
  const saved = await saveAggregate(tx, complaintReportAggregate, report, after, note);
  publish(tx, saved, complaintReportReviewed, { reportId: saved.id });
  await meetDeadline(tx, saved, 'REPORT_REVIEW');
  return { id: saved.id };
}
