import { DomainError, isId, newId, refuseAll, refuseTooMany } from '@steward/core';
import type { Tx } from '@steward/db';
import { staffPostAssigned, staffRegistered, staffTradesChanged } from '@steward/events';
import {
  authorize,
  insertAggregates,
  lockNaturalKeys,
  publish,
  refusalOf,
  type RefusalValue,
} from '@steward/service-kit';

import { staffAggregate } from '../db/aggregates.ts';
import { loadDirectory } from '../db/directory-queries.ts';
import { staffContact } from '../db/sealed-contact.ts';
import { findKnownStaff, insertPosts } from '../db/staff-queries.ts';
import { departmentCodeOf, type Directory } from '../domain/post-rules.ts';
import { postFact, staffFact, tradesFact } from '../domain/staff-facts.ts';
import { importLimits } from '../domain/staff-policy.ts';
import { communitiesOf, judgeStaffRow, type StaffImportRow } from '../domain/staff-import-rules.ts';
import type { PostTerms, Staff } from '../domain/staff.ts';
import type { RegisterStaffInput } from '../graphql/generated.ts';
import { startPositionDays } from './follow-position-day.ts';
import { hireJudge } from './require-authority.ts';

/** The answer to one row: the staff member it stands for, or why it was refused. */
export type StaffRowAnswer = { index: number; isNew: boolean; id: string | null; refusal: RefusalValue | null };

type Entry = { id: string; row: StaffImportRow; posts: PostTerms[] };
type Known = { ids: Set<string>; byNumber: Map<string, string> };

export async function registerStaff(tx: Tx, { rows }: RegisterStaffInput): Promise<{ results: StaffRowAnswer[] }> {
  refuseTooMany(rows.length, importLimits.rows.value, 'input.rows');
  const communityIds = [...new Set(rows.flatMap(communitiesOf))];
  const denied = await deniedCommunities(tx, communityIds);
  await lockNaturalKeys(tx, 'staff');
  const directory = await loadDirectory(tx, communityIds);
  const known = await knownStaff(tx, rows);
  const judgeHire = await hireJudge(tx, communityIds);
  const entries: Entry[] = [];
  const results = rows.map((row, index): StaffRowAnswer => {
    const id = known.byNumber.get(row.number);
    if (id !== undefined) return { index, isNew: false, id, refusal: null };
    const refusal = refusalOf(() => {
      entries.push(judge(row, { directory, known, denied, judgeHire }, `input.rows.${index}`));
    });
    if (refusal !== null) return { index, isNew: false, id: null, refusal };
    return { index, isNew: true, id: entries.at(-1)?.id ?? null, refusal };
  });
  await enter(tx, entries, directory);
  for (const communityId of communityIds) await startPositionDays(tx, communityId);
  return { results };
}

/** Communities in which the caller may enter nobody, with the refusal. */
async function deniedCommunities(tx: Tx, communityIds: string[]): Promise<Map<string, DomainError>> {
  const denied = new Map<string, DomainError>();
  for (const communityId of communityIds) {
    await authorize(tx, { communityId }).catch((error: unknown) => {
      if (!(error instanceof DomainError)) throw error;
      denied.set(communityId, error);
    });
  }
  return denied;
}

async function knownStaff(tx: Tx, staff: readonly StaffImportRow[]): Promise<Known> {
  const ids = staff.flatMap(({ id }) => (id != null && isId(id) ? [id] : []));
  const found = await findKnownStaff(
    tx,
    staff.map(({ number }) => number),
    ids,
  );
  return { ids: new Set(found.map(({ id }) => id)), byNumber: new Map(found.map(({ id, number }) => [number, id])) };
}

type Judging = {
  directory: Directory;
  known: Known;
  denied: Map<string, DomainError>;
  judgeHire: (row: StaffImportRow) => void;
};

function judge(row: StaffImportRow, { directory, known, denied, judgeHire }: Judging, path: string): Entry {
  for (const communityId of communitiesOf(row)) {
    const refusal = denied.get(communityId);
    if (refusal !== undefined) throw refusal;
  }
  const { posts, violations } = judgeStaffRow(row, directory, path);
  if (row.id != null && !isId(row.id)) violations.push({ path: `${path}.id`, reason: 'ID_MALFORMED' });
  if (row.id != null && known.ids.has(row.id)) violations.push({ path: `${path}.id`, reason: 'ID_TAKEN' });
  refuseAll(violations);
  judgeHire(row);
  const id = row.id ?? newId();
  known.ids.add(id);
  known.byNumber.set(row.number, id);
  return { id, row, posts };
}

const fresh = (tx: Tx, { id, row }: Entry): Omit<Staff, 'tenantId' | 'version' | 'createdAt'> => ({
  id,
  communityId: row.communityId,
  number: row.number,
  ...staffContact(tx, row),
  status: 'EMPLOYED',
  employedOn: row.employedOn,
  leftOn: null,
  leavingReasonCode: null,
  tradeCodes: [...new Set(row.tradeCodes ?? [])].sort(),
  dutyFrom: null,
  dutyTo: null,
});

/** Inserts in two statements, whatever the number of rows. */
async function enter(tx: Tx, entries: Entry[], directory: Directory): Promise<void> {
  const inserted = await insertAggregates(
    tx,
    staffAggregate,
    entries.map((entry) => fresh(tx, entry)),
    {
      action: 'registerStaff',
    },
  );
  const posts = await insertPosts(
    tx,
    entries.flatMap(({ id, posts: terms }) => terms.map((one) => ({ ...one, staffId: id }))),
  );
  for (const staff of inserted) {
    publish(tx, staff, staffRegistered, staffFact(staff));
    if (staff.tradeCodes.length > 0) publish(tx, staff, staffTradesChanged, tradesFact(staff));
    for (const post of posts.filter(({ staffId }) => staffId === staff.id)) {
      publish(tx, staff, staffPostAssigned, postFact(post, departmentCodeOf(directory, post.departmentId)));
    }
  }
}
