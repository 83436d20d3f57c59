import type { Tx } from '@steward/db';
import { membershipCardExpired } from '@steward/events';
import { lockAggregate, publish, saveAggregate, type DueTimer } from '@steward/service-kit';

import { loadCommunity, todayIn } from '../db/community-queries.ts';
import { membershipCardAggregate } from '../db/membership-card-entities.ts';
import { tell } from '../db/notices.ts';
import { hasExpired } from '../domain/membership-card-rules.ts';

/** Timer: a card ends soon; its holder is told. */
export async function remindOfCard(tx: Tx, due: DueTimer): Promise<void> {
  const card = await lockAggregate(tx, membershipCardAggregate, due.aggregateId ?? '');
  const { status, personId, tier, validTo } = card;
  if (status !== 'ACTIVE') return;
  const to = personId === null ? ({ role: 'clerk', departmentCode: 'CUSTOMER_SERVICE' } as const) : { personId };
  await tell(tx, card, to, 'membershipCardEnds', { tier, validTo });
}

/** Timer: a card no longer holds. */
export async function expireCard(tx: Tx, due: DueTimer): Promise<void> {
  const card = await lockAggregate(tx, membershipCardAggregate, due.aggregateId ?? '');
  if (!hasExpired(card, todayIn(tx, await loadCommunity(tx, card.communityId)))) return;
  const note = { action: 'expireMembershipCard', rule: 'A302' };
  const saved = await saveAggregate(tx, membershipCardAggregate, card, { ...card, status: 'EXPIRED' }, note);
  publish(tx, saved, membershipCardExpired, { cardId: saved.id });
}
