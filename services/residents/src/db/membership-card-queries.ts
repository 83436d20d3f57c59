import { rows, txScope, type Tx } from '@steward/db';
import type { Order } from '@steward/service-kit';
import { In } from 'typeorm';

import type { Standing } from '../domain/membership-card-rules.ts';
import type { MembershipCard } from '../domain/membership-card.ts';
import type { MembershipCardFilter, MembershipCardOrder } from '../graphql/generated.ts';
import { membershipCardEntity } from './membership-card-entities.ts';
import { holdsToday, todayOf } from './visible-queries.ts';

export const membershipCardOrders: Record<MembershipCardOrder, Order> = {
  CREATED_AT_DESC: { property: 'createdAt', direction: 'DESC' },
};

export function membershipCardQuery(tx: Tx, filter: MembershipCardFilter) {
  const query = tx.createQueryBuilder(membershipCardEntity, 'm');
  if (filter.communityId != null) query.andWhere('m.community_id = :communityId', { communityId: filter.communityId });
  if (filter.tier != null) query.andWhere('m.tier = any(:tier)', { tier: filter.tier });
  if (filter.status != null) query.andWhere('m.status = any(:status)', { status: filter.status });
  if (filter.personId != null) query.andWhere('m.person_id = :personId', { personId: filter.personId });
  if (filter.organisationId != null)
    query.andWhere('m.organisation_id = :organisationId', { organisationId: filter.organisationId });
  return query;
}

type Holder = Pick<MembershipCard, 'communityId' | 'personId' | 'organisationId'>;

/** What somebody is in a community today: their households, since when, and the units that these hold. */
export const standingOf = (tx: Tx, { communityId, personId, organisationId }: Holder): Promise<Standing[]> =>
  rows<Standing>(
    tx,
    `select h.is_key_account as "isKeyAccount", max(${todayOf('$4')} - m.valid_from)::int as days,
            (select count(distinct t.unit_id)::int from household_holding t
              where t.household_id = h.id and ${holdsToday('t', '$4')}) as "unitCount"
       from household_membership m join household h on h.id = m.household_id join community c on c.id = h.community_id
      where h.community_id = $1 and (m.person_id = $2 or m.organisation_id = $3) and ${holdsToday('m', '$4')}
      group by h.id, h.is_key_account, c.time_zone`,
    [communityId, personId, organisationId, txScope(tx).now],
  );

/** Their household in the community: of several a key account's first, then the one they have been in longest. */
export async function householdOfHolder(tx: Tx, holder: Holder): Promise<string | null> {
  const { communityId, personId, organisationId } = holder;
  const [found] = await rows<{ id: string }>(
    tx,
    `select h.id from household_membership m
       join household h on h.id = m.household_id join community c on c.id = h.community_id
      where h.community_id = $1 and (m.person_id = $2 or m.organisation_id = $3) and ${holdsToday('m', '$4')}
      order by h.is_key_account desc, m.valid_from, h.id limit 1`,
    [communityId, personId, organisationId, txScope(tx).now],
  );
  return found?.id ?? null;
}

/** Whether the holder has such a card, or has applied for it. */
export function isCardHeld(tx: Tx, card: Holder & Pick<MembershipCard, 'tier'>): Promise<boolean> {
  const { communityId, personId, organisationId, tier } = card;
  const holder = personId === null ? { organisationId: organisationId ?? '' } : { personId };
  return tx.existsBy(membershipCardEntity, { communityId, tier, ...holder, status: In(['APPLIED', 'ACTIVE']) });
}
