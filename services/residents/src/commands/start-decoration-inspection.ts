import { DomainError } from '@steward/core';
import type { Tx } from '@steward/db';
import { lockAuthorized } from '@steward/service-kit';

import { loadCommunity, todayIn } from '../db/community-queries.ts';
import { decorationAggregate } from '../db/decoration-aggregates.ts';
import { hasOpenInspection } from '../db/decoration-queries.ts';
import { decorationProcedure } from '../domain/decoration-transition-rules.ts';
import type { StartDecorationInspectionInput } from '../graphql/generated.ts';
import { openDecorationInspection } from './open-decoration-inspection.ts';

/** Takes a unit under way up on a patrol (A313). */
export async function startDecorationInspection(
  tx: Tx,
  input: StartDecorationInspectionInput,
): Promise<{ id: string }> {
  const decoration = await lockAuthorized(tx, decorationAggregate, { id: input.decorationId });
  decorationProcedure.requireAction(decoration, 'startDecorationInspection');
  if (await hasOpenInspection(tx, decoration.id))
    throw new DomainError('CONFLICT', 'INSPECTION_OPEN', { rule: 'A313' });
  const community = await loadCommunity(tx, decoration.communityId);
  const opening = { origin: 'PATROL' as const, day: todayIn(tx, community), zone: community.timeZone };
  const { id } = await openDecorationInspection(tx, decoration.id, opening);
  return { id };
}
