import { DomainError, newId, refuseAll } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import { passVerified } from '@steward/events';
import { requireUploaded } from '@steward/files';
import { authorize, lockAggregate, publish, saveAggregate } from '@steward/service-kit';

import { placeEntity } from '../db/entities.ts';
import { tell } from '../db/notices.ts';
import { passAggregate, passUseEntity } from '../db/pass-entities.ts';
import { passIdByCode } from '../db/pass-queries.ts';
import { passKinds } from '../domain/pass-policy.ts';
import { presentationViolations, presentPass, requireHolding } from '../domain/pass-rules.ts';
import type { Pass, PassDirection } from '../domain/pass.ts';
import type { VerifyPassInput } from '../graphql/generated.ts';

/** The pass of a code, locked: of several guards who hold the same one, the second finds what the first has done. */
async function lockByCode(tx: Tx, { communityId, code }: VerifyPassInput): Promise<Pass> {
  await authorize(tx, { communityId });
  const id = await passIdByCode(tx, communityId, code);
  if (id === null) throw new DomainError('NOT_FOUND', 'PASS_UNKNOWN', { path: 'input.code' });
  return lockAggregate(tx, passAggregate, id);
}

const numberOfGate = async (tx: Tx, id: string | null): Promise<string | null> =>
  id === null ? null : ((await tx.findOneBy(placeEntity, { id }))?.number ?? null);

/** What goes out goes out: items are carried away, everything else comes in unless the guard says otherwise. */
const directionOf = ({ kind }: Pass, asked: PassDirection | null | undefined): PassDirection =>
  asked ?? (kind === 'ITEM_RELEASE' ? 'EXIT' : 'ENTRY');

/** Tells the household that its things left or its guest came, and of a car that was damaged or open (A314). */
async function tellHousehold(tx: Tx, pass: Pass, isUnsound: boolean): Promise<void> {
  const { householdId, kind } = pass;
  if (householdId === null) return;
  if (passKinds[kind].isSingleUse) await tell(tx, pass, { householdId }, 'passUsed', { kind });
  if (isUnsound) await tell(tx, pass, { householdId }, 'vehicleUnsound', {});
}

export async function verifyPass(tx: Tx, input: VerifyPassInput): Promise<{ id: string }> {
  const { now, tenantId, actor } = txScope(tx);
  const { gateId, condition = null } = input;
  const pass = await lockByCode(tx, input);
  requireHolding(pass, now, await numberOfGate(tx, pass.usedGateId));
  const direction = directionOf(pass, input.direction);
  const photoFileIds = input.photoFileIds ?? [];
  const gate = await tx.findOneBy(placeEntity, { id: gateId, communityId: pass.communityId, commonAreaCode: 'GATE' });
  const { isMatching, isShowingPapers } = input;
  const seen = { direction, isMatching, arePapersShown: isShowingPapers ?? false, condition };
  const presented = { ...seen, isGateKnown: gate !== null, photoCount: photoFileIds.length };
  refuseAll(presentationViolations(pass, presented));
  await requireUploaded(tx, photoFileIds, 'photo', 'input.photoFileIds');
  const { isDamaged = null, isLocked = null } = condition ?? {};
  const use = { usedAt: now, gateId, guardId: actor.id, direction, isDamaged, isLocked, photoFileIds };
  const note = { action: 'verifyPass', rule: passKinds[pass.kind].rule };
  const saved = await saveAggregate(tx, passAggregate, pass, presentPass(pass, { at: now, gateId }), note);
  await tx.insert(passUseEntity, { id: newId(), tenantId, passId: pass.id, ...use });
  const isUsedUp = saved.status === 'USED';
  const data = { passId: pass.id, usedAt: now.toISOString(), gateId, guardId: actor.id, direction, isUsedUp };
  publish(tx, saved, passVerified, { ...data, condition: condition === null ? null : { ...condition } });
  await tellHousehold(tx, saved, condition !== null && (condition.isDamaged || !condition.isLocked));
  return { id: pass.id };
}
