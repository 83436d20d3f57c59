import { addDays, localDate, startOfLocalDay } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import type { BillLine } from '@steward/payments';
import {
  findCommunityReference,
  notify,
  schedule,
  type CommunityReference,
  type DueTimer,
  type OutsideWork,
} from '@steward/service-kit';

import { providerBillEntity, type ProviderAccount } from '../db/counter-entities.ts';
import { communitiesOfOrders, isFirstOfMerchant, providerDay } from '../db/provider-queries.ts';
import { bankFeeCode } from '../domain/clearing-postings.ts';
import { compareDay } from '../domain/provider-rules.ts';
import { postTransactions } from './post-transactions.ts';
import { accountAtProvider, providerOf } from './provider-client.ts';
import { providerNumber } from './send-provider-refund.ts';
import { providerBillTimer } from './provider-timers.ts';

/** The provider has the file of a day ready at ten the next morning. */
const readyHour = 10;

/** Has the provider's file of yesterday compared, where the community has an account there. */
export async function scheduleBillDay(tx: Tx, community: CommunityReference, at: Date): Promise<void> {
  const { id: communityId, timeZone: zone } = community;
  if ((await accountAtProvider(tx, communityId)) === null) return;
  const today = localDate(at, zone);
  const dueAt = new Date(startOfLocalDay(today, zone).getTime() + readyHour * 3_600_000);
  await schedule(tx, { kind: providerBillTimer, communityId, dueAt, payload: { day: addDays(today, -1) } });
}

const sumOf = (lines: readonly BillLine[], kind: BillLine['kind']): number =>
  lines.filter((line) => line.kind === kind).reduce((sum, { amount }) => sum + amount, 0);

/** The fee that the provider kept is an expense; what stays with it is what it will transfer. */
async function postFee(tx: Tx, communityId: string, fee: number): Promise<void> {
  if (fee === 0) return;
  const cause = { service: 'billing', aggregateType: 'provider-bill', id: communityId };
  const postings = [
    { account: { type: 'EXPENSE' as const, chargeTypeCode: bankFeeCode }, amount: fee },
    { account: { type: 'PROVIDER' as const }, amount: -fee },
  ];
  await postTransactions(tx, [{ communityId, kind: 'EXPENSE', cause, postings }]);
}

/**
 * The lines that concern a community: communities of a company may share a merchant's account, and each looks at its own
 * orders. What none of them knows is looked at by one, so that it is told of and its fee is booked once.
 */
async function linesOf(
  tx: Tx,
  { communityId, merchantId }: ProviderAccount,
  lines: readonly BillLine[],
): Promise<BillLine[]> {
  const communities = await communitiesOfOrders(
    tx,
    lines.map(({ orderNumber }) => orderNumber),
  );
  const owner = (await isFirstOfMerchant(tx, merchantId, communityId)) ? communityId : null;
  return lines.filter(({ orderNumber }) => (communities.get(orderNumber) ?? owner) === communityId);
}

async function keepBill(
  tx: Tx,
  community: CommunityReference,
  onDay: string,
  lines: readonly BillLine[],
): Promise<void> {
  const { id: communityId, tenantId, timeZone: zone } = community;
  if ((await tx.countBy(providerBillEntity, { communityId, onDay })) > 0) return;
  const range = { communityId, from: startOfLocalDay(onDay, zone), to: startOfLocalDay(addDays(onDay, 1), zone) };
  const day = await providerDay(tx, range);
  const refunds = day.refunds.map(({ number, id, amount }) => ({
    number: providerNumber(number, id),
    amount: -amount,
  }));
  const theirs = lines.map((line) => ({
    number: line.refundNumber ?? line.orderNumber,
    amount: line.kind === 'REFUND' ? -line.amount : line.amount,
  }));
  const differences = compareDay([...day.payments, ...refunds], theirs);
  const feeAmount = lines.reduce((sum, { fee }) => sum + fee, 0);
  const sums = { paidAmount: sumOf(lines, 'PAYMENT'), refundedAmount: sumOf(lines, 'REFUND'), feeAmount };
  const comparedAt = txScope(tx).now;
  await tx.insert(providerBillEntity, {
    tenantId,
    communityId,
    onDay,
    lineCount: lines.length,
    ...sums,
    differences,
    comparedAt,
  });
  await postFee(tx, communityId, feeAmount);
  if (differences.length === 0) return;
  const params = { on: onDay, differences: differences.length };
  await notify(tx, { communityId, to: { role: 'director' }, template: 'providerBillDiffers', params });
}

/** Timer: fetches the provider's daily file and compares it with our books, line by line. */
export async function compareProviderBill(tx: Tx, due: DueTimer<{ day: string }>): Promise<OutsideWork | null> {
  const community = await findCommunityReference(tx, due.communityId ?? '');
  const found = community === null ? null : await providerOf(tx, community.id);
  if (community === null || found === null) return null;
  const { day } = due.payload;
  let lines: BillLine[] = [];
  return {
    carryOut: async () => {
      lines = await found.provider.dailyBill(day);
    },
    keep: async (later) => keepBill(later, community, day, await linesOf(later, found.account, lines)),
  };
}
