import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@steward/core';
import type { TestService } from '@steward/test-kit';

import {
  act,
  aComplaint,
  anEstate,
  handled,
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

const explanation = '配件停产，需定制';
const draft = (costAmount: number, description = '减免物业费') => ({ description, costAmount });

type Remedy = { id: string; state: string; description: string; cost: { amount: number; currency: string } };
const remediesOf = async (id: string): Promise<Remedy[]> =>
  (
    await see<{ remedies: Remedy[] }>(
      service,
      estate.clerk,
      id,
      'remedies { id state description cost { amount currency } }',
    )
  ).remedies;

/** A handled complaint with remedies of these costs. */
async function proposed(...costs: number[]): Promise<{ id: string; remedies: Remedy[] }> {
  const id = await aComplaint(service, estate);
  await handled(service, estate, id);
  const remedies = costs.map((cost) => draft(cost));
  await act(service, estate.clerk, 'proposeComplaintRemedies', { id, explanation, means: 'PHONE', remedies });
  return { id, remedies: await remediesOf(id) };
}

describe('proposeComplaintRemedies', () => {
  it('[A093] explains to the resident, reports up and drafts remedies with their cost', async () => {
    const { id, remedies } = await proposed(15_000, 0);
    expect(remedies).toMatchObject([
      { state: 'PROPOSED', description: '减免物业费', cost: { amount: 15_000, currency: 'CNY' } },
      { state: 'PROPOSED', cost: { amount: 0 } },
    ]);
    expect(await toldBy(service, id, 'complaintUnsolvable')).toEqual([['supervisor', 'SECURITY']]);
    expect(await see(service, estate.clerk, id, 'steps { kind means note }')).toEqual({
      steps: [{ kind: 'EXPLANATION', means: 'PHONE', note: explanation }],
    });
    expect(await lastFact(service, id, 'remedies-proposed')).toEqual({
      complaintId: id,
      remedies: remedies.map((remedy) => ({ remedyId: remedy.id, cost: remedy.cost })),
    });
  });

  it.each([
    [{ explanation: '', remedies: [] }, ['EXPLANATION_REQUIRED', 'REMEDY_REQUIRED']],
    [{ remedies: [draft(-1)] }, ['COST_NEGATIVE']],
    [{ remedies: [draft(1, ' ')] }, ['TEXT_REQUIRED']],
    [{ remedies: [{ ...draft(1), plannedOn: '2026-03-01' }] }, ['IN_THE_PAST']],
  ] as const)('[A093] refuses %j with %j', async (overrides: object, expected) => {
    const id = await aComplaint(service, estate);
    await handled(service, estate, id);
    const input = { id, explanation, means: 'PHONE', remedies: [draft(1)], ...overrides };
    expect(await reasons(service, estate.clerk, 'proposeComplaintRemedies', input)).toEqual(expected);
  });
});

describe('chooseComplaintRemedy', () => {
  it('[A207] a clerk grants 200 yuan in all, a supervisor 1,000', async () => {
    const { id, remedies } = await proposed(15_000, 5000, 1, 80_000);
    const choose = (index: number, viewer = estate.clerk) =>
      act(service, viewer, 'chooseComplaintRemedy', { id, remedyId: remedies[index]?.id });
    await choose(0);
    await choose(1);
    expect(await see(service, estate.clerk, id, 'remedyCost { amount }')).toEqual({ remedyCost: { amount: 20_000 } });
    expect(await lastFact(service, id, 'remedy-chosen')).toMatchObject({ cost: { amount: 5000, currency: 'CNY' } });
    await choose(2);
    expect((await remediesOf(id)).map(({ state }) => state)).toEqual([
      'CHOSEN',
      'CHOSEN',
      'AWAITING_APPROVAL',
      'PROPOSED',
    ]);
    await choose(3, estate.supervisor);
    expect((await remediesOf(id))[3]?.state).toBe('CHOSEN');
  });

  it('[A207] beyond the authority the director is asked, and nothing is solved before', async () => {
    const { id, remedies } = await proposed(100_001);
    const remedyId = remedies[0]?.id;
    await act(service, estate.supervisor, 'chooseComplaintRemedy', { id, remedyId });
    expect(await toldBy(service, id, 'approvalRequested')).toEqual([['director', null]]);
    expect(await see(service, estate.clerk, id, 'approvals { kind role state } remedyCost { amount }')).toEqual({
      approvals: [{ kind: 'REMEDY', role: 'director', state: 'REQUESTED' }],
      remedyCost: { amount: 0 },
    });
    const refused = await reasons(service, estate.clerk, 'resolveComplaint', { id, result: '已补偿' });
    expect(refused).toContain('REMEDY_UNDECIDED');
    const decision = { id, remedyId, isApproved: true, reason: '同意补偿' };
    expect((await refusal(service, estate.supervisor, 'decideComplaintRemedy', decision)).code).toBe('FORBIDDEN');
    await act(service, estate.director, 'decideComplaintRemedy', decision);
    expect(await see(service, estate.clerk, id, 'approvals { state reason } remedyCost { amount }')).toEqual({
      approvals: [{ state: 'APPROVED', reason: 'APPROVED' }],
      remedyCost: { amount: 100_001 },
    });
    expect(await lastFact(service, id, 'remedy-chosen')).toMatchObject({ remedyId, cost: { amount: 100_001 } });
    expect(await reasons(service, estate.director, 'decideComplaintRemedy', decision)).toEqual(['REMEDY_DECIDED']);
  });

  it('[A207] the director may say no, gives a reason, and does not decide on an own request', async () => {
    const { id, remedies } = await proposed(30_000);
    const remedyId = remedies[0]?.id;
    await act(service, estate.clerk, 'chooseComplaintRemedy', { id, remedyId });
    const no = { id, remedyId, isApproved: false, reason: '费用过高' };
    expect(await reasons(service, estate.director, 'decideComplaintRemedy', { ...no, reason: '' })).toEqual([
      'REASON_REQUIRED',
    ]);
    const asDirector = { ...estate.clerk, roles: ['director' as const] };
    expect(await reasons(service, asDirector, 'decideComplaintRemedy', no)).toEqual(['OWN_REQUEST']);
    await act(service, estate.director, 'decideComplaintRemedy', no);
    expect((await remediesOf(id))[0]?.state).toBe('REJECTED');
    expect(await see(service, estate.clerk, id, 'remedyCost { amount } remarks { text }')).toEqual({
      remedyCost: { amount: 0 },
      remarks: [{ text: '费用过高' }],
    });
    expect(await lastFact(service, id, 'remedy-rejected')).toMatchObject({ remedyId });
    expect(await toldBy(service, id, 'complaintRemedyDecided')).toEqual([['clerk', null]]);
  });

  it('[A207] refuses a remedy that is not there or was granted', async () => {
    const { id, remedies } = await proposed(100);
    const refused = (remedyId?: string) => reasons(service, estate.clerk, 'chooseComplaintRemedy', { id, remedyId });
    expect(await refused(newId())).toEqual(['REMEDY_UNKNOWN']);
    const remedyId = remedies[0]?.id;
    await act(service, estate.clerk, 'chooseComplaintRemedy', { id, remedyId });
    expect(await refused(remedyId)).toEqual(['REMEDY_DECIDED']);
    const decision = { id, remedyId: newId(), isApproved: true, reason: '同意' };
    expect(await reasons(service, estate.director, 'decideComplaintRemedy', decision)).toEqual(['REMEDY_UNKNOWN']);
  });
});
