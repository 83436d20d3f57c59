import { refuseAll } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import { membershipCardIssued } from '@steward/events';
import { meetDeadline, publish, saveAggregate } from '@steward/service-kit';

import { membershipCardAggregate } from '../db/membership-card-entities.ts';
import { tell } from '../db/notices.ts';
import { membershipCardRules } from '../domain/membership-card-rules.ts';
import type { IssueMembershipCardInput } from '../graphql/generated.ts';
import { endOfTerm, judgeEligibility, lockMembershipCard, setCardTimers } from './lock-membership-card.ts';

/** Who applied may have left since: eligibility is judged again (A302). */
export async function issueMembershipCard(tx: Tx, input: IssueMembershipCardInput): Promise<{ id: string }> {
  const action = 'issueMembershipCard';
  const card = await lockMembershipCard(tx, input, action);
  refuseAll(await judgeEligibility(tx, card));
  const validTo = await endOfTerm(tx, card);
  const issued = { ...membershipCardRules.moveTo(card, action, 'ACTIVE'), issuedAt: txScope(tx).now, validTo };
  const saved = await saveAggregate(tx, membershipCardAggregate, card, issued, { action, rule: 'A302' });
  const { id: cardId, tier, personId } = saved;
  publish(tx, saved, membershipCardIssued, { cardId, tier, validTo });
  await meetDeadline(tx, saved, 'MEMBERSHIP_CARD_DECISION');
  await setCardTimers(tx, saved);
  if (personId !== null) await tell(tx, saved, { personId }, 'membershipCardIssued', { tier, validTo });
  return { id: saved.id };
}
