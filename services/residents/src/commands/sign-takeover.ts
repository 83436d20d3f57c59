import { refuseAll } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import { takeoverClosed, takeoverSigned } from '@steward/events';
import { requireUploaded } from '@steward/files';
import { lockAuthorized, publish, recordSignature, resolvePolicy, saveAggregate } from '@steward/service-kit';

import { takeoverDocumentKinds } from '../db/file-set-queries.ts';
import { takeoverAggregate } from '../db/takeover-entities.ts';
import { findTakeoverDefects, uncheckedItems } from '../db/takeover-queries.ts';
import { fileSetsPolicy } from '../domain/file-set-policy.ts';
import { judgeFileSet } from '../domain/file-set-rules.ts';
import { openDefects } from '../domain/move-in-rules.ts';
import { takeoverPlace } from '../domain/takeover-facts.ts';
import { takeoverPolicy } from '../domain/takeover-policy.ts';
import { signingGaps, signTakeover as sign } from '../domain/takeover-rules.ts';
import type { Takeover, TakeoverDefect } from '../domain/takeover.ts';
import type { SignTakeoverInput } from '../graphql/generated.ts';
import { startClock } from './procedure-clocks.ts';
import { confirmForProperty } from './sign-procedure.ts';

async function gapsOf(tx: Tx, { id, communityId, placeId }: Takeover) {
  const { TAKEOVER } = await resolvePolicy(tx, fileSetsPolicy, communityId);
  const { missingKindCodes } = judgeFileSet(TAKEOVER, await takeoverDocumentKinds(tx, communityId, placeId));
  return signingGaps(await uncheckedItems(tx, id), missingKindCodes);
}

/** Both sides put their names under what is taken over and what is left over. */
async function recordBoth(tx: Tx, takeover: Takeover, input: SignTakeoverInput, left: readonly TakeoverDefect[]) {
  const leftOver = left.map(({ id, itemCode }) => ({ id, itemCode }));
  const statement = { ...takeoverPlace(takeover), number: takeover.number, leftOver };
  await requireUploaded(tx, [input.signatureFileId], 'signature', 'input.signatureFileId');
  await recordSignature(tx, takeoverAggregate, takeover, {
    role: 'DEVELOPER',
    signerName: input.signerName.trim(),
    imageFileId: input.signatureFileId,
    statement,
  });
  await confirmForProperty(tx, takeoverAggregate, takeover, statement);
}

export async function signTakeover(tx: Tx, input: SignTakeoverInput): Promise<{ id: string }> {
  const takeover = await lockAuthorized(tx, takeoverAggregate, input);
  const { now } = txScope(tx);
  const defects = await findTakeoverDefects(tx, takeover.id);
  const signed = sign(takeover, defects, await gapsOf(tx, takeover), now);
  if (input.signerName.trim() === '')
    refuseAll([{ path: 'input.signerName', reason: 'SIGNER_REQUIRED', rule: 'A215' }]);
  const saved = await saveAggregate(tx, takeoverAggregate, takeover, signed, { action: 'signTakeover', rule: 'A215' });
  const left = openDefects(defects);
  await recordBoth(tx, saved, input, left);
  const at = now.toISOString();
  publish(tx, saved, takeoverSigned, { ...takeoverPlace(saved), signedAt: at, openDefectCount: left.length });
  if (saved.status === 'CLOSED') publish(tx, saved, takeoverClosed, { ...takeoverPlace(saved), closedAt: at });
  else {
    const { remedyDays, ...times } = await resolvePolicy(tx, takeoverPolicy, saved.communityId);
    const span = { amount: remedyDays, unit: 'day' } as const;
    await startClock(tx, takeoverAggregate, saved, { ...times, kind: 'TAKEOVER_REMEDY', rule: 'A215', span });
  }
  return { id: saved.id };
}
