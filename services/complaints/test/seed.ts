import { newId } from '@steward/core';
import type { Seeded, ServiceSeed, TestService } from '@steward/test-kit';

import type { ComplaintStatistics } from '../src/domain/complaint-report.ts';
import { definition } from '../src/service.ts';
import { aComplaint, act, anEstate, answered, aForm, handled, proceeded, type Estate } from './complaints-fixture.ts';

/** A complaint with a step, a form, a judgement and a remark, in the hands of a colleague. */
async function aHandledComplaint(service: TestService, estate: Estate): Promise<string> {
  const id = await aComplaint(service, estate, { respondentName: '赵六' });
  await act(service, estate.clerk, 'assignComplaint', { id, handlerId: estate.supervisor.staffId });
  await act(service, estate.clerk, 'routeComplaint', { id, forms: [aForm()] });
  await answered(service, estate, id);
  await proceeded(service, estate, id);
  return id;
}

/** Of a colleague, without ground; something is done for the resident all the same. */
async function aGroundlessComplaint(service: TestService, estate: Estate): Promise<string> {
  const id = await aComplaint(service, estate, { respondentId: estate.supervisor.staffId });
  await act(service, estate.clerk, 'routeComplaint', { id, forms: [aForm()] });
  await act(service, estate.clerk, 'recordComplaintStep', { id, step: 'CONTACT', means: 'PHONE' });
  const help = '代为联系施工方';
  await act(service, estate.clerk, 'judgeComplaint', { id, isValid: false, responsibility: 'NONE', help });
  return id;
}

const weekOfOne: ComplaintStatistics = {
  startsOn: '2026-02-23',
  endsOn: '2026-03-02',
  receivedCount: 1,
  resolvedCount: 1,
  resolvedInTimeCount: 1,
  timelinessRate: '1',
  withdrawnCount: 0,
  reopenedCount: 0,
  breachCount: 0,
  unfoundedCount: 0,
  visitedCount: 1,
  satisfiedCount: 1,
  satisfactionRate: '1',
  meanRating: '5',
  grades: [{ grade: 'MINOR', receivedCount: 1, resolvedCount: 1, resolvedInTimeCount: 1, timelinessRate: '1' }],
  categories: [{ code: 'NOISE', count: 1 }],
  channels: [{ code: 'PHONE', count: 1 }],
  departments: [{ code: 'SECURITY', count: 1 }],
};

/** What the desk's timers would write in the course of weeks. */
async function analysisOf(service: TestService, { tenantId, communityId }: Estate) {
  const [problemId, reportId] = [newId(), newId()];
  await service.sql(
    `insert into recurring_problem (id, tenant_id, community_id, number, version, created_at, status, category_code,
       round, found_at, department_codes)
     values ($1, $2, $3, 'TP-1', 1, now(), 'FOUND', 'NOISE', 1, now(), '{SECURITY}')`,
    [problemId, tenantId, communityId],
  );
  await service.sql(
    `insert into complaint_report (id, tenant_id, community_id, number, version, created_at, status, period, starts_on,
       ends_on, statistics)
     values ($1, $2, $3, 'TB-1', 1, now(), 'ISSUED', 'WEEK', '2026-02-23', '2026-03-02',
       $4)`,
    [reportId, tenantId, communityId, JSON.stringify(weekOfOne)],
  );
  return { problemId, reportId };
}

async function company(service: TestService): Promise<Seeded> {
  const estate = await anEstate(service);
  const complaintId = await aHandledComplaint(service, estate);
  const otherId = await aComplaint(service, estate);
  await handled(service, estate, otherId);
  await proceeded(service, estate, otherId);
  await act(service, estate.clerk, 'resolveComplaint', { id: otherId, result: '已制止噪音' });
  const groundlessId = await aGroundlessComplaint(service, estate);
  const { problemId, reportId } = await analysisOf(service, estate);
  const { tenantId, communityId, unitId, householdId, supervisor, resident } = estate;
  const [staffId, personId] = [supervisor.staffId ?? '', resident.personId ?? ''];
  return {
    tenantId,
    communityId,
    rows: [
      { type: 'Complaint', id: complaintId, own: { personId, staffId } },
      { type: 'Complaint', id: otherId, own: { personId } },
      { type: 'Complaint', id: groundlessId, own: { personId } },
      { type: 'RecurringProblem', id: problemId },
      { type: 'ComplaintReport', id: reportId },
      { type: 'Community', id: communityId },
      { type: 'Unit', id: unitId },
      { type: 'Household', id: householdId, own: { personId } },
      { type: 'Staff', id: staffId, own: { staffId } },
    ],
  };
}

export const seed: ServiceSeed = { definition, seed: company };
