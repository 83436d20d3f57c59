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
import {
  communitiesOfOrders,
  isFirstOfMerchant,
  merchantsOfRefunds,
  providerDay,
  refundsAtProvider,
} from '../db/provider-queries.ts';
import { bankFeeCode } from '../domain/clearing-postings.ts';
import { compareDay } from '../domain/provider-rules.ts';
import { postTransactions } from './post-transactions.ts';
import { accountAtProvider, clientOf, formerAccounts, type AtProvider } from './provider-client.ts';
import { providerNumber } from './send-provider-refund.ts';
import { providerBillTimer, providerRefundTimer } from './provider-timers.ts';

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
  isFormer: boolean,
  lines: readonly BillLine[],
): Promise<BillLine[]> {
  const communities = await communitiesOfOrders(
    tx,
    lines.map(({ orderNumber }) => orderNumber),
  );
  const owner = (await isFirstOfMerchant(tx, merchantId, communityId, isFormer)) ? communityId : null;
  return lines.filter(({ orderNumber }) => (communities.get(orderNumber) ?? owner) === communityId);
}

async function keepBill(
  tx: Tx,
  community: CommunityReference,
  onDay: string,
  lines: readonly BillLine[],
): Promise<void> {
  const { id: communityId, tenantId } = community;
  if ((await tx.countBy(providerBillEntity, { communityId, onDay })) > 0) return;
  const day = await providerDay(tx, rangeOf(community, onDay));
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
  const unknown = differences.filter(({ reason }) => reason === 'NOT_OURS').map(({ number }) => number);
  await askAboutRefunds(tx, communityId, unknown);
  const params = { on: onDay, differences: differences.length };
  await notify(tx, { communityId, to: { role: 'director' }, template: 'providerBillDiffers', params });
}

const rangeOf = ({ id: communityId, timeZone: zone }: CommunityReference, day: string) => ({
  communityId,
  from: startOfLocalDay(day, zone),
  to: startOfLocalDay(addDays(day, 1), zone),
});

/** The merchants whose files a day is in: the community's, and those before that took or gave back money on it. */
async function merchantsOf(tx: Tx, community: CommunityReference, day: string): Promise<AtProvider[]> {
  const account = await accountAtProvider(tx, community.id);
  if (account === null) return [];
  const range = rangeOf(community, day);
  const gaveBack = await merchantsOfRefunds(tx, range);
  const former = (await formerAccounts(tx, community.id)).filter(
    ({ merchantId, untilAt }) =>
      merchantId !== account.merchantId && (untilAt >= range.from || gaveBack.has(merchantId)),
  );
  return [account, ...former].map((one) => clientOf(tx, one));
}

/** A refund that is held to be over and that the file has: the provider is asked, and it is booked or told of. */
async function askAboutRefunds(tx: Tx, communityId: string, numbers: readonly string[]): Promise<void> {
  const dueAt = txScope(tx).now;
  for (const { id: aggregateId, status } of await refundsAtProvider(tx, communityId, numbers))
    if (status === 'REJECTED') await schedule(tx, { kind: providerRefundTimer, communityId, aggregateId, dueAt });
}

/** Timer: fetches the provider's daily file and compares it with our books, line by line. */
export async function compareProviderBill(tx: Tx, due: DueTimer<{ day: string }>): Promise<OutsideWork | null> {
  const community = await findCommunityReference(tx, due.communityId ?? '');
  const { day } = due.payload;
  const merchants = community === null ? [] : await merchantsOf(tx, community, day);
  if (community === null || merchants.length === 0) return null;
  const files: { account: ProviderAccount; isFormer: boolean; lines: BillLine[] }[] = [];
  return {
    carryOut: async () => {
      files.length = 0;
      for (const [index, { provider, account }] of merchants.entries())
        files.push({ account, isFormer: index > 0, lines: await provider.dailyBill(day) });
    },
    keep: async (later) => {
      const lines: BillLine[] = [];
      for (const file of files) lines.push(...(await linesOf(later, file.account, file.isFormer, file.lines)));
      await keepBill(later, community, day, lines);
    },
  };
}
