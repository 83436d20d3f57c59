import { txScope, type Tx } from '@steward/db';
import { workOrderMonthlyReportChecked } from '@steward/events';
import { lockAuthorized, meetDeadline, publish, saveAggregate } from '@steward/service-kit';

import { workOrderMonthlyReportAggregate } from '../db/aggregates.ts';
import { checkReport } from '../domain/review-rules.ts';
import type { CheckWorkOrderMonthlyReportInput } from '../graphql/generated.ts';

const note = { action: 'checkWorkOrderMonthlyReport', rule: 'A244' };

export async function checkWorkOrderMonthlyReport(
  tx: Tx,
  input: CheckWorkOrderMonthlyReportInput,
): Promise<{ id: string }> {
  const report = await lockAuthorized(tx, workOrderMonthlyReportAggregate, input);
  const checked = checkReport(report, txScope(tx).now);
  const saved = await saveAggregate(tx, workOrderMonthlyReportAggregate, report, checked, note);
  publish(tx, saved, workOrderMonthlyReportChecked, { reportId: saved.id });
  await meetDeadline(tx, saved, 'REPORT_CHECK');
  return { id: saved.id };
}
