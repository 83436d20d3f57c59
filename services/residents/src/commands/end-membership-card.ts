import { DomainError } from '@steward/core';
import type { Tx } from '@steward/db';
import { membershipCardEnded } from '@steward/events';
import { publish, saveAggregate } from '@steward/service-kit';

import { membershipCardAggregate } from '../db/membership-card-entities.ts';
import { endCardReasons } from '../domain/membership-card-policy.ts';
import { membershipCardRules } from '../domain/membership-card-rules.ts';
import type { EndMembershipCardInput } from '../graphql/generated.ts';
import { cancelCardTimers, lockMembershipCard } from './lock-membership-card.ts';

const rule = 'A302';

export async function endMembershipCard(tx: Tx, input: EndMembershipCardInput): Promise<{ id: string }> {
  const action = 'endMembershipCard';
  const card = await lockMembershipCard(tx, input, action);
  const { reasonCode } = input;
  if (!endCardReasons.includes(reasonCode))
    throw new DomainError('BAD_USER_INPUT', 'REASON_UNKNOWN', { path: 'input.reasonCode', rule });
  const ended = { ...membershipCardRules.moveTo(card, action, 'ENDED'), reasonCode };
  const saved = await saveAggregate(tx, membershipCardAggregate, card, ended, { action, reason: reasonCode, rule });
  publish(tx, saved, membershipCardEnded, { cardId: saved.id, reasonCode });
  await cancelCardTimers(tx, saved.id);
  return { id: saved.id };
}
