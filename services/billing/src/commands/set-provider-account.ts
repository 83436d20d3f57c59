import { txScope, type Tx } from '@steward/db';
import { authorize, managedCommunity, seal } from '@steward/service-kit';

import { providerAccountEntity } from '../db/counter-entities.ts';
import { checkProviderSettings, providerOrigin } from '../domain/provider-rules.ts';
import type { SetProviderAccountInput } from '../graphql/generated.ts';

/** A community's merchant account; the keys are sealed here and never shown again. */
export async function setProviderAccount(tx: Tx, input: SetProviderAccountInput): Promise<{ communityId: string }> {
  const { communityId, appId, merchantId, serialNumber, notifyOrigin } = input;
  const apiOrigin = input.apiOrigin ?? providerOrigin;
  await authorize(tx, { communityId });
  await managedCommunity(tx, communityId);
  checkProviderSettings({ ...input, apiOrigin }, process.env['NODE_ENV'] === 'production');
  const { tenantId, now: setAt } = txScope(tx);
  const keys = { privateKeySealed: seal(tx, input.privateKey), apiKeySealed: seal(tx, input.apiKey) };
  const account = { communityId, tenantId, appId, merchantId, serialNumber, apiOrigin, notifyOrigin, setAt, ...keys };
  await tx.upsert(providerAccountEntity, account, { conflictPaths: ['communityId'] });
  return { communityId };
}
