import { DomainError, localDate } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import { workOrderMonthlyReportMeasureProposed } from '@steward/events';
import { lockAuthorized, notify, publish, saveAggregate, seal, zoneOf } from '@steward/service-kit';

import { workOrderMonthlyReportAggregate } from '../db/aggregates.ts';
import { findFitter } from '../db/reference-queries.ts';
import { insertProposal } from '../db/report-queries.ts';
import { requireReason } from '../domain/after-work-rules.ts';
import { holdsOn } from '../domain/time-rules.ts';
import type { ProposeStaffMeasureInput } from '../graphql/generated.ts';

const note = { action: 'proposeStaffMeasure', rule: 'A244' };
const path = 'input.staffId';

/** Refuses a proposal for somebody who does not work in the report's community. */
async function requireColleague(tx: Tx, staffId: string, communityId: string): Promise<void> {
  const found = await findFitter(tx, staffId);
  if (found === null) throw new DomainError('BAD_USER_INPUT', 'STAFF_UNKNOWN', { path, rule: 'A244' });
  const day = localDate(txScope(tx).now, await zoneOf(tx, communityId));
  const isColleague = found.posts.some((post) => post.communityId === communityId && holdsOn(post, day));
  if (!isColleague) throw new DomainError('BAD_USER_INPUT', 'STAFF_NOT_OF_COMMUNITY', { path, rule: 'A244' });
}

export async function proposeStaffMeasure(tx: Tx, input: ProposeStaffMeasureInput): Promise<{ id: string }> {
  const report = await lockAuthorized(tx, workOrderMonthlyReportAggregate, input);
  requireReason(input.reason, 'A244');
  const { staffId, measure } = input;
  await requireColleague(tx, staffId, report.communityId);
  const reasonSealed = seal(tx, input.reason.trim());
  const proposalId = await insertProposal(tx, { reportId: report.id, staffId, measure, reasonSealed });
  const saved = await saveAggregate(tx, workOrderMonthlyReportAggregate, report, report, note);
  publish(tx, saved, workOrderMonthlyReportMeasureProposed, { reportId: saved.id, proposalId, staffId, measure });
  const { communityId, number } = saved;
  const request = { communityId, to: { role: 'director' as const }, template: 'staffMeasureProposed' };
  await notify(tx, { ...request, params: { number, measure }, aggregateId: saved.id });
  return { id: saved.id };
}
