import type { Violation } from '@steward/core';

import { departmentOf, isManaged, type Directory } from './post-rules.ts';

const codePattern = /^[A-Z][A-Z0-9_]{0,39}$/;

/** What is wrong with a department or team as such; ids that clients bring along are judged by `isId`. */
export function setupViolations(
  input: { id?: string | null; code: string; name: string },
  isId: (text: string) => boolean,
): Violation[] {
  const violations: Violation[] = [];
  if (input.id != null && !isId(input.id)) violations.push({ path: 'input.id', reason: 'ID_MALFORMED' });
  if (!codePattern.test(input.code)) violations.push({ path: 'input.code', reason: 'CODE_MALFORMED' });
  if (input.name.trim() === '') violations.push({ path: 'input.name', reason: 'TEXT_REQUIRED' });
  return violations;
}

/** The department a team belongs to, and what is wrong with what the team refers to. */
export function judgeTeam(
  input: { communityId: string; departmentCode: string },
  directory: Directory,
): { departmentId: string; violations: Violation[] } {
  const violations: Violation[] = [];
  const department = departmentOf(directory, input.departmentCode);
  if (!isManaged(directory, input.communityId))
    violations.push({ path: 'input.communityId', reason: 'COMMUNITY_UNKNOWN' });
  if (department === undefined) violations.push({ path: 'input.departmentCode', reason: 'DEPARTMENT_UNKNOWN' });
  return { departmentId: department?.id ?? '', violations };
}
