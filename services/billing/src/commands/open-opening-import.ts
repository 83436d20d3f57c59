import { DomainError, newId, refuseAll } from '@steward/core';
import type { Tx } from '@steward/db';
import { openingImportOpened } from '@steward/events';
import {
  authorize,
  insertAggregate,
  lockNaturalKeys,
  managedCommunity,
  nextNumber,
  publish,
} from '@steward/service-kit';

import { openingImportAggregate } from '../db/charging-aggregates.ts';
import { openingImportEntity } from '../db/charging-entities.ts';
import { chargesPrefixes } from '../domain/charges-policy.ts';
import { openingTotalViolations } from '../domain/opening-rules.ts';
import type { OpenOpeningImportInput } from '../graphql/generated.ts';
import { openingFact } from './opening-facts.ts';

export async function openOpeningImport(tx: Tx, input: OpenOpeningImportInput): Promise<{ id: string }> {
  await authorize(tx, { communityId: input.communityId });
  const { id: communityId, timeZone: zone, currency } = await managedCommunity(tx, input.communityId);
  const { openedOn, arrearsAmount, prepaidAmount, depositAmount, advanceAmount = 0, meterCount } = input;
  const totals = { arrearsAmount, prepaidAmount, depositAmount, advanceAmount, meterCount };
  refuseAll(openingTotalViolations(totals));
  await lockNaturalKeys(tx, 'opening-import');
  if (await tx.existsBy(openingImportEntity, { communityId, status: 'OPEN' })) {
    throw new DomainError('CONFLICT', 'OPENING_UNDER_WAY');
  }
  const number = await nextNumber(tx, communityId, chargesPrefixes.opening, zone);
  const state = { status: 'OPEN' as const, openedOn, currency, closedAt: null };
  const fresh = { ...totals, ...state, id: newId(), communityId, number };
  const row = await insertAggregate(tx, openingImportAggregate, fresh, { action: 'openOpeningImport' });
  publish(tx, row, openingImportOpened, openingFact(row));
  return { id: row.id };
}
