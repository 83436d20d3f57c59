import { DomainError } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import { authorize, managedCommunity, seal } from '@steward/service-kit';

import { formerProviderAccountEntity, providerAccountEntity } from '../db/counter-entities.ts';
import { isWorkOpen, nameMerchant } from '../db/provider-queries.ts';
import { checkProviderSettings, providerOrigin } from '../domain/provider-rules.ts';
import type { SetProviderAccountInput } from '../graphql/generated.ts';
import { accountAtProvider } from './provider-client.ts';

/** What somebody pays on a code of the merchant before would reach nobody: nothing of it may be open, new keys apart. */
async function requireNoOpenWork(tx: Tx, communityId: string, merchantId: string): Promise<void> {
  const before = await accountAtProvider(tx, communityId);
  if (before === null || before.merchantId === merchantId) return;
  if (await isWorkOpen(tx, communityId, txScope(tx).now))
    throw new DomainError('CONFLICT', 'PROVIDER_WORK_OPEN', { path: 'input.merchantId' });
}

/** The merchant before is kept: what was paid to it goes back through it, and its last day is compared. */
async function keepFormer(tx: Tx, communityId: string, merchantId: string): Promise<void> {
  const before = await accountAtProvider(tx, communityId);
  if (before === null || before.merchantId === merchantId) return;
  const former = { ...before, untilAt: txScope(tx).now };
  await tx.upsert(formerProviderAccountEntity, former, { conflictPaths: ['communityId', 'merchantId'] });
  await nameMerchant(tx, communityId, before.merchantId);
}

/** A community's merchant account; the keys are sealed here and never shown again. */
export async function setProviderAccount(tx: Tx, input: SetProviderAccountInput): Promise<{ communityId: string }> {
  const { communityId, appId, merchantId, serialNumber, notifyOrigin } = input;
  const apiOrigin = input.apiOrigin ?? providerOrigin;
  await authorize(tx, { communityId });
  await managedCommunity(tx, communityId);
  checkProviderSettings({ ...input, apiOrigin }, process.env['NODE_ENV'] === 'production');
  await requireNoOpenWork(tx, communityId, merchantId);
  await keepFormer(tx, communityId, merchantId);
  const { tenantId, now: setAt } = txScope(tx);
  const keys = { privateKeySealed: seal(tx, input.privateKey), apiKeySealed: seal(tx, input.apiKey) };
  const account = { communityId, tenantId, appId, merchantId, serialNumber, apiOrigin, notifyOrigin, setAt, ...keys };
  await tx.upsert(providerAccountEntity, account, { conflictPaths: ['communityId'] });
  return { communityId };
}
