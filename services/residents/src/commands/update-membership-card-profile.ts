import { refuseAll } from '@steward/core';
import type { Tx } from '@steward/db';
import { membershipCardProfileUpdated } from '@steward/events';
import { publish, saveAggregate, seal } from '@steward/service-kit';

import { membershipCardAggregate } from '../db/membership-card-entities.ts';
import { profileViolations } from '../domain/membership-card-rules.ts';
import type { UpdateMembershipCardProfileInput } from '../graphql/generated.ts';
import { lockMembershipCard } from './lock-membership-card.ts';

export async function updateMembershipCardProfile(
  tx: Tx,
  input: UpdateMembershipCardProfileInput,
): Promise<{ id: string }> {
  const action = 'updateMembershipCardProfile';
  const card = await lockMembershipCard(tx, input, action);
  refuseAll(profileViolations(card, input.profile));
  const kept = { ...card, profileSealed: seal(tx, input.profile.trim()) };
  const saved = await saveAggregate(tx, membershipCardAggregate, card, kept, { action, rule: 'A309' });
  publish(tx, saved, membershipCardProfileUpdated, { cardId: saved.id });
  return { id: saved.id };
}
