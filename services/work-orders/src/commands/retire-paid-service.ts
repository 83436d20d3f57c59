import { DomainError } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import { paidServiceRetired } from '@steward/events';
import { lockAuthorized, publish, saveAggregate } from '@steward/service-kit';

import { paidServiceAggregate } from '../db/aggregates.ts';
import { paidServiceFact } from '../domain/catalog-facts.ts';
import type { RetirePaidServiceInput } from '../graphql/generated.ts';

const action = 'retirePaidService';

export async function retirePaidService(tx: Tx, input: RetirePaidServiceInput): Promise<{ id: string }> {
  const known = await lockAuthorized(tx, paidServiceAggregate, input);
  if (known.retiredAt !== null) {
    throw new DomainError('CONFLICT', 'ILLEGAL_TRANSITION', { rule: 'A005', params: { action, status: 'RETIRED' } });
  }
  const retired = { ...known, retiredAt: txScope(tx).now };
  const service = await saveAggregate(tx, paidServiceAggregate, known, retired, { action, rule: 'A005' });
  publish(tx, service, paidServiceRetired, paidServiceFact(service));
  return { id: service.id };
}
