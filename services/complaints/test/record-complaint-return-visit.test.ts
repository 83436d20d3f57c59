import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { TestService } from '@steward/test-kit';

import {
  act,
  aComplaint,
  anArchived,
  anEstate,
  answered,
  aResolved,
  aTold,
  clocksOf,
  formsOf,
  lastFact,
  reasons,
  refusal,
  see,
  startComplaints,
  toldBy,
  type Estate,
} from './complaints-fixture.ts';

let service: TestService;
let estate: Estate;

beforeAll(async () => {
  service = await startComplaints();
  estate = await anEstate(service);
});
afterAll(() => service?.stop());

const satisfied = { means: 'PHONE', outcome: 'SATISFIED', rating: 5, opinion: '满意' };
const unsatisfied = { means: 'PHONE', outcome: 'UNSATISFIED', rating: 1, opinion: '噪音依旧' };
const unreachable = { means: 'PHONE', outcome: 'UNREACHABLE' };
const visit = (id: string, made: object) => act(service, estate.clerk, 'recordComplaintReturnVisit', { id, ...made });
const refused = (id: string, made: object) =>
  reasons(service, estate.clerk, 'recordComplaintReturnVisit', { id, ...made });

describe('recordComplaintReturnVisit', () => {
  it('[A037] the resident is visited before the archive', async () => {
    const id = await aTold(service, estate);
    expect(await refusal(service, estate.clerk, 'archiveComplaint', { id }, 'zh-CN')).toMatchObject({
      reason: 'RETURN_VISIT_MISSING',
      rule: 'A037',
      message: '须先回访住户，方可归档。',
    });
    expect((await visit(id, satisfied)).status).toBe('RESOLVED');
    expect((await clocksOf(service, estate.clerk, id))['RETURN_VISIT']).toMatchObject({ state: 'MET' });
    expect(
      await see(service, estate.clerk, id, 'rating returnVisits { round outcome means opinion visitedBy { id } }'),
    ).toEqual({
      rating: 5,
      returnVisits: [
        { round: 1, outcome: 'SATISFIED', means: 'PHONE', opinion: '满意', visitedBy: { id: estate.clerk.staffId } },
      ],
    });
    expect(await lastFact(service, id, 'return-visited')).toMatchObject({
      outcome: 'SATISFIED',
      rating: 5,
      isFinal: true,
    });
    expect(await refused(id, satisfied)).toEqual(['RETURN_VISIT_RECORDED']);
    expect((await act(service, estate.clerk, 'archiveComplaint', { id })).status).toBe('ARCHIVED');
    const archivedAt = (await service.now()).toISOString();
    expect(await lastFact(service, id, 'archived')).toEqual({
      complaintId: id,
      householdId: estate.householdId,
      archivedAt,
    });
  });

  it('[A098] the result is told before the visit', async () => {
    const id = await aResolved(service, estate);
    expect(await refused(id, satisfied)).toEqual(['RESULT_NOT_TOLD']);
  });

  it('[A036] who is not satisfied has the complaint handled again, and its departments are ordered anew', async () => {
    const id = await aTold(service, estate);
    expect((await visit(id, unsatisfied)).status).toBe('HANDLING');
    expect(await see(service, estate.clerk, id, 'reopenCount resolvedAt toldAt result')).toEqual({
      reopenCount: 1,
      resolvedAt: null,
      toldAt: null,
      result: null,
    });
    expect(await formsOf(service, estate.supervisor, id)).toMatchObject([
      { round: 1, state: 'REORDERED' },
      { round: 2, state: 'ISSUED', departmentCode: 'SECURITY' },
    ]);
    expect(await toldBy(service, id, 'complaintReordered')).toEqual([['supervisor', 'SECURITY']]);
    expect(await lastFact(service, id, 'reopened')).toEqual({ complaintId: id, cause: 'RETURN_VISIT', reopenCount: 1 });
    const clocks = await clocksOf(service, estate.clerk, id);
    expect(clocks).toMatchObject({ RETURN_VISIT: { state: 'MET' }, SOLUTION: { state: 'RUNNING' } });
    await answered(service, estate, id);
    await act(service, estate.clerk, 'resolveComplaint', { id, result: '已与邻居达成一致' });
    await act(service, estate.clerk, 'tellComplaintResult', { id, means: 'IN_PERSON' });
    await visit(id, satisfied);
    expect(await lastFact(service, id, 'resolved')).toMatchObject({ round: 2 });
    await act(service, estate.clerk, 'archiveComplaint', { id });
  });

  it('[A037] is tried three times, four hours apart, and counts then', async () => {
    const id = await aTold(service, estate);
    await visit(id, unreachable);
    expect(await refused(id, unreachable)).toEqual(['RETURN_VISIT_TOO_SOON']);
    await service.move({ advance: 'PT3H59M59S' });
    expect(await refused(id, unreachable)).toEqual(['RETURN_VISIT_TOO_SOON']);
    await service.move({ advance: 'PT1S' });
    await visit(id, unreachable);
    expect(await reasons(service, estate.clerk, 'archiveComplaint', { id })).toEqual(['RETURN_VISIT_MISSING']);
    await service.move({ advance: 'PT4H' });
    await visit(id, unreachable);
    expect((await act(service, estate.clerk, 'archiveComplaint', { id })).status).toBe('ARCHIVED');
  });

  it.each([
    [{ ...satisfied, rating: null }, ['RATING_REQUIRED']],
    [{ ...satisfied, rating: 6 }, ['RATING_OUT_OF_RANGE']],
    [{ ...satisfied, rating: 0 }, ['RATING_OUT_OF_RANGE']],
    [{ ...unsatisfied, opinion: ' ' }, ['OPINION_REQUIRED']],
  ])('[A037] refuses %j with %j', async (made, expected) => {
    expect(await refused(await aTold(service, estate), made)).toEqual(expected);
  });
});

describe('reorderComplaintDepartment', () => {
  it('[A036] opens what was resolved', async () => {
    const id = await aTold(service, estate);
    const [form] = await formsOf(service, estate.supervisor, id);
    const input = { id, formId: form?.id, reason: '问题再次出现' };
    expect((await act(service, estate.clerk, 'reorderComplaintDepartment', input)).status).toBe('HANDLING');
    expect(await lastFact(service, id, 'reopened')).toMatchObject({ cause: 'DEPARTMENT', reopenCount: 1 });
  });
});

describe('reopenComplaint', () => {
  const reason = '噪音又出现了';

  it('[A036] the resident has an archived complaint handled again, within 30 days', async () => {
    const home = await anEstate(service);
    const [early, late] = [await anArchived(service, home), await anArchived(service, home)];
    expect(await reasons(service, home.resident, 'reopenComplaint', { id: early, reason: '' })).toEqual([
      'REASON_REQUIRED',
    ]);
    await service.move({ advance: 'P30D' });
    expect((await act(service, home.resident, 'reopenComplaint', { id: early, reason })).status).toBe('HANDLING');
    expect(await lastFact(service, early, 'reopened')).toMatchObject({ cause: 'RESIDENT' });
    expect(await see(service, home.clerk, early, 'archivedAt remarks { text }')).toEqual({
      archivedAt: null,
      remarks: [{ text: reason }],
    });
    await service.move({ advance: 'PT1S' });
    expect(await refusal(service, home.clerk, 'reopenComplaint', { id: late, reason })).toMatchObject({
      reason: 'REOPENING_TOO_LATE',
      rule: 'A036',
    });
  });
});

describe('withdrawComplaint', () => {
  it('[A032] is taken back and stays in the register; nothing is due any more', async () => {
    const id = await aComplaint(service, estate);
    const reasonCode = 'WITHDRAWN_BY_RESIDENT';
    expect(await reasons(service, estate.resident, 'withdrawComplaint', { id, reasonCode: 'NO_MOOD' })).toEqual([
      'REASON_UNKNOWN',
    ]);
    await act(service, estate.resident, 'withdrawComplaint', { id, reasonCode });
    expect(await see(service, estate.clerk, id, 'status withdrawReason { code label }')).toEqual({
      status: 'WITHDRAWN',
      withdrawReason: { code: reasonCode, label: 'Withdrawn by the resident' },
    });
    expect((await clocksOf(service, estate.clerk, id))['SOLUTION']).toMatchObject({ state: 'CANCELLED' });
    expect(await lastFact(service, id, 'withdrawn')).toEqual({ complaintId: id, reasonCode });
  });
});
