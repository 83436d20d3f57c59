import { addDays, localDate, startOfLocalDay, type Violation } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import { cancelScheduled, lockAuthorized, resolvePolicy, schedule } from '@steward/service-kit';

import { loadCommunity } from '../db/community-queries.ts';
import { membershipCardAggregate } from '../db/membership-card-entities.ts';
import { standingOf } from '../db/membership-card-queries.ts';
import {
  cardExpiryTimer,
  cardReminderTimer,
  membershipCardPolicy,
  type membershipCardTransitions,
} from '../domain/membership-card-policy.ts';
import { eligibilityViolations, membershipCardRules } from '../domain/membership-card-rules.ts';
import type { MembershipCard } from '../domain/membership-card.ts';

/** A card for an action that its state allows, to whoever may do it. */
export async function lockMembershipCard(
  tx: Tx,
  input: { id: string; expectedVersion?: number | null },
  action: keyof typeof membershipCardTransitions,
): Promise<MembershipCard> {
  const card = await lockAuthorized(tx, membershipCardAggregate, input);
  membershipCardRules.requireAction(card, action);
  return card;
}

type Asked = Pick<MembershipCard, 'communityId' | 'tier' | 'personId' | 'organisationId'>;

/** What speaks against the card today. */
export async function judgeEligibility(tx: Tx, card: Asked): Promise<Violation[]> {
  const figures = await resolvePolicy(tx, membershipCardPolicy, card.communityId);
  const standing = await standingOf(tx, card);
  const isOrganisation = card.organisationId !== null;
  return eligibilityViolations({ tier: card.tier, isOrganisation, standing, figures });
}

/** The end of a term that begins today, or where the present one ends. */
export async function endOfTerm(tx: Tx, { communityId, validTo }: MembershipCard): Promise<string> {
  const { timeZone } = await loadCommunity(tx, communityId);
  const { validDays } = await resolvePolicy(tx, membershipCardPolicy, communityId);
  const today = localDate(txScope(tx).now, timeZone);
  return addDays(validTo !== null && validTo > today ? validTo : today, validDays);
}

/** Reminder and end of a term; those of the term before are taken back. */
export async function setCardTimers(tx: Tx, { id, communityId, validTo }: MembershipCard): Promise<void> {
  await cancelCardTimers(tx, id);
  if (validTo === null) return;
  const { timeZone } = await loadCommunity(tx, communityId);
  const { reminderDays } = await resolvePolicy(tx, membershipCardPolicy, communityId);
  const of = { aggregateId: id, communityId };
  const remindAt = startOfLocalDay(addDays(validTo, -reminderDays), timeZone);
  if (remindAt > txScope(tx).now) await schedule(tx, { kind: cardReminderTimer, dueAt: remindAt, ...of });
  await schedule(tx, { kind: cardExpiryTimer, dueAt: startOfLocalDay(validTo, timeZone), ...of });
}

export async function cancelCardTimers(tx: Tx, id: string): Promise<void> {
  for (const timer of [cardReminderTimer, cardExpiryTimer]) await cancelScheduled(tx, id, timer);
}
