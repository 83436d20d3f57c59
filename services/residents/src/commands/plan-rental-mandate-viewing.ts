import { DomainError, startOfLocalDay } from '@steward/core';
import type { Tx } from '@steward/db';
import { rentalMandateViewingPlanned } from '@steward/events';
import { publish, saveAggregate } from '@steward/service-kit';

import { loadCommunity } from '../db/community-queries.ts';
import { rentalMandateAggregate } from '../db/rental-mandate-entities.ts';
import { insertViewing } from '../db/rental-mandate-queries.ts';
import type { PlanRentalMandateViewingInput } from '../graphql/generated.ts';
import { lockRentalMandate } from './lock-rental-mandate.ts';
import { planEscortedAccess } from './plan-escorted-access.ts';

const rule = 'A226';

/** Nobody is shown a unit alone: the viewing is an escorted access, with an escort, checks and a pass of its own (B006). */
export async function planRentalMandateViewing(tx: Tx, input: PlanRentalMandateViewingInput): Promise<{ id: string }> {
  const action = 'planRentalMandateViewing';
  const mandate = await lockRentalMandate(tx, input, action);
  const { communityId, unitId } = mandate;
  const { timeZone } = await loadCommunity(tx, communityId);
  const { visitorName, visitorCount, validFrom, validTo } = input;
  if (validTo > startOfLocalDay(mandate.validTo, timeZone))
    throw new DomainError('BAD_USER_INPUT', 'VIEWING_AFTER_MANDATE', { path: 'input.validTo', rule });
  const who = { visitorName, visitorCount, validFrom, validTo };
  const access = await planEscortedAccess(tx, { communityId, unitId, kind: 'VIEWING', ...who });
  const saved = await saveAggregate(tx, rentalMandateAggregate, mandate, mandate, { action, rule });
  await insertViewing(tx, mandate.id, access.id);
  publish(tx, saved, rentalMandateViewingPlanned, { mandateId: mandate.id, escortedAccessId: access.id });
  return { id: mandate.id };
}
