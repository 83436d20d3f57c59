import { newId } from '@steward/core';
import { authorityGrantEvents } from '@steward/events';

import type { TestService } from './test-service.ts';

type GrantData = ReturnType<(typeof authorityGrantEvents.granted)['data']['parse']>;
type Terms = Partial<GrantData> & Pick<GrantData, 'action'>;

const open = { role: null, delegateId: null, belowRank: null, limitAmount: null, validTo: null };

/** Tells of a grant of the authority matrix, or of a delegation, as hr would; the answer takes it back. */
export async function anAuthority(
  service: TestService,
  { tenantId, communityId }: { tenantId: string; communityId: string },
  terms: Terms,
): Promise<{ revoke(): Promise<void> }> {
  const grantId = newId();
  const data: GrantData = { ...open, grantId, communityId, validFrom: '2026-03-02', ...terms };
  const send = async (fact: 'granted' | 'delegated' | 'revoked'): Promise<void> => {
    await service.wire.send(authorityGrantEvents[fact], { tenantId, aggregateId: grantId, data });
    await service.settle();
  };
  await send(data.role === null ? 'delegated' : 'granted');
  return { revoke: () => send('revoked') };
}
