import { DomainError } from '@steward/core';
import type { Tx } from '@steward/db';
import { createWechatPay, type PaymentProvider } from '@steward/payments';
import { unseal } from '@steward/service-kit';

import {
  formerProviderAccountEntity,
  providerAccountEntity,
  type FormerProviderAccount,
  type ProviderAccount,
} from '../db/counter-entities.ts';

/** Clients by account and the time it was set: they hold the provider's certificates. */
const clients = new Map<string, PaymentProvider>();

/** Where the provider tells what became of an order or a refund. */
export const notifyUrl = ({ notifyOrigin, tenantId, communityId }: ProviderAccount): string =>
  `${notifyOrigin}/hooks/billing/wechat-pay/${tenantId}/${communityId}`;

export const accountAtProvider = (tx: Tx, communityId: string): Promise<ProviderAccount | null> =>
  tx.findOneBy(providerAccountEntity, { communityId });

/** Merchants that a community had before, the last of them first. */
export const formerAccounts = (tx: Tx, communityId: string): Promise<FormerProviderAccount[]> =>
  tx.find(formerProviderAccountEntity, { where: { communityId }, order: { untilAt: 'DESC' } });

/** The account of a merchant that a community has, or had; without one named, of the one it has. */
async function accountOf(tx: Tx, communityId: string, merchantId: string | null): Promise<ProviderAccount | null> {
  const account = await accountAtProvider(tx, communityId);
  if (merchantId === null || account?.merchantId === merchantId) return account;
  return (await formerAccounts(tx, communityId)).find((one) => one.merchantId === merchantId) ?? null;
}

export type AtProvider = { provider: PaymentProvider; account: ProviderAccount };

/** The provider as a community's merchant, the one of an order where that is named; null where it has no account. */
export async function providerOf(
  tx: Tx,
  communityId: string,
  merchantId: string | null = null,
): Promise<AtProvider | null> {
  const account = await accountOf(tx, communityId, merchantId);
  return account === null ? null : clientOf(tx, account);
}

/** The provider as a merchant. */
export function clientOf(tx: Tx, account: ProviderAccount): AtProvider {
  const key = `${account.communityId}/${account.merchantId}/${account.setAt.toISOString()}`;
  const known = clients.get(key);
  if (known !== undefined) return { provider: known, account };
  const provider = createWechatPay({
    origin: account.apiOrigin,
    appId: account.appId,
    merchantId: account.merchantId,
    serialNumber: account.serialNumber,
    privateKey: unseal(tx, account.privateKeySealed),
    apiKey: unseal(tx, account.apiKeySealed),
  });
  clients.set(key, provider);
  return { provider, account };
}

export async function requireProvider(tx: Tx, communityId: string): Promise<ProviderAccount> {
  const account = await accountAtProvider(tx, communityId);
  if (account !== null) return account;
  throw new DomainError('CONFLICT', 'PROVIDER_NOT_SET', { path: 'input.communityId' });
}
