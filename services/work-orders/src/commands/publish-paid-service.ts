import { DomainError, newId } from '@steward/core';
import type { Tx } from '@steward/db';
import { paidServicePublished } from '@steward/events';
import { authorize, insertAggregate, managedCommunity, publish, saveAggregate } from '@steward/service-kit';

import { paidServiceAggregate } from '../db/aggregates.ts';
import { addedCodes, lockService } from '../db/catalog-queries.ts';
import { departmentsOf } from '../db/department-queries.ts';
import { requireServiceTerms } from '../domain/catalog-rules.ts';
import type { PaidService } from '../domain/quote-rules.ts';
import { catalogOf } from '../domain/work-order-catalog.ts';
import { paidServiceFact } from '../domain/catalog-facts.ts';
import type { PublishPaidServiceInput } from '../graphql/generated.ts';

const note = { action: 'publishPaidService', rule: 'A005' };

/** Refuses the version of a service that somebody replaced meanwhile, or that does not exist yet. */
function requireVersion(known: PaidService | null, expected: number | null | undefined): void {
  if (expected == null || known?.version === expected) return;
  throw new DomainError('CONFLICT', 'STALE_VERSION', { params: { expected, actual: known?.version ?? 0 } });
}

export async function publishPaidService(tx: Tx, input: PublishPaidServiceInput): Promise<{ id: string }> {
  await authorize(tx, { communityId: input.communityId });
  const community = await managedCommunity(tx, input.communityId);
  const catalog = catalogOf(await addedCodes(tx, community.id));
  requireServiceTerms(input, catalog, await departmentsOf(tx, community.id, catalog));
  const { code, tradeCode, departmentCode, unitPriceAmount } = input;
  const names = { nameZh: input.nameZh.trim(), nameEn: input.nameEn.trim(), unit: input.unit.trim() };
  const terms = { ...names, tradeCode, departmentCode, unitPriceAmount, currency: community.currency, retiredAt: null };
  const known = await lockService(tx, { communityId: community.id, code });
  requireVersion(known, input.expectedVersion);
  const fresh = { id: newId(), communityId: community.id, number: code, ...terms };
  const service =
    known === null
      ? await insertAggregate(tx, paidServiceAggregate, fresh, note)
      : await saveAggregate(tx, paidServiceAggregate, known, { ...known, ...terms }, note);
  publish(tx, service, paidServicePublished, paidServiceFact(service));
  return { id: service.id };
}
