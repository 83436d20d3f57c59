import { DomainError } from '@steward/core';
import type { Tx } from '@steward/db';
import { membershipCardRefused } from '@steward/events';
import { meetDeadline, publish, saveAggregate } from '@steward/service-kit';

import { membershipCardAggregate } from '../db/membership-card-entities.ts';
import { tell } from '../db/notices.ts';
import { refuseCardReasons } from '../domain/membership-card-policy.ts';
import { membershipCardRules } from '../domain/membership-card-rules.ts';
import type { RefuseMembershipCardInput } from '../graphql/generated.ts';
import { lockMembershipCard } from './lock-membership-card.ts';

const rule = 'A302';

export async function refuseMembershipCard(tx: Tx, input: RefuseMembershipCardInput): Promise<{ id: string }> {
  const action = 'refuseMembershipCard';
  const card = await lockMembershipCard(tx, input, action);
  const { reasonCode } = input;
  if (!refuseCardReasons.includes(reasonCode))
    throw new DomainError('BAD_USER_INPUT', 'REASON_UNKNOWN', { path: 'input.reasonCode', rule });
  const refused = { ...membershipCardRules.moveTo(card, action, 'REFUSED'), reasonCode };
  const saved = await saveAggregate(tx, membershipCardAggregate, card, refused, { action, reason: reasonCode, rule });
  publish(tx, saved, membershipCardRefused, { cardId: saved.id, reasonCode });
  await meetDeadline(tx, saved, 'MEMBERSHIP_CARD_DECISION');
  const { personId, tier } = saved;
  if (personId !== null) await tell(tx, saved, { personId }, 'membershipCardRefused', { tier });
  return { id: saved.id };
}
