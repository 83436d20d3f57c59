import { addDays, refuseAll } from '@steward/core';
import type { Tx } from '@steward/db';
import { membershipCardIssued } from '@steward/events';
import { publish, resolvePolicy, saveAggregate } from '@steward/service-kit';

import { loadCommunity, todayIn } from '../db/community-queries.ts';
import { membershipCardAggregate } from '../db/membership-card-entities.ts';
import { tell } from '../db/notices.ts';
import { membershipCardPolicy } from '../domain/membership-card-policy.ts';
import { membershipCardRules, renewalViolations } from '../domain/membership-card-rules.ts';
import type { RenewMembershipCardInput } from '../graphql/generated.ts';
import { endOfTerm, judgeEligibility, lockMembershipCard, setCardTimers } from './lock-membership-card.ts';

export async function renewMembershipCard(tx: Tx, input: RenewMembershipCardInput): Promise<{ id: string }> {
  const action = 'renewMembershipCard';
  const card = await lockMembershipCard(tx, input, action);
  const { reminderDays } = await resolvePolicy(tx, membershipCardPolicy, card.communityId);
  const today = todayIn(tx, await loadCommunity(tx, card.communityId));
  const renewableFrom = addDays(card.validTo ?? today, -reminderDays);
  refuseAll([...renewalViolations(renewableFrom, today), ...(await judgeEligibility(tx, card))]);
  const validTo = await endOfTerm(tx, card);
  const renewed = { ...membershipCardRules.moveTo(card, action, 'ACTIVE'), validTo };
  const saved = await saveAggregate(tx, membershipCardAggregate, card, renewed, { action, rule: 'A302' });
  const { id: cardId, tier, personId } = saved;
  publish(tx, saved, membershipCardIssued, { cardId, tier, validTo });
  await setCardTimers(tx, saved);
  if (personId !== null) await tell(tx, saved, { personId }, 'membershipCardIssued', { tier, validTo });
  return { id: saved.id };
}
