import { refuseAll } from '@steward/core';
import type { Tx } from '@steward/db';
import { rentalMandateTermsChanged } from '@steward/events';
import { publish, saveAggregate } from '@steward/service-kit';

import { loadCommunity } from '../db/community-queries.ts';
import { rentalMandateAggregate } from '../db/rental-mandate-entities.ts';
import { withChanges } from '../domain/descriptive.ts';
import { termViolations } from '../domain/rental-mandate-rules.ts';
import type { ChangeRentalMandateTermsInput } from '../graphql/generated.ts';
import { lockRentalMandate, termLimits } from './lock-rental-mandate.ts';

export async function changeRentalMandateTerms(tx: Tx, input: ChangeRentalMandateTermsInput): Promise<{ id: string }> {
  const action = 'changeRentalMandateTerms';
  const mandate = await lockRentalMandate(tx, input, action);
  const changed = withChanges(mandate, {
    askingAmount: input.askingAmount ?? undefined,
    commissionShare: input.commissionShare ?? undefined,
    leastMonths: input.leastMonths,
    validTo: input.validTo ?? undefined,
  });
  const community = await loadCommunity(tx, mandate.communityId);
  refuseAll(termViolations(changed, await termLimits(tx, community, mandate.kind)));
  const saved = await saveAggregate(tx, rentalMandateAggregate, mandate, changed, { action, rule: 'A226' });
  publish(tx, saved, rentalMandateTermsChanged, { mandateId: saved.id });
  return { id: saved.id };
}
