import { DomainError, isId, isTimeZone, newId, refuseAll } from '@steward/core';
import type { Tx } from '@steward/db';
import { communityRegistered } from '@steward/events';
import { authorize, insertAggregate, lockNaturalKeys, publish } from '@steward/service-kit';

import { communityAggregate } from '../db/aggregates.ts';
import { findCommunitiesLike, isCompanyKnown } from '../db/community-queries.ts';
import { communityFact } from '../domain/community-facts.ts';
import { communityViolations } from '../domain/community-rules.ts';
import type { RegisterCommunityInput } from '../graphql/generated.ts';

/** The schema's defaults, which the generated type of an input leaves optional. */
type Input = RegisterCommunityInput & Required<Pick<RegisterCommunityInput, 'timeZone' | 'locale' | 'currency'>>;

export async function registerCommunity(tx: Tx, input: RegisterCommunityInput): Promise<{ id: string }> {
  const { code, timeZone, locale, currency, address, builtAreaM2 } = input as Input;
  await authorize(tx, {});
  refuseAll(communityViolations(input as Input, { isId, isTimeZone }));
  await lockNaturalKeys(tx, 'community');
  if (!(await isCompanyKnown(tx))) throw new DomainError('CONFLICT', 'COMPANY_UNKNOWN');
  const id = input.id ?? newId();
  const known = await findCommunitiesLike(tx, { id, number: code });
  if (known.some(({ number }) => number === code)) {
    throw new DomainError('CONFLICT', 'COMMUNITY_CODE_TAKEN', { path: 'input.code' });
  }
  if (known.length > 0) throw new DomainError('CONFLICT', 'ID_TAKEN', { path: 'input.id' });
  const fresh = {
    id,
    communityId: id,
    number: code,
    name: input.name.trim(),
    address: address?.trim() ?? null,
    timeZone,
    locale,
    currency,
    builtAreaM2: builtAreaM2 ?? null,
    status: 'ACTIVE' as const,
  };
  const community = await insertAggregate(tx, communityAggregate, fresh, { action: 'registerCommunity', rule: 'A201' });
  publish(tx, community, communityRegistered, communityFact(community));
  return { id };
}
