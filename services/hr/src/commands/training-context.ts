import { DomainError, type Violation } from '@steward/core';
import type { Tx } from '@steward/db';
import { invocationOf, managedCommunity } from '@steward/service-kit';

import { departmentEntity, teamEntity } from '../db/entities.ts';
import { leavesOfStaff } from '../db/leave-queries.ts';
import { controlledDocumentEntity } from '../db/training-entities.ts';
import { employedAmong } from '../db/training-queries.ts';
import { attendanceViolations, missingAnswers } from '../domain/training-rules.ts';
import type { AttendanceAnswer, TrainingKind } from '../domain/training.ts';

/** A department by its code. */
export async function departmentNamed(tx: Tx, code: string): Promise<{ id: string; number: string }> {
  const department = await tx.findOneBy(departmentEntity, { number: code });
  if (department !== null) return department;
  throw new DomainError('BAD_USER_INPUT', 'DEPARTMENT_UNKNOWN', { path: 'input.departmentCode' });
}

/** The code of a department, by which its leaders are told. */
export async function departmentCode(tx: Tx, id: string | null): Promise<{ departmentCode?: string }> {
  if (id === null) return {};
  return { departmentCode: (await tx.findOneByOrFail(departmentEntity, { id })).number };
}

/** A team of the community; null where none is asked for. */
export async function teamNamed(
  tx: Tx,
  communityId: string,
  id: string | null | undefined,
): Promise<{ id: string; departmentId: string } | null> {
  if (id == null) return null;
  const team = await tx.findOneBy(teamEntity, { id, communityId });
  if (team !== null) return team;
  throw new DomainError('BAD_USER_INPUT', 'TEAM_UNKNOWN', { path: 'input.teamId' });
}

export const zoneOfManaged = async (tx: Tx, communityId: string): Promise<string> =>
  (await managedCommunity(tx, communityId)).timeZone;

/** Who of the named does not work for the company, each by the path at which it was named. */
export async function strangers(tx: Tx, named: readonly { staffId: string; path: string }[]): Promise<Violation[]> {
  const known = await employedAmong(
    tx,
    named.map(({ staffId }) => staffId),
  );
  return named
    .filter(({ staffId }) => !known.has(staffId))
    .map(({ staffId, path }) => ({ path, reason: 'STAFF_UNKNOWN', params: { staffId } }));
}

/** A session of kind STANDARD explains a document in force, the others none. */
export async function documentViolation(
  tx: Tx,
  { kind, documentId = null }: { kind: TrainingKind; documentId?: string | null },
  path: string,
): Promise<Violation[]> {
  if ((kind === 'STANDARD') !== (documentId !== null)) return [{ path, reason: 'DOCUMENT_NOT_FITTING', rule: 'A329' }];
  if (documentId === null) return [];
  const document = await tx.findOneBy(controlledDocumentEntity, { id: documentId });
  const isKnown = document !== null && document.versionInForce !== null && document.status !== 'WITHDRAWN';
  return isKnown ? [] : [{ path, reason: 'DOCUMENT_UNKNOWN', params: { documentId } }];
}

/** Roles of who runs the command. */
export const rolesOfViewer = (tx: Tx): readonly string[] => invocationOf(tx).viewer.roles;

type Answer = { staffId: string; answer: AttendanceAnswer };

/**
 * The attendance of a session or meeting, with everything that is wrong with it: everybody expected is named, who is on
 * leave that day is excused by that.
 */
export async function judgeAttendance(
  tx: Tx,
  answers: readonly Answer[],
  { expected, on, rule }: { expected: readonly string[]; on: string; rule: string },
): Promise<{ attendance: Answer[]; violations: Violation[] }> {
  const named = answers.map(({ staffId }) => staffId);
  const leaves = await leavesOfStaff(tx, expected);
  const onLeave = expected.filter((id) =>
    (leaves.get(id) ?? []).some(({ firstDay, lastDay }) => firstDay <= on && on <= lastDay),
  );
  const excused = onLeave
    .filter((staffId) => !named.includes(staffId))
    .map((staffId) => ({ staffId, answer: 'EXCUSED' as const }));
  const violations = [
    ...attendanceViolations(answers, rule),
    ...(await strangers(
      tx,
      named.map((staffId, index) => ({ staffId, path: `input.attendance.${index}.staffId` })),
    )),
    ...missingAnswers(expected, named, onLeave, rule),
  ];
  return { attendance: [...answers, ...excused], violations };
}
