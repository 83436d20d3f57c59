import type { Viewer } from '@steward/auth';
import type { TestService } from '@steward/test-kit';

import { aColleague, anEstate, type Estate } from './billing-fixture.ts';
import { aCharge, act, post, postPayment, reasonOf } from './ledger-fixture.ts';

/** The last day of March; the clock starts an hour before it ends. */
export const march = '2026-03-31';
export const lateInMarch = new Date('2026-03-31T15:00:00Z');
export const fee = 'PAID_SERVICE';

type Role =
  'director' | 'deputyDirector' | 'administrativeSupervisor' | 'supervisor' | 'clerk' | 'cashier' | 'guard' | 'analyst';
const everyone: readonly Role[] = [
  'director',
  'deputyDirector',
  'administrativeSupervisor',
  'supervisor',
  'clerk',
  'cashier',
  'guard',
  'analyst',
];

type Closed = { height: number; hash: string };
type Verified = { isIntact: boolean; height: number; hash: string; findings: { finding: string }[] };

/** The books of an estate in March, and what tests do with them. */
export type Books = {
  estate: Estate;
  /** Whose report nobody goes through. */
  idle: Estate;
  openChargeId: string;
  /** Moves the clock there unless it is past it: each test stands alone. */
  until(day: string): Promise<void>;
  /** Closes February and March once. */
  closedMarch(): Promise<Closed>;
  /** Who is let through to the rules of a mutation: the others are refused before. */
  letThrough(mutation: string, input: object): Promise<Role[]>;
  verified(viewer?: Viewer): Promise<Verified>;
};

/** Charges, payments, an expense and a movement of cash; answers the charge that stays open. */
async function fillBooks(service: TestService, estate: Estate): Promise<string> {
  const { billingAccountId } = estate;
  const { id: paidChargeId } = await aCharge(service, estate, 10_000);
  await postPayment(service, estate, { chargeId: paidChargeId, billingAccountId, amount: 10_000, on: march });
  // Settled by the counter's own words, as its command leaves it.
  await service.sql(`update charge set status = 'SETTLED', settled_at = now() where id = $1`, [paidChargeId]);
  const { id: openChargeId } = await aCharge(service, estate, 30_000);
  await postPayment(service, estate, { chargeId: openChargeId, billingAccountId, amount: 5_000, on: march });
  await post(service, estate, {
    kind: 'EXPENSE',
    on: march,
    entries: [
      { type: 'EXPENSE', chargeTypeCode: 'OFFICE', amount: 2_500 },
      { type: 'BANK', amount: -2_500 },
    ],
  });
  await post(service, estate, {
    kind: 'CASH_MOVEMENT',
    on: '2026-02-15',
    entries: [
      { type: 'BANK', amount: 700 },
      { type: 'CASH_IN_TRANSIT', amount: -700 },
    ],
  });
  return openChargeId;
}

async function closeMonth(service: TestService, estate: Estate, month: string): Promise<Closed> {
  const input = { communityId: estate.communityId, month };
  const selection = 'ledgerPeriod { month height hash }';
  const closer = estate.administrativeSupervisor;
  type Answer = { ledgerPeriod: Closed };
  return (await act<Answer>(service, closer, 'closeLedgerPeriod', input, selection)).ledgerPeriod;
}

async function letThrough(service: TestService, estate: Estate, mutation: string, input: object): Promise<Role[]> {
  const passed: Role[] = [];
  for (const role of everyone) {
    const reason = await reasonOf(service, aColleague(estate, role), mutation, input);
    if (reason !== 'ACCESS_DENIED') passed.push(role);
  }
  return passed;
}

async function verified(service: TestService, estate: Estate, viewer: Viewer): Promise<Verified> {
  const document = `query ($communityId: ID!) { verifyLedger(communityId: $communityId) {
    isIntact height hash findings { finding height subject } } }`;
  type Answer = { verifyLedger: Verified };
  return (await service.ok<Answer>(viewer, document, { communityId: estate.communityId })).verifyLedger;
}

/** Books of March in a service whose clock stands at its end. */
export async function booksOfMarch(service: TestService): Promise<Books> {
  const estate = await anEstate(service);
  const idle = await anEstate(service);
  const openChargeId = await fillBooks(service, estate);
  const until = async (day: string): Promise<void> => {
    const at = new Date(`${day}T00:00:01+08:00`);
    if ((await service.now()) < at) await service.move({ set: at });
  };
  let marchClosed: Promise<Closed> | undefined;
  const closedMarch = (): Promise<Closed> => {
    marchClosed ??= until('2026-04-01').then(async () => {
      await closeMonth(service, estate, '2026-02');
      return closeMonth(service, estate, '2026-03');
    });
    return marchClosed;
  };
  return {
    estate,
    idle,
    openChargeId,
    until,
    closedMarch,
    letThrough: (mutation, input) => letThrough(service, estate, mutation, input),
    verified: (viewer = estate.director) => verified(service, estate, viewer),
  };
}
