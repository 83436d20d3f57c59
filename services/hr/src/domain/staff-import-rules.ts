import { type Violation } from '@steward/core';

import { isManaged, judgePost, type Directory, type PostRequest } from './post-rules.ts';
import { contactViolations, tradeViolations } from './staff-rules.ts';
import type { PostTerms } from './staff.ts';

/** One row of an import of staff. */
export type StaffImportRow = {
  id?: string | null;
  number: string;
  name: string;
  phone?: string | null;
  communityId: string;
  employedOn: string;
  tradeCodes?: readonly string[];
  posts?: readonly StaffImportPost[];
};

/** A post in such a row; its community and first day default to those of the employment. */
export type StaffImportPost = Omit<PostRequest, 'communityId' | 'validFrom'> & {
  communityId?: string | null;
  validFrom?: string | null;
};

const postRequest = (row: StaffImportRow, post: StaffImportPost): PostRequest => ({
  ...post,
  communityId: post.communityId ?? row.communityId,
  validFrom: post.validFrom ?? row.employedOn,
});

/** Communities that a row is about. */
export const communitiesOf = (row: StaffImportRow): string[] => [
  ...new Set([row.communityId, ...(row.posts ?? []).map((post) => post.communityId ?? row.communityId)]),
];

const addedTrades = (row: StaffImportRow, directory: Directory) =>
  directory.trades.filter(({ communityId }) => communitiesOf(row).includes(communityId));

/** The posts of a row, or everything that is wrong with it. */
export function judgeStaffRow(
  row: StaffImportRow,
  directory: Directory,
  path: string,
): { posts: PostTerms[]; violations: Violation[] } {
  const violations = [
    ...contactViolations(row, path),
    ...tradeViolations(row.tradeCodes ?? [], addedTrades(row, directory), `${path}.tradeCodes`),
  ];
  if (row.number.trim() === '') violations.push({ path: `${path}.number`, reason: 'TEXT_REQUIRED' });
  if (!isManaged(directory, row.communityId)) {
    violations.push({ path: `${path}.communityId`, reason: 'COMMUNITY_UNKNOWN' });
  }
  const posts: PostTerms[] = [];
  (row.posts ?? []).forEach((post, index) => {
    const holder = { employedOn: row.employedOn, posts };
    const judged = judgePost(postRequest(row, post), holder, directory, `${path}.posts.${index}`);
    posts.push(judged.terms);
    violations.push(...judged.violations);
  });
  return { posts, violations };
}
