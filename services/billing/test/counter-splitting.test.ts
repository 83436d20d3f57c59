import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { TestService } from '@steward/test-kit';

import {
  aColleague,
  act,
  anEstate,
  anUpload,
  aPayment,
  aSession,
  reasons,
  startBilling,
  type Estate,
} from './counter-fixture.ts';

let service: TestService;

beforeAll(async () => {
  service = await startBilling();
}, 60_000);
afterAll(() => service?.stop());

async function aDesk(): Promise<Estate> {
  const estate = await anEstate(service);
  await aSession(service, estate);
  return estate;
}

type Asked = { id: string; approverRole: string };
const asked = 'id approverRole';

const advance = ({ communityId, billingAccountId }: Estate): object => ({
  communityId,
  billingAccountId,
  source: 'ADVANCE',
  means: 'CASH',
  reasonCode: 'OVERPAID',
});

describe('what is asked for in parts', () => {
  it('[A018] refunds of one account are added up over 30 days, so that none is split', async () => {
    const estate = await aDesk();
    const { cashier } = estate;
    const supervisor = aColleague(estate, 'supervisor');
    await aPayment(service, estate, 400_000);
    const ask = (amount: number) =>
      act<Asked>(service, cashier, 'requestRefund', { ...advance(estate), amount }, asked);
    const first = await ask(60_000);
    const second = await ask(40_000);
    const third = await ask(1);
    expect([first, second, third].map(({ approverRole }) => approverRole)).toEqual([
      'supervisor',
      'supervisor',
      'director',
    ]);
    const yes = (id: string) => ({ id, isApproved: true });
    expect(await reasons(service, supervisor, 'decideRefund', yes(third.id))).toEqual(['BEYOND_AUTHORITY']);
    await act(service, supervisor, 'decideRefund', yes(first.id));
    // What is rejected is not given back, and counts no more.
    await act(service, supervisor, 'decideRefund', { id: second.id, isApproved: false });
    const fourth = await ask(39_999);
    expect(fourth.approverRole).toBe('supervisor');
    const back = (id: string, hours: number) =>
      service.sql('update refund set created_at = created_at - make_interval(hours => $2) where id = $1', [id, hours]);
    await back(first.id, 30 * 24 - 1);
    expect((await ask(1)).approverRole).toBe('director');
    await back(first.id, 2);
    expect((await ask(60_000 - 1)).approverRole).toBe('supervisor');
  });

  it('[A018] claims of one claimant are added up over 30 days, so that none is split', async () => {
    const estate = await aDesk();
    const { communityId, administrativeSupervisor } = estate;
    const gardener = aColleague(estate, 'environment');
    const spentOn = new Date((await service.now()).getTime() + 8 * 3_600_000).toISOString().slice(0, 10);
    const submit = async (amount: number, viewer = gardener): Promise<Asked> => {
      const lines = [{ spentOn, amount, voucherFileIds: [await anUpload(service, viewer, communityId)] }];
      const input = { communityId, purpose: '购买绿化工具', lines };
      return act<Asked>(service, viewer, 'submitExpenseClaim', input, asked);
    };
    const [first, second] = [await submit(50_000), await submit(1)];
    expect([first.approverRole, second.approverRole]).toEqual(['administrativeSupervisor', 'director']);
    expect((await submit(50_000, aColleague(estate, 'environment'))).approverRole).toBe('administrativeSupervisor');
    await act(service, estate.supervisor, 'checkExpenseClaim', { id: second.id, isApproved: true });
    const yes = { id: second.id, isApproved: true };
    expect(await reasons(service, administrativeSupervisor, 'decideExpenseClaim', yes)).toEqual(['BEYOND_AUTHORITY']);
    await service.sql(`update expense_claim set created_at = created_at - interval '30 days' where id = $1`, [
      first.id,
    ]);
    expect((await submit(49_999)).approverRole).toBe('administrativeSupervisor');
  });
});
