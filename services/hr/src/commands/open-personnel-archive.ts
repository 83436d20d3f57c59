import { DomainError, endOfLocalDay, newId, refuseAll } from '@steward/core';
import type { Tx } from '@steward/db';
import { personnelArchiveEvents } from '@steward/events';
import {
  authorize,
  cancelDeadlines,
  insertAndTell,
  lockAuthorized,
  lockNaturalKeys,
  managedCommunity,
  meetDeadline,
  nextNumber,
  notify,
  resolvePolicy,
  saveAndTell,
  startDeadline,
  zoneOf,
} from '@steward/service-kit';

import { personnelArchiveAggregate } from '../db/position-aggregates.ts';
import { personnelArchiveEntity } from '../db/position-work-entities.ts';
import { moveBy } from '../domain/duty-transition-rules.ts';
import { archiveFact } from '../domain/position-facts.ts';
import { positionPolicy, positionPrefixes } from '../domain/position-policy.ts';
import { codeViolations } from '../domain/position-rules.ts';
import { missingPapers, requireArchiveStaff, requireLoan } from '../domain/position-work-rules.ts';
import type { PersonnelArchive } from '../domain/position-work.ts';
import type {
  FilePersonnelPapersInput,
  LendPersonnelArchiveInput,
  OpenPersonnelArchiveInput,
  ReturnPersonnelArchiveInput,
  TransferPersonnelArchiveInput,
} from '../graphql/generated.ts';
import { requireStaff } from './register-certificate.ts';
import { todayIn } from './require-authority.ts';

const keeper = { role: 'administrativeSupervisor' } as const;
const director = { role: 'director' } as const;

/** Into the custody of the administration (A012); what is missing has to be there in some days. */
export async function openPersonnelArchive(tx: Tx, input: OpenPersonnelArchiveInput): Promise<{ id: string }> {
  const { communityId, kind, staffId = null } = input;
  await authorize(tx, { communityId });
  const { timeZone: zone } = await managedCommunity(tx, communityId);
  requireArchiveStaff(kind, staffId);
  if (staffId !== null) await requireStaff(tx, staffId);
  const empty = (['label', 'shelf'] as const).filter((field) => input[field].trim() === '');
  refuseAll(empty.map((field) => ({ path: `input.${field}`, reason: 'TEXT_REQUIRED' })));
  await lockNaturalKeys(tx, `personnel-archive/${communityId}`);
  const known = staffId === null ? [] : await tx.findBy(personnelArchiveEntity, { staffId, kind });
  if (known.some(({ status }) => status !== 'TRANSFERRED'))
    throw new DomainError('CONFLICT', 'ARCHIVE_KNOWN', { rule: 'A012' });
  const number = await nextNumber(tx, communityId, positionPrefixes.archive, zone);
  const papers: PersonnelArchive['papers'] = [];
  const content = { papers, missingCodes: missingPapers({ kind, papers }) };
  const what = { kind, staffId, label: input.label.trim(), shelf: input.shelf.trim(), ...content };
  const state = { status: 'KEPT' as const, borrowerId: null, dueOn: null, isIntact: null };
  const note = { action: 'openPersonnelArchive', rule: 'A012' };
  const fresh = { id: newId(), communityId, number, ...what, ...state };
  const told = [personnelArchiveEvents.opened, archiveFact] as const;
  const archive = await insertAndTell(tx, personnelArchiveAggregate, fresh, note, told);
  await startCompletion(tx, archive, zone);
  return { id: archive.id };
}

async function startCompletion(tx: Tx, archive: PersonnelArchive, zone: string): Promise<void> {
  const { archiveCompleteDays: amount } = await resolvePolicy(tx, positionPolicy, archive.communityId);
  const escalations = [
    { afterShare: 1, to: keeper },
    { afterShare: 2, to: director },
  ];
  const clock = { kind: 'ARCHIVE_COMPLETE', rule: 'A012', span: { amount, unit: 'day' as const }, escalations };
  await startDeadline(tx, personnelArchiveAggregate, archive, clock, { zone });
}

export async function filePersonnelPapers(tx: Tx, input: FilePersonnelPapersInput): Promise<{ id: string }> {
  const archive = await lockAuthorized(tx, personnelArchiveAggregate, input);
  const moved = moveBy(archive, 'filePersonnelPapers', 'KEPT');
  const today = await todayIn(tx, archive.communityId);
  const codes = [...archive.papers, ...input.papers].map(({ code }) => code);
  refuseAll([
    ...codeViolations(codes, 'input.papers'),
    ...input.papers
      .filter(({ filedOn }) => filedOn > today)
      .map(() => ({ path: 'input.papers', reason: 'IN_THE_FUTURE' })),
  ]);
  const papers = [...archive.papers, ...input.papers.map(({ code, filedOn }) => ({ code, filedOn }))];
  const missingCodes = missingPapers({ kind: archive.kind, papers });
  const note = { action: 'filePersonnelPapers', rule: 'A012' };
  const told = [personnelArchiveEvents.filed, archiveFact] as const;
  const saved = await saveAndTell(
    tx,
    personnelArchiveAggregate,
    { before: archive, after: { ...moved, papers, missingCodes }, note },
    told,
  );
  if (archive.missingCodes.length > 0 && missingCodes.length === 0) await meetDeadline(tx, saved, 'ARCHIVE_COMPLETE');
  return { id: saved.id };
}

export async function lendPersonnelArchive(tx: Tx, input: LendPersonnelArchiveInput): Promise<{ id: string }> {
  const { borrowerId, dueOn } = input;
  const archive = await lockAuthorized(tx, personnelArchiveAggregate, input);
  const moved = moveBy(archive, 'lendPersonnelArchive', 'LENT');
  await requireStaff(tx, borrowerId, 'input.borrowerId');
  const { archiveLoanDays } = await resolvePolicy(tx, positionPolicy, archive.communityId);
  requireLoan(dueOn, await todayIn(tx, archive.communityId), archiveLoanDays);
  const note = { action: 'lendPersonnelArchive', rule: 'A012' };
  const told = [personnelArchiveEvents.lent, archiveFact] as const;
  const saved = await saveAndTell(
    tx,
    personnelArchiveAggregate,
    { before: archive, after: { ...moved, borrowerId, dueOn }, note },
    told,
  );
  const zone = await zoneOf(tx, archive.communityId);
  // The last day counts to its end.
  const span = { dueAt: endOfLocalDay(dueOn, zone) };
  const escalations = [
    { afterShare: 1, to: { staffId: borrowerId } },
    { afterShare: 1, to: keeper },
  ];
  const clock = { kind: 'ARCHIVE_RETURN', rule: 'A012', span, escalations };
  await startDeadline(tx, personnelArchiveAggregate, saved, clock, { zone });
  return { id: saved.id };
}

/** Back on its shelf; what did not come back is missing again. */
export async function returnPersonnelArchive(tx: Tx, input: ReturnPersonnelArchiveInput): Promise<{ id: string }> {
  const archive = await lockAuthorized(tx, personnelArchiveAggregate, input);
  const moved = moveBy(archive, 'returnPersonnelArchive', 'KEPT');
  const lost = input.lostPaperCodes ?? [];
  refuseAll(codeViolations([...new Set(lost)], 'input.lostPaperCodes'));
  const papers = archive.papers.filter(({ code }) => !lost.includes(code));
  const isIntact = papers.length === archive.papers.length;
  const missingCodes = missingPapers({ kind: archive.kind, papers });
  const after = { ...moved, papers, missingCodes, isIntact, borrowerId: null, dueOn: null };
  const note = { action: 'returnPersonnelArchive', rule: 'A012' };
  const told = [personnelArchiveEvents.returned, archiveFact] as const;
  const saved = await saveAndTell(tx, personnelArchiveAggregate, { before: archive, after, note }, told);
  await meetDeadline(tx, saved, 'ARCHIVE_RETURN');
  const { communityId, number, id: aggregateId } = saved;
  if (!isIntact) {
    await notify(tx, { communityId, to: director, template: 'archiveDamaged', params: { number }, aggregateId });
    if (archive.missingCodes.length === 0 && missingCodes.length > 0)
      await startCompletion(tx, saved, await zoneOf(tx, communityId));
  }
  return { id: saved.id };
}

/** Handed on for good, complete. */
export async function transferPersonnelArchive(tx: Tx, input: TransferPersonnelArchiveInput): Promise<{ id: string }> {
  const archive = await lockAuthorized(tx, personnelArchiveAggregate, input);
  const after = moveBy(archive, 'transferPersonnelArchive', 'TRANSFERRED');
  if (archive.missingCodes.length > 0)
    throw new DomainError('CONFLICT', 'ARCHIVE_INCOMPLETE', {
      rule: 'A012',
      params: { missing: archive.missingCodes.join(', ') },
    });
  const note = { action: 'transferPersonnelArchive', rule: 'A012' };
  const told = [personnelArchiveEvents.transferred, archiveFact] as const;
  const saved = await saveAndTell(tx, personnelArchiveAggregate, { before: archive, after, note }, told);
  await cancelDeadlines(tx, saved, 'ARCHIVE_COMPLETE');
  return { id: saved.id };
}
