import { DomainError, newId, refuseAll } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import { broadcastScriptDrafted } from '@steward/events';
import { authorize, insertAggregate, nextNumber, publish } from '@steward/service-kit';

import { broadcastScriptAggregate } from '../db/broadcast-script-entities.ts';
import { findManagedCommunity } from '../db/community-queries.ts';
import { placeEntity } from '../db/entities.ts';
import { broadcastScriptNumberPrefix } from '../domain/broadcast-script-policy.ts';
import { textViolations } from '../domain/text-rules.ts';
import type { DraftBroadcastScriptInput } from '../graphql/generated.ts';

const rule = 'A309';

const notYet = { status: 'DRAFT', times: [], weekdays: [], validFrom: null, validTo: null, reasonCode: null } as const;

export async function draftBroadcastScript(tx: Tx, input: DraftBroadcastScriptInput): Promise<{ id: string }> {
  const { communityId, kind, placeId = null, title, text } = input;
  await authorize(tx, { communityId });
  const community = await findManagedCommunity(tx, communityId);
  if (community === null) throw new DomainError('BAD_USER_INPUT', 'COMMUNITY_UNKNOWN', { path: 'input.communityId' });
  const isPlace = placeId === null || (await tx.existsBy(placeEntity, { id: placeId, communityId }));
  const unknown = isPlace ? [] : [{ path: 'input.placeId', reason: 'PLACE_UNKNOWN', rule }];
  refuseAll([...unknown, ...textViolations(title, 'input.title'), ...textViolations(text, 'input.text')]);
  const number = await nextNumber(tx, communityId, broadcastScriptNumberPrefix, community.timeZone);
  const written = { title: title.trim(), text: text.trim(), writtenBy: txScope(tx).actor.sub };
  const fresh = { id: newId(), communityId, number, kind, placeId, ...written, ...notYet, times: [], weekdays: [] };
  const script = await insertAggregate(tx, broadcastScriptAggregate, fresh, { action: 'draftBroadcastScript', rule });
  publish(tx, script, broadcastScriptDrafted, { scriptId: script.id, kind, placeId });
  return { id: script.id };
}
