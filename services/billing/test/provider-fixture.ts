import type { WechatPaySimulator } from '@steward/payments/simulator';
import type { TestService } from '@steward/test-kit';

import { act, anEstate, answer, see, type Estate } from './counter-fixture.ts';

export type Order = {
  id: string;
  number: string;
  status: string;
  codeUrl: string | null;
  failure: string | null;
  payment: { amount: { amount: number }; means: string; reference: string; advance: { amount: number } } | null;
};
const order = 'id number status codeUrl failure payment { amount { amount } means reference advance { amount } }';

export const orderOf = (service: TestService, estate: Estate, id: string): Promise<Order> =>
  see(service, estate.cashier, 'providerPayment', id, order);

/** What `setProviderAccount` takes of a simulated merchant. */
export function accountAt(service: TestService, simulator: WechatPaySimulator, communityId: string): object {
  const { origin: apiOrigin, appId, merchantId, serialNumber, privateKey, apiKey } = simulator.account;
  return { communityId, appId, merchantId, serialNumber, privateKey, apiKey, apiOrigin, notifyOrigin: service.url() };
}

/** An estate whose community is a merchant at the simulated provider. */
export async function aMerchant(
  service: TestService,
  simulator: WechatPaySimulator,
  tenantId?: string,
): Promise<Estate> {
  const estate = await anEstate(service, tenantId);
  const input = accountAt(service, simulator, estate.communityId);
  await answer(service, estate.director, 'setProviderAccount', input, 'isSet');
  return estate;
}

export const start = ({ communityId, billingAccountId }: Estate, amount: number): object => ({
  communityId,
  billingAccountId,
  amount,
});

/** An order with its code, as the household sees it. */
export async function aReadyOrder(service: TestService, estate: Estate, amount: number): Promise<Order> {
  const { id } = await act(service, estate.resident, 'startProviderPayment', start(estate, amount));
  await service.move({ advance: 'PT1S' });
  return orderOf(service, estate, id);
}

export type Bill = {
  on: string;
  lineCount: number;
  paid: { amount: number };
  refunded: { amount: number };
  fee: { amount: number };
  differences: { reason: string; number: string; ours: { amount: number }; theirs: { amount: number } }[];
};

/** The provider's days beside ours, newest first. */
export async function billsOf(service: TestService, { cashier, communityId }: Estate): Promise<Bill[]> {
  const query = `query ($communityId: ID!) { providerBills(communityId: $communityId) { on lineCount
    paid { amount } refunded { amount } fee { amount } differences { reason number ours { amount } theirs { amount } } } }`;
  return (await service.ok<{ providerBills: Bill[] }>(cashier, query, { communityId })).providerBills;
}
