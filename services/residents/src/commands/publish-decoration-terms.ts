import { DomainError, newId, refuseAll } from '@steward/core';
import type { Tx } from '@steward/db';
import { decorationTermsPublished } from '@steward/events';
import { authorize, insertAggregate, lockNaturalKeys, publish } from '@steward/service-kit';

import { findManagedCommunity } from '../db/community-queries.ts';
import { decorationTermsAggregate } from '../db/decoration-aggregates.ts';
import { termsInForce } from '../db/decoration-queries.ts';
import { decorationTermsFact } from '../domain/decoration-facts.ts';
import { publishedTermsViolations } from '../domain/decoration-terms-rules.ts';
import type { PublishDecorationTermsInput } from '../graphql/generated.ts';

/** Hours and prohibitions that hold from now on; who signed an edition before has signed that one (A084). */
export async function publishDecorationTerms(tx: Tx, input: PublishDecorationTermsInput): Promise<{ id: string }> {
  const { communityId, workFrom, workTo, isAllowedAtWeekend, prohibitions } = input;
  await authorize(tx, { communityId });
  if ((await findManagedCommunity(tx, communityId)) === null)
    throw new DomainError('BAD_USER_INPUT', 'COMMUNITY_UNKNOWN', { path: 'input.communityId' });
  const { breakFrom = null, breakTo = null } = input;
  const terms = { workFrom, workTo, breakFrom, breakTo, isAllowedAtWeekend, prohibitions: prohibitions.trim() };
  refuseAll(publishedTermsViolations(terms));
  // Two that publish at once must not both make the same edition.
  await lockNaturalKeys(tx, `decoration-terms/${communityId}`);
  const edition = ((await termsInForce(tx, communityId))?.edition ?? 0) + 1;
  const fresh = { id: newId(), communityId, number: `T${edition}`, edition, ...terms };
  const note = { action: 'publishDecorationTerms', rule: 'A084' };
  const saved = await insertAggregate(tx, decorationTermsAggregate, fresh, note);
  publish(tx, saved, decorationTermsPublished, decorationTermsFact(saved));
  return { id: saved.id };
}
