import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { TestService } from '@steward/test-kit';

import {
  act,
  anEstate,
  anUpload,
  balance,
  bookFaults,
  factsOf,
  fillSafe,
  list,
  pieces,
  reasons,
  startBilling,
  toldBy,
  usualFloat,
  type Estate,
} from './counter-fixture.ts';
import { localDay, moveToMorning } from './dunning-fixture.ts';

let service: TestService;

beforeAll(async () => {
  // So late that the month's end is near.
  service = await startBilling({ now: new Date('2026-03-30T02:00:00.000Z') });
}, 60_000);
afterAll(() => service?.stop());

const books = async ({ communityId }: Estate, ...types: string[]): Promise<number[]> =>
  Promise.all(types.map((type) => balance(service, communityId, type)));

const today = async (): Promise<string> => localDay(await service.now());

type Movement = { id: string; status: string; availableActions: { action: string; allowed: boolean }[] };
const movement = 'id status availableActions { action allowed }';

const moving = async ({ communityId, cashier }: Estate, direction: string, amount: number, more: object = {}) => ({
  communityId,
  direction,
  amount,
  reference: 'XJ 1',
  proofFileIds: [await anUpload(service, cashier, communityId)],
  ...more,
});

const setOut = async (estate: Estate, direction: string, amount: number): Promise<Movement> =>
  act(service, estate.cashier, 'recordSafeMovement', await moving(estate, direction, amount), movement);

type Journal = {
  safeJournal: {
    opening: { amount: number };
    received: { amount: number };
    paidOut: { amount: number };
    closing: { amount: number };
    inSafe: { amount: number };
    isBalanced: boolean;
    entries: { kind: string; amount: { amount: number } }[];
  };
};
const journal = async (estate: Estate): Promise<Journal['safeJournal']> => {
  const document = `query ($communityId: ID!, $from: LocalDate!, $to: LocalDate!) {
    safeJournal(communityId: $communityId, from: $from, to: $to) { opening { amount } received { amount } paidOut { amount }
      closing { amount } inSafe { amount } isBalanced entries { kind amount { amount } } } }`;
  const from = await today();
  const to = localDay(new Date((await service.now()).getTime() + 86_400_000));
  const { communityId, supervisor } = estate;
  return (await service.ok<Journal>(supervisor, document, { communityId, from, to })).safeJournal;
};

describe('cash between the bank and the safe', () => {
  it('[A233] is under way until another hand says that it arrived', async () => {
    const estate = await anEstate(service);
    const { cashier, supervisor } = estate;
    expect(await reasons(service, cashier, 'recordSafeMovement', await moving(estate, 'TO_SAFE', 0))).toEqual([
      'AMOUNT_NOT_POSITIVE',
    ]);
    const bare = await moving(estate, 'TO_SAFE', 1, { reference: ' ', proofFileIds: [] });
    expect(await reasons(service, cashier, 'recordSafeMovement', bare)).toEqual([
      'REFERENCE_REQUIRED',
      'PROOF_REQUIRED',
    ]);
    const { id, status, availableActions } = await setOut(estate, 'TO_SAFE', 80_000);
    expect(status).toBe('UNDER_WAY');
    expect(availableActions).toEqual([{ action: 'decideSafeMovement', allowed: false }]);
    expect(await books(estate, 'BANK', 'CASH_IN_TRANSIT', 'CASH_IN_SAFE')).toEqual([-80_000, 80_000, 0]);
    expect(await toldBy(service, id, 'safeMovementUnderWay')).toEqual(['supervisor']);
    expect(await reasons(service, cashier, 'decideSafeMovement', { id, isConfirmed: true })).toEqual(['OWN_REQUEST']);
    await act(service, supervisor, 'decideSafeMovement', { id, isConfirmed: true });
    expect(await books(estate, 'BANK', 'CASH_IN_TRANSIT', 'CASH_IN_SAFE')).toEqual([-80_000, 0, 80_000]);
    expect(await reasons(service, supervisor, 'decideSafeMovement', { id, isConfirmed: false })).toEqual([
      'ILLEGAL_TRANSITION',
    ]);
    expect((await factsOf(service, id)).map(([fact]) => fact)).toEqual(['recorded', 'decided']);
    const { id: gone } = await setOut(estate, 'TO_SAFE', 5000);
    await act(service, supervisor, 'decideSafeMovement', { id: gone, isConfirmed: false });
    expect(await books(estate, 'BANK', 'CASH_IN_TRANSIT', 'CASH_IN_SAFE')).toEqual([-80_000, 0, 80_000]);
    expect(await bookFaults(service, estate)).toEqual([]);
  });

  it('[A233] goes to the bank, and no more than is in the safe, however many take at once', async () => {
    const estate = await anEstate(service);
    const { cashier, supervisor } = estate;
    await fillSafe(service, estate, 50_000);
    expect(await reasons(service, cashier, 'recordSafeMovement', await moving(estate, 'TO_BANK', 50_001))).toEqual([
      'SAFE_TOO_LITTLE',
    ]);
    const inputs = [await moving(estate, 'TO_BANK', 30_000), await moving(estate, 'TO_BANK', 30_000)];
    const both = await Promise.allSettled(
      inputs.map((input) => act<Movement>(service, cashier, 'recordSafeMovement', input, movement)),
    );
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const [banked] = await list<Movement>(
      service,
      cashier,
      'safeMovements',
      { communityId: estate.communityId, direction: 'TO_BANK' },
      movement,
    );
    expect(await books(estate, 'CASH_IN_SAFE', 'CASH_IN_TRANSIT')).toEqual([20_000, 30_000]);
    await act(service, supervisor, 'decideSafeMovement', { id: banked?.id, isConfirmed: false });
    const { id } = await setOut(estate, 'TO_BANK', 50_000);
    await act(service, supervisor, 'decideSafeMovement', { id, isConfirmed: true });
    expect(await books(estate, 'BANK', 'CASH_IN_TRANSIT', 'CASH_IN_SAFE')).toEqual([0, 0, 0]);
    const seen = await journal(estate);
    expect(seen).toMatchObject({ received: { amount: 80_000 }, paidOut: { amount: 80_000 }, inSafe: { amount: 0 } });
    expect(seen.isBalanced).toBe(true);
    expect(seen.entries.map(({ kind }) => kind)).toEqual(['DRAWN', 'BANKED', 'NOT_BANKED', 'BANKED']);
    expect(await bookFaults(service, estate)).toEqual([]);
  });

  it('[B044] a float is not taken from a safe that has too little', async () => {
    const estate = await anEstate(service);
    const { communityId, cashier, supervisor } = estate;
    const opening = { communityId, book: 'A01', pieces: usualFloat };
    await fillSafe(service, estate, 49_999);
    expect(await reasons(service, cashier, 'openCashierSession', opening)).toEqual(['SAFE_TOO_LITTLE']);
    await fillSafe(service, estate, 1);
    const { id } = await act(service, cashier, 'openCashierSession', opening);
    expect(await books(estate, 'CASH_IN_SAFE', 'CASH_IN_HAND')).toEqual([0, 50_000]);
    await act(service, cashier, 'countTill', { id, pieces: pieces(50_000) });
    const signatureFileId = await anUpload(service, cashier, communityId, 'SIGNATURE');
    const bag = { amount: 50_000, floatLeft: 0, bag: 'B-1', witnessId: supervisor.staffId, signatureFileId };
    await act(service, cashier, 'dropCash', { id, ...bag });
    const handed = { id, depositSlip: 'D-1', place: 'SAFE' };
    expect(await act(service, supervisor, 'handInCash', handed, 'handInPlace')).toEqual({ handInPlace: 'SAFE' });
    expect(await books(estate, 'CASH_IN_SAFE', 'CASH_IN_TRANSIT', 'BANK')).toEqual([50_000, 0, -50_000]);
    expect((await journal(estate)).entries.at(-1)).toEqual({ kind: 'HAND_IN', amount: { amount: 50_000 } });
    expect(await bookFaults(service, estate)).toEqual([]);
  });

  it('[A234] [A248] is in the check of the safe, and a month waits for what is under way', async () => {
    const estate = await anEstate(service);
    const { communityId, cashier, supervisor } = estate;
    await fillSafe(service, estate, 70_000);
    await moveToMorning(service);
    const [due] = await list<{ id: string }>(service, cashier, 'safeChecks', { communityId, status: ['DUE'] }, 'id');
    const counted = { id: due?.id, isLocked: true, isScrambled: true, pieces: pieces(69_000) };
    const fields = 'inBooks { amount } counted { amount }';
    expect(await act(service, cashier, 'checkSafe', counted, fields)).toEqual({
      inBooks: { amount: 70_000 },
      counted: { amount: 69_000 },
    });
    expect(await toldBy(service, due?.id ?? '', 'safeDiffers')).toEqual(['supervisor', 'director']);
    const { id } = await setOut(estate, 'TO_BANK', 70_000);
    await service.move({ set: new Date('2026-03-31T16:00:00.000Z') });
    const [month] = await list<{ id: string }>(service, cashier, 'cashMonths', { communityId }, 'id');
    const refused = await reasons(service, cashier, 'closeCashMonth', { id: month?.id });
    expect(refused).toEqual(['SAFE_MOVEMENTS_OPEN']);
    await act(service, supervisor, 'decideSafeMovement', { id, isConfirmed: true });
    await act(service, cashier, 'closeCashMonth', { id: month?.id });
  });
});
