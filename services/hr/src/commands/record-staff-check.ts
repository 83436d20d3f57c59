import { DomainError, localDate } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import { staffCheckEvents } from '@steward/events';
import { requireUploaded } from '@steward/files';
import {
  checkItems,
  lockAuthorized,
  meetDeadline,
  notify,
  openItems,
  resolvePolicy,
  saveAndTell,
  seal,
  sealOptional,
  startDeadline,
  zoneOf,
} from '@steward/service-kit';

import { staffCheckAggregate } from '../db/conduct-aggregates.ts';
import { conductRecordEntity } from '../db/pay-entities.ts';
import { postsHeldOn, type HeldPost } from '../db/staff-check-queries.ts';
import { checkFact } from '../domain/conduct-facts.ts';
import { conductPolicy, groomingFault, staffCheckLists } from '../domain/conduct-policy.ts';
import type { StaffCheck } from '../domain/conduct.ts';
import { moveBy, requireReason } from '../domain/duty-transition-rules.ts';
import { pointsOf } from '../domain/leave-rules.ts';
import { requireFewPhotos, requireHead, requireOthersCheck, requireWriteUp } from '../domain/staff-check-rules.ts';
import type {
  AgreeStaffCheckRectificationInput,
  RecheckStaffCheckInput,
  RecordStaffCheckInput,
  SkipStaffCheckInput,
  StaffCheckResultInput,
} from '../graphql/generated.ts';
import { viewerStaffId } from './open-staff-check.ts';
import { completeRound } from './open-staff-check-round.ts';
import { bookConduct } from './record-staff-conduct.ts';
import { requireStaff } from './register-certificate.ts';

const rectificationClock = 'RECTIFICATION';

type Looked = { unchecked: string[]; failed: string[] };

/** Keeps results; answers what of the list was not looked at and what is not in order. */
async function keepResults(tx: Tx, check: StaffCheck, given: readonly StaffCheckResultInput[]): Promise<Looked> {
  const results = given.map(({ code, isPassed }) => ({
    code,
    result: isPassed ? ('PASS' as const) : ('FAIL' as const),
  }));
  const [unknown] = await checkItems(tx, check.id, check.kind, results);
  if (unknown !== undefined)
    throw new DomainError('BAD_USER_INPUT', 'CHECK_UNKNOWN', { path: 'input.results', params: { code: unknown } });
  const open = await openItems(tx, check.id, check.kind);
  const looked = new Set(given.map(({ code }) => code));
  return {
    unchecked: open.filter(({ code }) => !looked.has(code)).map(({ code }) => code),
    failed: open.filter(({ code }) => looked.has(code)).map(({ code }) => code),
  };
}

/** The pictures of a check with those that are added, each once. */
async function withPhotos(tx: Tx, { photoFileIds }: StaffCheck, added: readonly string[]): Promise<string[]> {
  const photos = [...new Set([...photoFileIds, ...added])];
  requireFewPhotos(photos);
  await requireUploaded(tx, [...new Set(added)], 'photo', 'input.photoFileIds');
  return photos;
}

async function lockOthersCheck(tx: Tx, input: { id: string; expectedVersion?: number | null }): Promise<StaffCheck> {
  const check = await lockAuthorized(tx, staffCheckAggregate, input);
  requireOthersCheck(check, viewerStaffId(tx));
  return check;
}

/** Writes a check up: every point has a result, and what is not in order goes to the head of the department (B005). */
export async function recordStaffCheck(tx: Tx, input: RecordStaffCheckInput): Promise<{ id: string }> {
  const check = await lockOthersCheck(tx, input);
  const { kind } = check;
  moveBy(check, 'recordStaffCheck', 'PASSED');
  const { unchecked, failed } = await keepResults(tx, check, input.results);
  const findings = input.findings?.trim() ?? '';
  const samples = (input.sampleNumbers ?? []).map((sample) => sample.trim());
  requireWriteUp({ kind, unchecked, failed, findings, samples });
  const hasFindings = failed.length > 0;
  const after = {
    ...moveBy(check, 'recordStaffCheck', hasFindings ? 'FINDINGS' : 'PASSED'),
    sampleNumbers: samples,
    photoFileIds: await withPhotos(tx, check, input.photoFileIds ?? []),
    findingsSealed: sealOptional(tx, findings === '' ? null : findings),
    checkedAt: txScope(tx).now,
  };
  const note = { action: 'recordStaffCheck', rule: staffCheckLists[kind].rule };
  const fact = hasFindings ? staffCheckEvents.found : staffCheckEvents.passed;
  const told = [fact, (row: StaffCheck) => checkFact(row, failed)] as const;
  const saved = await saveAndTell(tx, staffCheckAggregate, { before: check, after, note }, told);
  if (hasFindings) await startRectification(tx, saved);
  if (saved.roundId !== null) await completeRound(tx, saved.roundId);
  return { id: saved.id };
}

const postsOf = async (tx: Tx, { communityId, staffId }: StaffCheck): Promise<HeldPost[]> => {
  const today = localDate(txScope(tx).now, await zoneOf(tx, communityId));
  return staffId === null ? [] : postsHeldOn(tx, communityId, today, [staffId]);
};

/** The head of the department is told at once, and again when nothing has happened in time (B005). */
async function startRectification(tx: Tx, check: StaffCheck): Promise<void> {
  const { communityId, id: aggregateId, number, kind } = check;
  const codes = [...new Set((await postsOf(tx, check)).map(({ departmentCode }) => departmentCode))];
  const heads =
    codes.length === 0
      ? [{ role: 'administrativeSupervisor' as const }]
      : codes.map((departmentCode) => ({ role: 'supervisor' as const, departmentCode }));
  for (const to of heads) {
    await notify(tx, { communityId, to, template: 'checkFindings', params: { number, kind }, aggregateId });
  }
  const { rectificationHours: amount } = await resolvePolicy(tx, conductPolicy, communityId);
  const escalations = [
    ...heads.map((to) => ({ afterShare: 1, to })),
    { afterShare: 2, to: { role: 'director' } as const },
  ];
  const clock = { kind: rectificationClock, rule: 'B005', span: { amount, unit: 'hour' as const }, escalations };
  await startDeadline(tx, staffCheckAggregate, check, clock, { zone: await zoneOf(tx, communityId) });
}

export async function skipStaffCheck(tx: Tx, input: SkipStaffCheckInput): Promise<{ id: string }> {
  const check = await lockOthersCheck(tx, input);
  const skipped = moveBy(check, 'skipStaffCheck', 'SKIPPED');
  const note = { action: 'skipStaffCheck', reason: requireReason(input.reason), rule: 'A308' };
  const saved = await saveAndTell(tx, staffCheckAggregate, { before: check, after: skipped, note }, [
    staffCheckEvents.skipped,
    checkFact,
  ]);
  if (saved.roundId !== null) await completeRound(tx, saved.roundId);
  return { id: saved.id };
}

/** What the head of the department and the checker agreed on (B005). */
export async function agreeStaffCheckRectification(
  tx: Tx,
  input: AgreeStaffCheckRectificationInput,
): Promise<{ id: string }> {
  const { agreedWithId } = input;
  const check = await lockOthersCheck(tx, input);
  const agreed = moveBy(check, 'agreeStaffCheckRectification', 'AGREED');
  const measure = input.measure.trim();
  if (measure === '') throw new DomainError('BAD_USER_INPUT', 'TEXT_REQUIRED', { path: 'input.measure', rule: 'B005' });
  await requireStaff(tx, agreedWithId, 'input.agreedWithId');
  const { communityId, staffId } = check;
  const today = localDate(txScope(tx).now, await zoneOf(tx, communityId));
  const posts = agreedWithId === staffId ? [] : await postsHeldOn(tx, communityId, today, [agreedWithId]);
  const departments = (await postsOf(tx, check)).map(({ departmentId }) => departmentId);
  requireHead(posts, departments);
  const after = { ...agreed, agreedWithId, measureSealed: seal(tx, measure) };
  const note = { action: 'agreeStaffCheckRectification', rule: 'B005' };
  const told = [staffCheckEvents.agreed, checkFact] as const;
  return { id: (await saveAndTell(tx, staffCheckAggregate, { before: check, after, note }, told)).id };
}

/** Looks again at what was not in order; if it still is not, it has to be agreed on anew. */
export async function recheckStaffCheck(tx: Tx, input: RecheckStaffCheckInput): Promise<{ id: string }> {
  const check = await lockOthersCheck(tx, input);
  moveBy(check, 'recheckStaffCheck', 'RECTIFIED');
  const { unchecked, failed } = await keepResults(tx, check, input.results);
  requireWriteUp({ kind: check.kind, unchecked, failed: [], findings: '', samples: check.sampleNumbers });
  const photoFileIds = await withPhotos(tx, check, input.photoFileIds ?? []);
  const note = { action: 'recheckStaffCheck', rule: 'B005' };
  if (failed.length === 0) {
    const rectified = { ...moveBy(check, 'recheckStaffCheck', 'RECTIFIED'), photoFileIds };
    const told = [staffCheckEvents.rectified, checkFact] as const;
    const saved = await saveAndTell(tx, staffCheckAggregate, { before: check, after: rectified, note }, told);
    await meetDeadline(tx, saved, rectificationClock);
    return { id: saved.id };
  }
  const unsettled = { photoFileIds, agreedWithId: null, measureSealed: null };
  const back = { ...moveBy(check, 'recheckStaffCheck', 'FINDINGS'), ...unsettled };
  const told = [staffCheckEvents.failed, (row: StaffCheck) => checkFact(row, failed)] as const;
  const saved = await saveAndTell(tx, staffCheckAggregate, { before: check, after: back, note }, told);
  await bookGroomingFault(tx, saved);
  return { id: saved.id };
}

/** Grooming that is not rectified costs its points, once for each check (B041). */
async function bookGroomingFault(tx: Tx, { kind, staffId, communityId, id: sourceId }: StaffCheck): Promise<void> {
  if (kind !== 'GROOMING' || staffId === null || (await tx.existsBy(conductRecordEntity, { sourceId }))) return;
  const occurredOn = localDate(txScope(tx).now, await zoneOf(tx, communityId));
  const points = pointsOf(groomingFault);
  const entry = { staffId, kindCode: groomingFault, points, rewardAmount: null, occurredOn, sourceId };
  await bookConduct(tx, communityId, entry, null);
}
