import { newId } from '@steward/core';
import type { Seeded, ServiceSeed, TestService } from '@steward/test-kit';

import { definition } from '../src/service.ts';
import { aPaidService } from './a-paid-order.ts';
import { accepted, act, anEstate, anOrder, completed, printSlip, type Estate } from './work-orders-fixture.ts';

/** What the desk's timers would write in the course of weeks. */
async function reviewsOf(service: TestService, { tenantId, communityId }: Estate) {
  const [sampleId, reportId] = [newId(), newId()];
  await service.sql(
    `insert into work_order_sample (id, tenant_id, community_id, number, version, created_at, status, week_starts_on,
       completed_count)
     values ($1, $2, $3, 'CJ-1', 1, now(), 'OPEN', '2026-02-23', 1)`,
    [sampleId, tenantId, communityId],
  );
  const counts = { receivedCount: 1, completedCount: 1, completedInTimeCount: 1, timelinessRate: '1' };
  const statistics = {
    month: '2026-02',
    ...counts,
    cancelledCount: 0,
    reworkedCount: 0,
    visitedCount: 1,
    returnVisitRate: '1',
    meanRating: '5',
    trades: [{ tradeCode: 'PLUMBING', ...counts }],
    parties: [{ responsibleParty: 'OWN_STAFF', completedCount: 1 }],
  };
  await service.sql(
    `insert into work_order_monthly_report (id, tenant_id, community_id, number, version, created_at, status, month,
       statistics, damages)
     values ($1, $2, $3, 'YB-1', 1, now(), 'ISSUED', '2026-02', $4, '[]')`,
    [reportId, tenantId, communityId, JSON.stringify(statistics)],
  );
  return { sampleId, reportId };
}

async function company(service: TestService): Promise<Seeded> {
  const estate = await anEstate(service);
  const orderId = await anOrder(service, estate);
  await completed(service, estate, orderId);
  await printSlip(service, estate.clerk, { id: orderId });
  const otherId = await anOrder(service, estate, { part: null }, estate.resident);
  await accepted(service, estate, orderId);
  const serviceId = await aPaidService(service, estate);
  await act(service, estate.resident, 'recordWorkOrderOpinion', { id: orderId, rating: 4, opinion: '师傅很细心' });
  const { sampleId, reportId } = await reviewsOf(service, estate);
  const { tenantId, communityId, unitId, householdId, plumber, resident } = estate;
  const [staffId, personId] = [plumber.staffId ?? '', resident.personId ?? ''];
  return {
    tenantId,
    communityId,
    rows: [
      { type: 'WorkOrder', id: orderId, own: { personId, staffId } },
      { type: 'WorkOrder', id: otherId, own: { personId } },
      { type: 'PaidService', id: serviceId },
      { type: 'WorkOrderSample', id: sampleId },
      { type: 'WorkOrderMonthlyReport', id: reportId },
      { type: 'Community', id: communityId },
      { type: 'Unit', id: unitId },
      { type: 'Household', id: householdId, own: { personId } },
      { type: 'Staff', id: staffId, own: { staffId } },
    ],
  };
}

export const seed: ServiceSeed = { definition, seed: company };
