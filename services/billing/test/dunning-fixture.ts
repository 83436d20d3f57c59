import type { TestService } from '@steward/test-kit';

import { aCharge, act, clock, list, see, type Clock, type Estate } from './counter-fixture.ts';

export type Case = {
  id: string;
  status: string;
  listedAmount: { amount: number };
  oldestDueOn: string;
  cause: string | null;
  measure: string | null;
  letterDueAt: string | null;
  trackingNumber: string | null;
  settledAt: string | null;
  steps: {
    kind: string;
    channel: string;
    amount: { amount: number };
    dueOn: string | null;
    trackingNumber: string | null;
    proofs: { id: string }[];
  }[];
  deadlines: Clock[];
};

export const caseFields = `id status listedAmount { amount } oldestDueOn cause measure letterDueAt trackingNumber settledAt
  steps { kind channel amount { amount } dueOn trackingNumber proofs { id } } ${clock}`;

export const seeCase = (service: TestService, estate: Estate, id: string): Promise<Case> =>
  see(service, estate.clerk, 'dunningCase', id, caseFields);

export const listCases = (service: TestService, { clerk, communityId }: Estate): Promise<Case[]> =>
  list(service, clerk, 'dunningCases', { communityId }, caseFields);

/** Moves into the morning of the next local day, with the list of its beginning. */
export async function moveToMorning(service: TestService): Promise<void> {
  const now = await service.now();
  const midnight = new Date(now);
  midnight.setUTCHours(16, 0, 0, 0);
  if (midnight <= now) midnight.setUTCDate(midnight.getUTCDate() + 1);
  await service.move({ set: new Date(midnight.getTime() + 3_600_000) });
}

/** A debt of 50 yuan on the list. */
export async function aListedDebt(service: TestService, estate: Estate, amount = 5000): Promise<Case> {
  await aCharge(service, estate, amount);
  await moveToMorning(service);
  const [listed] = await listCases(service, estate);
  if (listed === undefined) throw new Error('a debt that is overdue is listed');
  return listed;
}

/** A call about a debt, noted. */
export const remind = (service: TestService, estate: Estate, id: string, amount = 5000, overrides: object = {}) =>
  act<Case>(
    service,
    estate.clerk,
    'remindDebtor',
    { id, channel: 'PHONE', amount, note: '已电话联系', ...overrides },
    caseFields,
  );

export const localDay = (at: Date): string => new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(0, 10);
export const daysLater = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
/** 24:00 local of a day. */
export const endOf = (day: string): string => new Date(Date.parse(`${day}T16:00:00Z`)).toISOString();
