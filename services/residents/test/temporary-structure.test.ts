import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { TestService } from '@steward/test-kit';

import {
  act,
  anEstate,
  aPermit,
  apply,
  approved,
  aScan,
  look,
  paid,
  refusal,
  type Estate,
} from './decoration-fixture.ts';
import { startResidents } from './residents-fixture.ts';

let service: TestService;
let estate: Estate;

beforeAll(async () => {
  service = await startResidents();
  estate = await anEstate(service);
});
afterAll(() => service?.stop());

const aStructure = () => apply(service, estate, { kind: 'TEMPORARY_STRUCTURE', description: '庭院遮阳棚' });

describe('a temporary structure', () => {
  it("[B010] is counter-signed by the director and always needs the authority's paper", async () => {
    const id = await aStructure();
    await approved(service, estate, id);
    const reviewed = await look(service, estate.clerk, id);
    expect(reviewed).toMatchObject({ status: 'REVIEWED', isAuthorityNeeded: true, depositState: 'NONE' });
    expect(reviewed.deadlines.at(-1)).toMatchObject({ kind: 'COUNTER_SIGNING', rule: 'B010', state: 'RUNNING' });
    const permit = aPermit(id);
    expect(await refusal(service, estate.clerk, 'issueDecorationPermit', permit)).toMatchObject({
      reason: 'ILLEGAL_TRANSITION',
    });
    const signing = { id, isApproved: true, reason: '限期一个月' };
    expect(await refusal(service, estate.fitter, 'counterSignDecorationPlan', signing)).toMatchObject({
      reason: 'ACCESS_DENIED',
    });
    const blank = { ...signing, reason: ' ' };
    expect((await refusal(service, estate.director, 'counterSignDecorationPlan', blank)).violations).toEqual([
      'REASON_REQUIRED/B010',
    ]);
    await act(service, estate.director, 'counterSignDecorationPlan', signing);
    await paid(service, estate, id);
    const wanted = await refusal(service, estate.director, 'issueDecorationPermit', {
      ...permit,
      validTo: '2026-05-09',
    });
    expect(wanted.violations).toEqual(['AUTHORITY_APPROVAL_MISSING/A085', 'PERMIT_TOO_LONG/A086']);
    await act(service, estate.clerk, 'recordDecorationAuthorityApproval', {
      id,
      approvalNumber: '规临2026-3',
      authorityName: '区规划局',
      approvedOn: '2026-03-01',
      fileId: await aScan(service, estate, estate.clerk),
    });
    await act(service, estate.clerk, 'issueDecorationPermit', permit);
    const deadlines = (await look(service, estate.clerk, id)).deadlines;
    expect(deadlines.map(({ kind, state }) => [kind, state])).toEqual([
      ['PLAN_REVIEW', 'MET'],
      ['COUNTER_SIGNING', 'MET'],
      ['PERMIT_END', 'RUNNING'],
    ]);
  });

  it('[B010] goes back to the applicant when the director does not sign', async () => {
    const id = await aStructure();
    await approved(service, estate, id);
    const signing = { id, isApproved: false, reason: '影响消防通道' };
    await act(service, estate.director, 'counterSignDecorationPlan', signing);
    expect(await look(service, estate.owner, id)).toMatchObject({
      status: 'APPLIED',
      planDecision: 'REJECTED',
      planReason: '影响消防通道',
    });
  });
});
