import { DomainError, refuseAll, type Violation } from '@steward/core';

import type { CommunityReference, Department, Team, TradeReference } from './department.ts';
import { requireAction } from './staff-actions.ts';
import { positionCodes } from './staff-policy.ts';
import type { PostTerms, Staff, StaffPost, StaffRole } from './staff.ts';

/** A post as clients ask for it, by the codes that people know. */
export type PostRequest = {
  communityId: string;
  departmentCode: string;
  teamCode?: string | null;
  positionCode: string;
  role: StaffRole;
  validFrom: string;
  validTo?: string | null;
};

/** What the codes of posts refer to. */
export type Directory = {
  communities: readonly CommunityReference[];
  departments: readonly Department[];
  teams: readonly Team[];
  /** Trades that the communities added to the built-in ones. */
  trades: readonly TradeReference[];
  /** The catalogue of the company; what it says of a built-in position goes before. */
  positions?: readonly { number: string; status: string }[];
};

export const isManaged = (directory: Directory, communityId: string): boolean =>
  directory.communities.some(({ id, status }) => id === communityId && status === 'ACTIVE');

export const departmentOf = (directory: Directory, code: string): Department | undefined =>
  directory.departments.find(({ number }) => number === code);

export const teamOf = (directory: Directory, communityId: string, code: string): Team | undefined =>
  directory.teams.find((team) => team.communityId === communityId && team.number === code);

/** A position that can be given: in use in the catalogue, or built in and not in it. */
function isPositionKnown({ positions = [] }: Directory, code: string): boolean {
  const found = positions.find(({ number }) => number === code);
  return found === undefined ? positionCodes.includes(code) : found.status === 'ACTIVE';
}

/** The code of a department that is known to be in the directory. */
export function departmentCodeOf(directory: Directory, departmentId: string): string {
  const department = directory.departments.find(({ id }) => id === departmentId);
  if (department === undefined) throw new Error(`no department ${departmentId}`);
  return department.number;
}

type Holder = { employedOn: string; posts: readonly PostTerms[] };
type DayRange = { validFrom: string; validTo: string | null };

/** Half-open ranges of days share at least one; an open end reaches for ever, an empty range nothing. */
export const daysOverlap = (a: DayRange, b: DayRange): boolean =>
  ![a, b].some((range) => range.validFrom === range.validTo) &&
  (b.validTo === null || a.validFrom < b.validTo) &&
  (a.validTo === null || b.validFrom < a.validTo);

export const isHeldOn = (range: DayRange, day: string): boolean =>
  range.validFrom <= day && (range.validTo === null || day < range.validTo);

/** The terms of a post and everything that is wrong with them; they are whole only where nothing is. */
export function judgePost(
  request: PostRequest,
  holder: Holder,
  directory: Directory,
  path: string,
): { terms: PostTerms; violations: Violation[] } {
  const violations = [...rangeViolations(request, holder, path)];
  const refuse = (field: string, reason: string): void => void violations.push({ path: `${path}.${field}`, reason });
  const { communityId, departmentCode, teamCode = null, positionCode, role, validFrom, validTo = null } = request;
  const department = departmentOf(directory, departmentCode);
  const team = teamCode === null ? null : teamOf(directory, communityId, teamCode);
  if (!isManaged(directory, communityId)) refuse('communityId', 'COMMUNITY_UNKNOWN');
  if (department === undefined) refuse('departmentCode', 'DEPARTMENT_UNKNOWN');
  if (team === undefined) refuse('teamCode', 'TEAM_UNKNOWN');
  else if (team !== null && team.departmentId !== department?.id) refuse('teamCode', 'TEAM_OF_OTHER_DEPARTMENT');
  if (!isPositionKnown(directory, positionCode)) refuse('positionCode', 'POSITION_UNKNOWN');
  const terms: PostTerms = {
    communityId,
    departmentId: department?.id ?? '',
    teamId: team?.id ?? null,
    positionCode,
    role,
    validFrom,
    validTo,
  };
  if (holder.posts.some((post) => isSamePost(post, terms) && daysOverlap(post, terms)))
    refuse('validFrom', 'POST_OVERLAPS');
  return { terms, violations };
}

/** The terms of a post that is given to somebody who is employed. */
export function givePost(
  staff: Staff,
  posts: readonly PostTerms[],
  request: PostRequest,
  directory: Directory,
): PostTerms {
  requireAction(staff, 'assignStaffPost');
  const { terms, violations } = judgePost(request, { employedOn: staff.employedOn, posts }, directory, 'input');
  refuseAll(violations);
  return terms;
}

function rangeViolations(
  { validFrom, validTo = null }: PostRequest,
  { employedOn }: Holder,
  path: string,
): Violation[] {
  const violations: Violation[] = [];
  if (validTo !== null && validTo <= validFrom) violations.push({ path: `${path}.validTo`, reason: 'RANGE_EMPTY' });
  if (validFrom < employedOn) violations.push({ path: `${path}.validFrom`, reason: 'POST_BEFORE_EMPLOYMENT' });
  return violations;
}

const isSamePost = (a: PostTerms, b: PostTerms): boolean =>
  a.communityId === b.communityId && a.departmentId === b.departmentId && a.positionCode === b.positionCode;

/** The post with its first day no longer held; that of a post still to come may be its first day: it is never taken up. */
export function endPost(staff: Staff, posts: readonly StaffPost[], postId: string, validTo: string): StaffPost {
  requireAction(staff, 'endStaffPost');
  const post = posts.find((one) => one.id === postId);
  if (post === undefined) throw new DomainError('NOT_FOUND', 'POST_UNKNOWN', { path: 'input.postId' });
  if (post.validTo !== null && post.validTo <= validTo) {
    throw new DomainError('CONFLICT', 'POST_ALREADY_ENDED', { params: { validTo: post.validTo } });
  }
  if (validTo < post.validFrom) throw new DomainError('BAD_USER_INPUT', 'RANGE_EMPTY', { path: 'input.validTo' });
  return { ...post, validTo };
}
