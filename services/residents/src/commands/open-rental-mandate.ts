import { DomainError, newId, refuseAll } from '@steward/core';
import type { Tx } from '@steward/db';
import { rentalMandateOpened } from '@steward/events';
import { authorize, insertAggregate, lockNaturalKeys, nextNumber, publish } from '@steward/service-kit';

import { findManagedCommunity } from '../db/community-queries.ts';
import { rentalMandateAggregate } from '../db/rental-mandate-entities.ts';
import { isMandated, ownershipOf } from '../db/rental-mandate-queries.ts';
import { rentalMandateNumberPrefix } from '../domain/rental-mandate-policy.ts';
import { principalViolations, termViolations } from '../domain/rental-mandate-rules.ts';
import type { OpenRentalMandateInput } from '../graphql/generated.ts';
import { termLimits } from './lock-rental-mandate.ts';

const rule = 'A226';

const notYet = {
  status: 'DRAFT',
  signedAt: null,
  mandateFileId: null,
  agreedAmount: null,
  concludedOn: null,
  contractFileId: null,
  commissionAmount: null,
  commissionState: 'NONE',
  chargeId: null,
  reasonCode: null,
} as const;

export async function openRentalMandate(tx: Tx, input: OpenRentalMandateInput): Promise<{ id: string }> {
  const { communityId, kind, unitId, householdId = null, developerId = null, askingAmount, validTo } = input;
  await authorize(tx, { communityId });
  const community = await findManagedCommunity(tx, communityId);
  if (community === null) throw new DomainError('BAD_USER_INPUT', 'COMMUNITY_UNKNOWN', { path: 'input.communityId' });
  await lockNaturalKeys(tx, `rental-mandate/${unitId}`);
  const limits = await termLimits(tx, community, kind);
  const commissionShare = input.commissionShare ?? String(limits.mostShare);
  const principal = { communityId, unitId, householdId, developerId };
  refuseAll([
    ...principalViolations(principal, await ownershipOf(tx, principal)),
    ...termViolations({ askingAmount, commissionShare, validTo }, limits),
  ]);
  if (await isMandated(tx, { unitId, kind }))
    throw new DomainError('CONFLICT', 'UNIT_MANDATED', { path: 'input.unitId', rule });
  const number = await nextNumber(tx, communityId, rentalMandateNumberPrefix, community.timeZone);
  const terms = { askingAmount, currency: community.currency, commissionShare, validTo };
  const fresh = {
    id: newId(),
    number,
    kind,
    ...principal,
    ...terms,
    leastMonths: input.leastMonths ?? null,
    ...notYet,
  };
  const mandate = await insertAggregate(tx, rentalMandateAggregate, fresh, { action: 'openRentalMandate', rule });
  publish(tx, mandate, rentalMandateOpened, { mandateId: mandate.id, kind, unitId, householdId, developerId });
  return { id: mandate.id };
}
