import { DomainError, refuseAll } from '@steward/core';
import { beforeCommit, txScope, type Tx } from '@steward/db';
import { personErased, personErasureCarriedOut, personErasureRejected } from '@steward/events';
import {
  forgetHistory,
  lockAggregate,
  lockAuthorized,
  meetDeadline,
  publish,
  saveAggregate,
  seal,
  sealOptional,
  shortestReason,
} from '@steward/service-kit';

import { personAggregate } from '../db/aggregates.ts';
import { personErasureAggregate } from '../db/person-erasure-entities.ts';
import { eraseFromRegisters, erasePlates, erasureStanding, vacatedHouseholds } from '../db/person-erasure-queries.ts';
import { personIdentity, personPhone } from '../db/sealed-values.ts';
import { erasureDeadline } from '../domain/person-erasure-policy.ts';
import { erasureViolations, requireDecidable } from '../domain/person-erasure-rules.ts';
import type { PersonErasure } from '../domain/person-erasure.ts';
import type { DecidePersonErasureInput } from '../graphql/generated.ts';

const rule = 'B017';
const action = 'decidePersonErasure';

/** Columns whose old values the histories forget. */
const forgotten = [
  'nameMasked',
  'phoneMasked',
  'identityNumberMasked',
  'holderNameMasked',
  'holderPhoneMasked',
  'plateMasked',
  'recipientNameMasked',
];

export async function decidePersonErasure(tx: Tx, input: DecidePersonErasureInput): Promise<{ id: string }> {
  const erasure = await lockAuthorized(tx, personErasureAggregate, input);
  requireDecidable(erasure, txScope(tx).actor.sub);
  if (input.isApproved) await erase(tx, erasure);
  else await reject(tx, erasure, input.note ?? '');
  return { id: erasure.id };
}

const decided = (tx: Tx) => ({ decidedAt: txScope(tx).now, decidedBy: txScope(tx).actor.sub });

async function reject(tx: Tx, erasure: PersonErasure, note: string): Promise<void> {
  if ([...note.trim()].length < shortestReason)
    throw new DomainError('BAD_USER_INPUT', 'REASON_REQUIRED', { path: 'input.note', rule });
  const after = { ...erasure, ...decided(tx), status: 'REJECTED' as const, noteSealed: sealOptional(tx, note.trim()) };
  const saved = await saveAggregate(tx, personErasureAggregate, erasure, after, { action, rule });
  publish(tx, saved, personErasureRejected, { erasureId: saved.id, personId: saved.personId });
  await meetDeadline(tx, saved, erasureDeadline);
}

/** The person becomes a number: memberships, signatures and amounts keep the id, and nothing tells whose it was. */
async function erase(tx: Tx, erasure: PersonErasure): Promise<void> {
  const { personId } = erasure;
  const person = await lockAggregate(tx, personAggregate, personId);
  refuseAll(erasureViolations(await erasureStanding(tx, personId), 'input.id'));
  const { now } = txScope(tx);
  const vacated = await vacatedHouseholds(tx, personId);
  const name = { nameSealed: seal(tx, ''), nameMasked: '***' };
  const bare = {
    ...person,
    ...name,
    ...personPhone(tx, null),
    ...personIdentity(tx, null),
    locale: null,
    erasedAt: now,
  };
  const savedPerson = await saveAggregate(tx, personAggregate, person, bare, { action, reason: erasure.reason, rule });
  publish(tx, savedPerson, personErased, {
    personId,
    erasureId: erasure.id,
    erasedAt: now.toISOString(),
    vacatedHouseholdIds: vacated,
  });
  const touched = await eraseFromRegisters(tx, personId, vacated);
  await erasePlates(tx, vacated);
  // After the history of this very change has been written.
  beforeCommit(tx, () => forgetHistory(tx, [personId, ...touched], forgotten));
  const after = { ...erasure, ...decided(tx), status: 'ERASED' as const };
  const saved = await saveAggregate(tx, personErasureAggregate, erasure, after, { action, rule });
  publish(tx, saved, personErasureCarriedOut, { erasureId: saved.id, personId });
  await meetDeadline(tx, saved, erasureDeadline);
}
