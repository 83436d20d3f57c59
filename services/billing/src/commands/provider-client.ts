import { DomainError } from '@steward/core';
import type { Tx } from '@steward/db';
import { createWechatPay, type PaymentProvider } from '@steward/payments';
import { unseal } from '@steward/service-kit';

import { providerAccountEntity, type ProviderAccount } from '../db/counter-entities.ts';

/** Clients by account and the time it was set: they hold the provider's certificates. */
const clients = new Map<string, PaymentProvider>();

/** Where the provider tells what became of an order or a refund. */
export const notifyUrl = ({ notifyOrigin, tenantId, communityId }: ProviderAccount): string =>
  `${notifyOrigin}/hooks/billing/wechat-pay/${tenantId}/${communityId}`;

export const accountAtProvider = (tx: Tx, communityId: string): Promise<ProviderAccount | null> =>
  tx.findOneBy(providerAccountEntity, { communityId });

/** The provider as a community's merchant; null where it has no account. */
export async function providerOf(
  tx: Tx,
  communityId: string,
): Promise<{ provider: PaymentProvider; account: ProviderAccount } | null> {
  const account = await accountAtProvider(tx, communityId);
  if (account === null) return null;
  const key = `${communityId}/${account.setAt.toISOString()}`;
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

export async function requireProvider(tx: Tx, communityId: string): Promise<void> {
  if ((await accountAtProvider(tx, communityId)) === null)
    throw new DomainError('CONFLICT', 'PROVIDER_NOT_SET', { path: 'input.communityId' });
}
