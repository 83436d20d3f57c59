import type { Viewer } from '@steward/auth';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { anAuthority, type TestService } from '@steward/test-kit';

import {
  act,
  aComplaint,
  anEstate,
  handled,
  reasons,
  refusal,
  see,
  startComplaints,
  type Estate,
} from './complaints-fixture.ts';

let service: TestService;

beforeAll(async () => {
  service = await startComplaints();
});
afterAll(() => service?.stop());

type Remedy = { id: string; state: string };

/** A handled complaint with remedies of these costs. */
async function proposed(estate: Estate, ...costs: number[]) {
  const id = await aComplaint(service, estate);
  await handled(service, estate, id);
  const remedies = costs.map((costAmount) => ({ description: '减免物业费', costAmount }));
  const input = { id, explanation: '配件停产，需定制', means: 'PHONE', remedies };
  await act(service, estate.clerk, 'proposeComplaintRemedies', input);
  const found = async () =>
    (await see<{ remedies: Remedy[] }>(service, estate.clerk, id, 'remedies { id state }')).remedies;
  const ids = (await found()).map((remedy) => remedy.id);
  /** Chooses one and answers where it stands. */
  const choose = async (viewer: Viewer, index: number): Promise<string | undefined> => {
    await act(service, viewer, 'chooseComplaintRemedy', { id, remedyId: ids[index] });
    return (await found())[index]?.state;
  };
  const decision = (index: number) => ({ id, remedyId: ids[index], isApproved: true, reason: '同意补偿' });
  return { id, choose, decision };
}

const offered = async (viewer: Viewer, id: string): Promise<unknown> => {
  type Action = { action: string; allowed: boolean; refusal: { reason: string } | null };
  const selection = 'availableActions { action allowed refusal { reason } }';
  const { availableActions } = await see<{ availableActions: Action[] }>(service, viewer, id, selection);
  return availableActions.find(({ action }) => action === 'decideComplaintRemedy');
};

it('[A207] a grant takes the place of what a clerk may grant by themselves, until it is revoked', async () => {
  const estate = await anEstate(service);
  const { clerk, guard } = estate;
  const grant = await anAuthority(service, estate, { action: 'WAIVE_CHARGE', role: 'clerk', limitAmount: 30_000 });
  const { id, choose } = await proposed(estate, 20_001, 9999, 1);
  expect(await choose(clerk, 0)).toBe('CHOSEN');
  expect(await choose(clerk, 1)).toBe('CHOSEN');
  expect(await see(service, clerk, id, 'remedyCost { amount }')).toEqual({ remedyCost: { amount: 30_000 } });
  // What all cost together is beyond the grant: the director decides.
  expect(await choose(clerk, 2)).toBe('AWAITING_APPROVAL');
  const lacking = await refusal(service, guard, 'chooseComplaintRemedy', { id, remedyId: id });
  expect(lacking).toMatchObject({ code: 'FORBIDDEN', reason: 'AUTHORITY_LACKING', rule: 'A207' });
  await grant.revoke();
  const later = await proposed(estate, 20_001, 20_000);
  expect(await later.choose(clerk, 0)).toBe('AWAITING_APPROVAL');
  expect(await later.choose(clerk, 1)).toBe('CHOSEN');
});

it('[A207] what is lent for some days decides in the place of the director, up to its limit', async () => {
  const estate = await anEstate(service);
  const { clerk, supervisor, director } = estate;
  const remedies = await proposed(estate, 200_000, 1, 50_000);
  const { id, choose, decision } = remedies;
  for (const index of [0, 1, 2]) expect(await choose(clerk, index)).toBe(index === 1 ? 'CHOSEN' : 'AWAITING_APPROVAL');
  const decide = (viewer: Viewer, index: number) => act(service, viewer, 'decideComplaintRemedy', decision(index));
  const refused = (viewer: Viewer, index: number) => reasons(service, viewer, 'decideComplaintRemedy', decision(index));
  expect(await refused(supervisor, 2)).toEqual(['ACCESS_DENIED']);
  const days = { validFrom: '2026-03-03', validTo: '2026-03-05' };
  const lent = { action: 'WAIVE_CHARGE', delegateId: supervisor.staffId ?? '', limitAmount: 50_001, ...days };
  await anAuthority(service, estate, lent);
  const at = (instant: string) => service.move({ set: new Date(instant) });
  await at('2026-03-02T23:59:59.000+08:00');
  expect(await refused(supervisor, 2)).toEqual(['AUTHORITY_LACKING']);
  await at('2026-03-03T00:00:00.000+08:00');
  expect(await offered(supervisor, id)).toEqual({ action: 'decideComplaintRemedy', allowed: true, refusal: null });
  const beyond = await refusal(service, supervisor, 'decideComplaintRemedy', decision(0));
  expect(beyond).toMatchObject({ code: 'FORBIDDEN', reason: 'AUTHORITY_LACKING', rule: 'A207' });
  await at('2026-03-04T23:59:59.000+08:00');
  await decide(supervisor, 2);
  expect(await see(service, clerk, id, 'remedyCost { amount }')).toEqual({ remedyCost: { amount: 50_001 } });
  await at('2026-03-05T00:00:00.000+08:00');
  expect(await refused(supervisor, 0)).toEqual(['AUTHORITY_LACKING']);
  // A grant to the director's own role binds them as well.
  const bound = await anAuthority(service, estate, { action: 'WAIVE_CHARGE', role: 'director', limitAmount: 250_000 });
  expect(await refused(director, 0)).toEqual(['AUTHORITY_LACKING']);
  await bound.revoke();
  await decide(director, 0);
});
