import { DomainError } from '@steward/core';
import type { Tx } from '@steward/db';
import { apportionmentReversed } from '@steward/events';
import { lockAuthorized, saveAndTell } from '@steward/service-kit';

import { areSharesCharged } from '../db/apportionment-queries.ts';
import { apportionmentAggregate } from '../db/charging-aggregates.ts';
import { lockLines } from '../db/charge-run-queries.ts';
import { apportionmentSteps } from '../domain/apportionment-terms.ts';
import type { ReverseApportionmentInput } from '../graphql/generated.ts';
import { apportionmentFact } from './apportionment-facts.ts';

export async function reverseApportionment(tx: Tx, input: ReverseApportionmentInput): Promise<{ id: string }> {
  const before = await lockAuthorized(tx, apportionmentAggregate, input);
  const after = apportionmentSteps.move(before, 'reverseApportionment');
  // No run makes lines of the shares from here on.
  await lockLines(tx, before.communityId);
  if (await areSharesCharged(tx, before.id)) throw new DomainError('CONFLICT', 'SHARES_CHARGED', { rule: 'A014' });
  const note = { action: 'reverseApportionment', rule: 'A014' };
  await saveAndTell(tx, apportionmentAggregate, { before, after, note }, [apportionmentReversed, apportionmentFact]);
  return { id: before.id };
}
