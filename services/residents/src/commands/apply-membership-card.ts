import { DomainError, newId, refuseAll, type Violation } from '@steward/core';
import type { Tx } from '@steward/db';
import { membershipCardApplied } from '@steward/events';
import { authorize, insertAggregate, lockNaturalKeys, nextNumber, publish, resolvePolicy } from '@steward/service-kit';

import { findManagedCommunity } from '../db/community-queries.ts';
import { organisationEntity, personEntity } from '../db/entities.ts';
import { membershipCardAggregate } from '../db/membership-card-entities.ts';
import { ofCard } from '../db/membership-card-subject-queries.ts';
import { householdOfHolder, isCardHeld } from '../db/membership-card-queries.ts';
import { membershipCardNumberPrefix, membershipCardPolicy } from '../domain/membership-card-policy.ts';
import type { ApplyMembershipCardInput } from '../graphql/generated.ts';
import { judgeEligibility } from './lock-membership-card.ts';
import { startClock } from './procedure-clocks.ts';

const rule = 'A302';

const notYet = { status: 'APPLIED', issuedAt: null, validTo: null, profileSealed: null, reasonCode: null } as const;

type Applicant = { personId: string | null; organisationId: string | null };

async function applicantViolations(tx: Tx, { personId, organisationId }: Applicant): Promise<Violation[]> {
  const path = 'input.personId';
  if ((personId === null) === (organisationId === null)) return [{ path, reason: 'APPLICANT_REQUIRED', rule }];
  if (personId !== null)
    return (await tx.existsBy(personEntity, { id: personId })) ? [] : [{ path, reason: 'PERSON_UNKNOWN', rule }];
  const isKnown = await tx.existsBy(organisationEntity, { id: organisationId ?? '' });
  return isKnown ? [] : [{ path: 'input.organisationId', reason: 'ORGANISATION_UNKNOWN', rule }];
}

export async function applyMembershipCard(tx: Tx, input: ApplyMembershipCardInput): Promise<{ id: string }> {
  const { communityId, tier, personId = null, organisationId = null } = input;
  const applicant = { communityId, personId, organisationId };
  await authorize(tx, ofCard(applicant));
  const community = await findManagedCommunity(tx, communityId);
  if (community === null) throw new DomainError('BAD_USER_INPUT', 'COMMUNITY_UNKNOWN', { path: 'input.communityId' });
  refuseAll(await applicantViolations(tx, applicant));
  await lockNaturalKeys(tx, `membership-card/${personId ?? organisationId ?? ''}`);
  const asked = { ...applicant, tier };
  const held = (await isCardHeld(tx, asked)) ? [{ path: 'input.tier', reason: 'CARD_HELD', rule }] : [];
  refuseAll([...held, ...(await judgeEligibility(tx, asked))]);
  const number = await nextNumber(tx, communityId, membershipCardNumberPrefix, community.timeZone);
  const fresh = { id: newId(), number, ...asked, ...notYet };
  const card = await insertAggregate(tx, membershipCardAggregate, fresh, { action: 'applyMembershipCard', rule });
  const householdId = await householdOfHolder(tx, asked);
  publish(tx, card, membershipCardApplied, { cardId: card.id, tier, personId, organisationId, householdId });
  const figures = await resolvePolicy(tx, membershipCardPolicy, communityId);
  const span = { amount: figures.decisionWorkingDays, unit: 'workingDay' } as const;
  const { warnShare, directorShare } = figures;
  const clock = { kind: 'MEMBERSHIP_CARD_DECISION', rule, span, warnShare, directorShare };
  await startClock(tx, membershipCardAggregate, card, clock);
  return { id: card.id };
}
