import type { Viewer } from '@steward/auth';
import type { TestService } from '@steward/test-kit';

import type { Estate } from './billing-fixture.ts';
import { run } from './charging-fixture.ts';

/** Three hours of the activity room at 120.50 yuan each, unless said otherwise. */
export const wanted = ({ communityId, billingAccountId }: Estate, overrides: object = {}): object => ({
  communityId,
  billingAccountId,
  chargeTypeCode: 'VENUE_RENT',
  quantity: '3',
  unitPrice: '12050',
  reasonCode: 'VENUE_RENTED',
  explanation: '活动室三小时',
  ...overrides,
});

/** The management fee of February, of which no run was made. */
export const february = {
  chargeTypeCode: 'MANAGEMENT_FEE',
  quantity: null,
  unitPrice: null,
  amount: 20_000,
  periodFrom: '2026-02-01',
  periodTo: '2026-03-01',
  reasonCode: 'AGREED',
};

export type Asked = { id: string; number: string; version: number; status: string; charge: { id: string } | null };

const asked = 'chargeRequest { id number version status charge { id } }';

/** Asks for a charge as the clerk. */
export const ask = (service: TestService, estate: Estate, overrides: object = {}): Promise<Asked> =>
  run<Asked>(service, estate.clerk, 'requestCharge', wanted(estate, overrides), asked);

export const decide = (service: TestService, viewer: Viewer, id: string, isApproved = true): Promise<Asked> =>
  run<Asked>(service, viewer, 'decideChargeRequest', { id, isApproved }, asked);

/** A charge that was asked for and approved; answers its id. */
export async function aChargeByHand(service: TestService, estate: Estate, overrides: object = {}): Promise<string> {
  const { id } = await ask(service, estate, overrides);
  return (await decide(service, estate.supervisor, id)).charge?.id ?? '';
}

export type ChargeByHand = {
  status: string;
  chargeType: { code: string };
  amount: { amount: number };
  tax: { amount: number };
  occurredOn: string;
  dueOn: string | null;
  periodFrom: string;
  periodTo: string;
  line: {
    method: string;
    tariff: { id: string } | null;
    quantity: string;
    rate: string;
    taxRate: string;
    amount: { amount: number };
    tax: { amount: number };
    rule: string;
    reason: { code: string; label: string } | null;
    explanation: string | null;
  } | null;
};

const fields = `status chargeType { code } amount { amount } tax { amount } occurredOn dueOn periodFrom periodTo
  line { method tariff { id } quantity rate taxRate amount { amount } tax { amount } rule reason { code label } explanation }`;

export const seeCharge = async (service: TestService, viewer: Viewer, id: string): Promise<ChargeByHand> =>
  (await service.ok<{ charge: ChargeByHand }>(viewer, `query ($id: ID!) { charge(id: $id) { ${fields} } }`, { id }))
    .charge;

/** Whether the books verify from the first block on. */
export const isIntact = async (service: TestService, { analyst, communityId: id }: Estate): Promise<boolean> => {
  const query = `query ($id: ID!) { verifyLedger(communityId: $id) { isIntact } }`;
  return (await service.ok<{ verifyLedger: { isIntact: boolean } }>(analyst, query, { id })).verifyLedger.isIntact;
};
