import { DomainError, newId } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import { publishedAccountsPublished } from '@steward/events';
import { authorize, insertAggregate, managedCommunity, nextNumber, publish } from '@steward/service-kit';

import { publishedAccountsAggregate } from '../db/ledger-aggregates.ts';
import { closedToOf, lockChain } from '../db/ledger-queries.ts';
import { incomeAndExpenditure, type AccountSum } from '../db/publication-queries.ts';
import { publishedAccountsEntity, publishedFigureEntity } from '../db/report-entities.ts';
import { numberPrefixes } from '../domain/ledger-policy.ts';
import { checkPublishable, monthAfter } from '../domain/period-rules.ts';
import type { PublishAccountsInput } from '../graphql/generated.ts';

const sumOf = (sums: readonly AccountSum[], isIncome: boolean): number =>
  sums
    .filter(({ accountType }) => (accountType === 'REVENUE') === isIncome)
    .reduce((total, { amount }) => total + amount, 0);

export async function publishAccounts(tx: Tx, input: PublishAccountsInput): Promise<{ id: string }> {
  const { communityId, fromMonth, toMonth } = input;
  await authorize(tx, { communityId });
  const { timeZone, currency } = await managedCommunity(tx, communityId);
  checkPublishable(fromMonth, toMonth, await closedToOf(tx, communityId));
  const days = { startsOn: `${fromMonth}-01`, endsOn: monthAfter(toMonth) };
  if (await tx.existsBy(publishedAccountsEntity, { communityId, ...days }))
    throw new DomainError('CONFLICT', 'PUBLISHED_ALREADY', { rule: 'A003' });
  const { height, hash } = await lockChain(tx, communityId);
  const number = await nextNumber(tx, communityId, numberPrefixes.publishedAccounts, timeZone);
  const fresh = { id: newId(), communityId, number, ...days, currency, height, hash };
  const note = { action: 'publishAccounts', rule: 'A003' };
  const accounts = await insertAggregate(tx, publishedAccountsAggregate, fresh, note);
  const sums = await incomeAndExpenditure(tx, { communityId, ...days });
  const { tenantId } = txScope(tx);
  const figures = sums.map((sum, index) => ({
    ...sum,
    id: newId(),
    tenantId,
    publishedAccountsId: accounts.id,
    position: index + 1,
  }));
  if (figures.length > 0) await tx.insert(publishedFigureEntity, figures);
  publish(tx, accounts, publishedAccountsPublished, {
    publishedAccountsId: accounts.id,
    communityId,
    ...days,
    currency,
    incomeAmount: sumOf(sums, true),
    expenditureAmount: sumOf(sums, false),
    height,
    hash: hash.toString('hex'),
  });
  return { id: accounts.id };
}
