import { txScope, type Tx } from '@steward/db';
import { collectionReportReviewed } from '@steward/events';
import { lockAuthorized, meetDeadline, publish, saveAggregate, seal } from '@steward/service-kit';

import { collectionReportAggregate } from '../db/ledger-aggregates.ts';
import { todayIn } from '../db/reference-queries.ts';
import { reviewReport } from '../domain/report-rules.ts';
import type { ReviewCollectionReportInput } from '../graphql/generated.ts';

export async function reviewCollectionReport(tx: Tx, input: ReviewCollectionReportInput): Promise<{ id: string }> {
  const report = await lockAuthorized(tx, collectionReportAggregate, input);
  const { plan, meetingOn } = input;
  const today = await todayIn(tx, report.communityId);
  const reviewed = reviewReport(report, { plan, meetingOn, today }, txScope(tx).now);
  const after = { ...reviewed, planSealed: seal(tx, plan.trim()) };
  const note = { action: 'reviewCollectionReport', rule: 'A235' };
  const saved = await saveAggregate(tx, collectionReportAggregate, report, after, note);
  publish(tx, saved, collectionReportReviewed, { reportId: saved.id, meetingOn });
  await meetDeadline(tx, saved, 'REPORT_REVIEW');
  return { id: saved.id };
}
