import { startWechatPaySimulator } from '@steward/payments/simulator';
import type { SeededRow, TestService } from '@steward/test-kit';

import { aFlat, anUpload, act, answer, aPayment, list, pieces, type Estate } from './counter-fixture.ts';
import { run } from './charging-fixture.ts';

type Made = { id: string };

/** Money that goes back: an advance that is asked for, and what somebody spent for the company. */
export async function refundRows(service: TestService, estate: Estate): Promise<SeededRow[]> {
  const { communityId, clerk, supervisor, cashier } = estate;
  const { billingAccountId, personId } = await aFlat(service, estate, '3/1/1202');
  await aPayment(service, estate, 3000, { billingAccountId });
  const wanted = { communityId, billingAccountId, source: 'ADVANCE', amount: 2000, means: 'CASH' };
  const refund = await act(service, clerk, 'requestRefund', { ...wanted, reasonCode: 'OVERPAID' });
  await act(service, supervisor, 'decideRefund', { id: refund.id, isApproved: true });
  await act(service, cashier, 'payRefund', { id: refund.id });
  const spentOn = (await service.now()).toISOString().slice(0, 10);
  const lines = [{ spentOn, amount: 4000, voucherFileIds: [await anUpload(service, clerk, communityId)] }];
  const claim = await act(service, clerk, 'submitExpenseClaim', { communityId, purpose: '购买绿化工具', lines });
  await act(service, supervisor, 'checkExpenseClaim', { id: claim.id, isApproved: true });
  return [
    { type: 'Refund', id: refund.id, own: { personId } },
    { type: 'ExpenseClaim', id: claim.id, own: { staffId: clerk.staffId ?? '' } },
  ];
}

/** What finance spends, and the cash that was brought into the safe for the float. */
export async function financeRows(service: TestService, estate: Estate): Promise<SeededRow[]> {
  const { communityId, cashier } = estate;
  const [movement] = await list<Made>(service, cashier, 'safeMovements', { communityId }, 'id');
  if (movement === undefined) throw new Error('a float comes from a safe that was filled');
  const documentOn = (await service.now()).toISOString().slice(0, 10);
  const lines = [{ code: 'CLEANING', amount: 8000 }];
  const proofFileIds = [await anUpload(service, cashier, communityId)];
  const invoice = { payee: '蓝天保洁', documentNumber: '24112000000012345678', documentOn, lines, proofFileIds };
  const expenditure = await act(service, cashier, 'recordExpenditure', { communityId, ...invoice });
  return [
    { type: 'SafeMovement', id: movement.id },
    { type: 'Expenditure', id: expenditure.id },
  ];
}

/** A payment by telephone whose code can be scanned, at a provider that is gone afterwards. */
export async function providerRows(service: TestService, estate: Estate): Promise<SeededRow[]> {
  const { communityId, billingAccountId, personId } = estate;
  const simulator = await startWechatPaySimulator();
  try {
    const { origin: apiOrigin, appId, merchantId, serialNumber, privateKey, apiKey } = simulator.account;
    const account = { communityId, appId, merchantId, serialNumber, privateKey, apiKey };
    const origins = { apiOrigin, notifyOrigin: service.url() };
    await answer(service, estate.director, 'setProviderAccount', { ...account, ...origins }, 'isSet');
    const order = { communityId, billingAccountId, amount: 800 };
    const { id } = await act(service, estate.resident, 'startProviderPayment', order);
    await service.move({ advance: 'PT1S' });
    return [{ type: 'ProviderPayment', id, own: { personId } }];
  } finally {
    await simulator.stop();
  }
}

/** Books taken over from a system before. */
export async function openingRows(service: TestService, { communityId, director }: Estate): Promise<SeededRow[]> {
  const totals = { arrearsAmount: 0, prepaidAmount: 0, depositAmount: 0, meterCount: 0 };
  const input = { communityId, openedOn: '2026-02-28', ...totals };
  return [{ type: 'OpeningImport', ...(await run<Made>(service, director, 'openOpeningImport', input)) }];
}

/** The shift ends, its cash with finance. */
async function handIn(service: TestService, estate: Estate, sessionId: string, inTill: number): Promise<void> {
  const { cashier, supervisor, communityId, guard } = estate;
  await act(service, cashier, 'countTill', { id: sessionId, pieces: pieces(inTill) });
  const signatureFileId = await anUpload(service, cashier, communityId, 'SIGNATURE');
  const bag = { amount: inTill - 50_000, floatLeft: 50_000, bag: 'B-1', witnessId: guard.staffId, signatureFileId };
  await act(service, cashier, 'dropCash', { id: sessionId, ...bag });
  await act(service, supervisor, 'handInCash', { id: sessionId, depositSlip: 'D-1' });
}

/** What the last day of March and the first morning of April bring; the clock stands in that morning afterwards. */
export async function monthEndRows(service: TestService, estate: Estate, sessionId: string): Promise<SeededRow[]> {
  const { communityId, cashier, clerk, supervisor, director, administrativeSupervisor } = estate;
  const { inTill } = (
    await list<{ inTill: { amount: number } }>(
      service,
      cashier,
      'cashierSessions',
      { communityId },
      'inTill { amount }',
    )
  )[0] ?? { inTill: { amount: 0 } };
  await handIn(service, estate, sessionId, inTill.amount);
  await service.move({ set: new Date('2026-04-01T09:00:00+08:00') });
  const newest = async (type: string, filter: object = {}): Promise<Made> => {
    const [found] = await list<Made>(service, supervisor, type, { communityId, ...filter }, 'id');
    if (found === undefined) throw new Error(`the month's end brings ${type}`);
    return found;
  };
  const [cash, safe, dunning] = [await newest('cashMonths'), await newest('safeChecks'), await newest('dunningCases')];
  await act(service, cashier, 'checkSafe', { id: safe.id, isLocked: true, isScrambled: true });
  await act(service, cashier, 'closeCashMonth', { id: cash.id });
  await act(service, clerk, 'findDunningCause', { id: dunning.id, cause: 'FORGOTTEN', measure: 'REMIND' });
  await act(service, clerk, 'remindDebtor', { id: dunning.id, channel: 'PHONE', amount: 7_000, note: '已电话联系' });
  const report = await newest('collectionReports', { period: 'MONTH' });
  const plan = { id: report.id, plan: '逐户上门', meetingOn: '2026-04-01' };
  await answer(service, supervisor, 'reviewCollectionReport', plan, 'collectionReport { id }');
  type Period = { ledgerPeriod: Made };
  const month = { communityId, month: '2026-03' };
  const closed = await answer<Period>(
    service,
    administrativeSupervisor,
    'closeLedgerPeriod',
    month,
    'ledgerPeriod { id }',
  );
  type Accounts = { publishedAccounts: Made };
  const months = { communityId, fromMonth: '2026-03', toMonth: '2026-03' };
  const accounts = await answer<Accounts>(service, director, 'publishAccounts', months, 'publishedAccounts { id }');
  return [
    { type: 'CashMonth', id: cash.id },
    { type: 'SafeCheck', id: safe.id },
    { type: 'DunningCase', id: dunning.id },
    { type: 'CollectionReport', id: report.id },
    { type: 'LedgerPeriod', id: closed.ledgerPeriod.id },
    { type: 'PublishedAccounts', id: accounts.publishedAccounts.id },
  ];
}
