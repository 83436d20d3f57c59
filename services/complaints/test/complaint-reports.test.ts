import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Viewer } from '@steward/auth';
import { newId } from '@steward/core';
import { aStaffViewer, type TestService } from '@steward/test-kit';

import {
  act,
  aComplaint,
  anArchived,
  anEstate,
  factsOf,
  someone,
  startComplaints,
  told,
  type Estate,
} from './complaints-fixture.ts';

let service: TestService;
let estate: Estate;

/** In the first week of March: one archived, one late, one withdrawn and a major one. */
beforeAll(async () => {
  service = await startComplaints();
  estate = await anEstate(service);
  await anArchived(service, estate);
  await aComplaint(service, estate, { channelCode: 'VISIT', departmentCodes: ['ENVIRONMENT'] });
  const withdrawn = await aComplaint(service, estate, { categoryCode: 'PARKING' });
  await act(service, estate.clerk, 'withdrawComplaint', { id: withdrawn, reasonCode: 'DUPLICATE' });
  await aComplaint(service, estate, { categoryCode: 'FIRE_HAZARD' });
  await service.move({ set: new Date('2026-03-08T16:00:00.000Z') });
});
afterAll(() => service?.stop());

const figures = `startsOn endsOn receivedCount resolvedCount resolvedInTimeCount timelinessRate withdrawnCount
  reopenedCount breachCount unfoundedCount visitedCount satisfiedCount satisfactionRate meanRating
  grades { grade receivedCount resolvedCount resolvedInTimeCount timelinessRate }
  categories { code { code label } count } channels { code { code } count } departments { departmentCode count }`;

const week = {
  startsOn: '2026-03-02',
  endsOn: '2026-03-09',
  receivedCount: 4,
  resolvedCount: 1,
  resolvedInTimeCount: 1,
  timelinessRate: '1.0000',
  withdrawnCount: 1,
  reopenedCount: 0,
  // The late one's solution; of the major one the referral and the reply.
  breachCount: 3,
  unfoundedCount: 0,
  visitedCount: 1,
  satisfiedCount: 1,
  satisfactionRate: '1.0000',
  meanRating: '5.00',
  grades: [
    { grade: 'MAJOR', receivedCount: 1, resolvedCount: 0, resolvedInTimeCount: 0, timelinessRate: null },
    { grade: 'MINOR', receivedCount: 3, resolvedCount: 1, resolvedInTimeCount: 1, timelinessRate: '1.0000' },
  ],
  categories: [
    { code: { code: 'NOISE', label: 'Noise' }, count: 2 },
    { code: { code: 'FIRE_HAZARD', label: 'Fire hazard' }, count: 1 },
  ],
  channels: [
    { code: { code: 'PHONE' }, count: 2 },
    { code: { code: 'VISIT' }, count: 1 },
  ],
  departments: [
    { departmentCode: 'SECURITY', count: 3 },
    { departmentCode: 'ENVIRONMENT', count: 1 },
  ],
};

type Report = {
  id: string;
  number: string;
  status: string;
  period: string;
  startsOn: string;
  endsOn: string;
  statistics: object;
  conclusion: string | null;
  deadlines: { kind: string; rule: string; state: string; dueAt: string }[];
  availableActions: { action: string; allowed: boolean }[];
};
const reportsOf = async (viewer: Viewer, filter: object = {}): Promise<Report[]> => {
  const query = `query ($filter: ComplaintReportFilter) {
    complaintReports(filter: $filter, orderBy: STARTS_ON_ASC) { nodes {
      id number status period startsOn endsOn conclusion statistics { ${figures} }
      deadlines { kind rule state dueAt } availableActions { action allowed }
    } }
  }`;
  return (await service.ok<{ complaintReports: { nodes: Report[] } }>(viewer, query, { filter })).complaintReports
    .nodes;
};
const report = async (): Promise<Report> => {
  const [found] = await reportsOf(estate.supervisor, { period: ['WEEK'] });
  if (found === undefined) throw new Error('no report was issued');
  return found;
};

describe('complaintStatistics', () => {
  const query = `query ($communityId: ID!, $from: LocalDate!, $to: LocalDate!) {
    complaintStatistics(communityId: $communityId, from: $from, to: $to) { ${figures} }
  }`;
  const ask = (viewer: Viewer, from: string, to: string) =>
    service.ok<{ complaintStatistics: object }>(viewer, query, { communityId: estate.communityId, from, to });

  it('[A038] sums up what was received, solved and breached, by grade, category, channel and department', async () => {
    expect((await ask(estate.clerk, '2026-03-02', '2026-03-09')).complaintStatistics).toEqual(week);
    expect((await ask(estate.clerk, '2026-02-02', '2026-02-09')).complaintStatistics).toMatchObject({
      receivedCount: 0,
      timelinessRate: null,
      grades: [],
    });
  });

  it('tells nobody of another community', async () => {
    const elsewhere = aStaffViewer({ roles: ['clerk'], tenantId: estate.tenantId, communityIds: [newId()] });
    const days = { communityId: estate.communityId, from: '2026-03-02', to: '2026-03-09' };
    expect((await service.refused(elsewhere, query, days)).extensions.code).toBe('NOT_FOUND');
  });
});

describe('issueComplaintReport', () => {
  it('[A038] puts the figures of the week on record at its end, to be analysed in five days', async () => {
    const issued = await report();
    expect(issued).toMatchObject({
      number: 'TB-20260309-0001',
      status: 'ISSUED',
      startsOn: '2026-03-02',
      endsOn: '2026-03-09',
      statistics: week,
      conclusion: null,
      deadlines: [{ kind: 'REPORT_REVIEW', rule: 'A038', state: 'RUNNING', dueAt: '2026-03-14T16:00:00.000Z' }],
      availableActions: [{ action: 'reviewComplaintReport', allowed: true }],
    });
    expect((await factsOf(service, issued.id))[0]).toEqual([
      'issued',
      {
        reportId: issued.id,
        period: 'WEEK',
        startsOn: '2026-03-02',
        endsOn: '2026-03-09',
        receivedCount: 4,
        resolvedCount: 1,
        timelinessRate: '1.0000',
      },
    ]);
    expect(await told(service, issued.id)).toMatchObject([
      { template: 'complaintReportIssued', role: 'supervisor', department_code: 'CUSTOMER_SERVICE' },
    ]);
  });

  it('[A038] is issued every week and every month, once', async () => {
    await service.move({ set: new Date('2026-03-31T16:00:00.000Z') });
    await service.restart();
    await service.move({ advance: 'PT1H' });
    const issued = (await reportsOf(someone(estate, 'analyst'))).map(({ period, startsOn, endsOn }) => [
      period,
      startsOn,
      endsOn,
    ]);
    expect(issued.toSorted((a, b) => a.join().localeCompare(b.join()))).toEqual([
      ['MONTH', '2026-03-01', '2026-04-01'],
      ['WEEK', '2026-03-02', '2026-03-09'],
      ['WEEK', '2026-03-09', '2026-03-16'],
      ['WEEK', '2026-03-16', '2026-03-23'],
      ['WEEK', '2026-03-23', '2026-03-30'],
    ]);
  });
});

describe('reviewComplaintReport', () => {
  const mutation = `mutation ($input: ReviewComplaintReportInput!) {
    reviewComplaintReport(input: $input) { complaintReport { status conclusion deadlines { state } } }
  }`;
  const conclusion = '夜间噪音为主要问题，加强巡查';

  it('[A038] adds the conclusion, once, by a supervisor or above', async () => {
    const { id } = await report();
    const refused = async (viewer: Viewer, input: object) =>
      (await service.refused(viewer, mutation, { input: { id, ...input } })).extensions.reason;
    expect(await refused(estate.clerk, { conclusion })).toBe('ACCESS_DENIED');
    expect(await refused(estate.supervisor, { conclusion: ' ' })).toBe('TEXT_REQUIRED');
    type Answer = { reviewComplaintReport: { complaintReport: object } };
    const answer = await service.ok<Answer>(estate.supervisor, mutation, { input: { id, conclusion } });
    expect(answer.reviewComplaintReport.complaintReport).toMatchObject({ status: 'REVIEWED', conclusion });
    expect(await refused(estate.supervisor, { conclusion })).toBe('ILLEGAL_TRANSITION');
    const [row] = await service.sql('select * from complaint_report where id = $1', [id]);
    expect(JSON.stringify(row)).not.toMatch(/夜间/);
    expect(await reportsOf(estate.supervisor, { status: ['REVIEWED'] })).toHaveLength(1);
  });
});
