import { DomainError, refuseAll } from '@steward/core';
import type { Tx } from '@steward/db';

import { positionByCode } from '../db/position-queries.ts';
import { isHandedOver } from '../db/position-work-queries.ts';
import type { PostTerms, StaffPost } from '../domain/staff.ts';
import { requirementViolations } from '../domain/requirement-rules.ts';
import { requirePlanned } from './open-vacancy.ts';
import { proofOf } from './record-staff-qualification.ts';
import { rankOfPosition, requireAuthority } from './require-authority.ts';

type Given = Pick<PostTerms, 'communityId' | 'positionCode' | 'validFrom'> & { staffId: string };

/** Whether the caller may give a post of its rank (A002, A330) and whether who gets it meets the position (A317, B053). */
export async function requireFitForPost(tx: Tx, given: Given, path: string): Promise<void> {
  const { staffId, communityId, positionCode, validFrom: day } = given;
  await requireAuthority(tx, communityId, 'HIRE_STAFF', { rank: await rankOfPosition(tx, positionCode) });
  const position = await positionByCode(tx, positionCode);
  if (position === null) return;
  refuseAll(requirementViolations(position, await proofOf(tx, staffId, day), { rule: position.rule, path, day }));
}

/** Together with who holds the position already, no more than are planned (A203). */
export async function requirePlannedPost(tx: Tx, communityId: string, positionCode: string): Promise<void> {
  const position = await positionByCode(tx, positionCode);
  if (position !== null) await requirePlanned(tx, communityId, position.id, { more: 1, isAdvertised: true });
}

type Held = Pick<StaffPost, 'id' | 'communityId' | 'positionCode'>;

/** Whether the caller may take a post of its rank from somebody (A002, A330). */
export async function requireMayDismiss(tx: Tx, { communityId, positionCode }: Held): Promise<void> {
  await requireAuthority(tx, communityId, 'DISMISS_STAFF', { rank: await rankOfPosition(tx, positionCode) });
}

/** Nobody gives up a post that is handed over before a successor has accepted it (A330). */
export async function requireHandedOver(tx: Tx, { id, positionCode }: Held): Promise<void> {
  const position = await positionByCode(tx, positionCode);
  if (position?.isHandoverRequired !== true || (await isHandedOver(tx, id))) return;
  throw new DomainError('CONFLICT', 'POST_HANDOVER_MISSING', { rule: 'A330', params: { position: positionCode } });
}
