import { refuseAll, refuseTooMany } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import {
  authorize,
  lockNaturalKeys,
  managedCommunity,
  refusalOf,
  resolvePolicy,
  type RefusalValue,
} from '@steward/service-kit';

import { addedCodes } from '../db/catalog-queries.ts';
import { findBySource, sourceKey } from '../db/complaint-queries.ts';
import { findPlaces } from '../db/reference-queries.ts';
import { sealedRecord } from '../db/sealed-record.ts';
import { catalogOf, type Catalog, type Category } from '../domain/complaint-catalog.ts';
import { bulkLimits, externalAgencyChannel, limitPolicy } from '../domain/complaint-policy.ts';
import { gradeOf } from '../domain/grading-rules.ts';
import { intakeViolations, placeViolations, sourceOf, sourceWarnings } from '../domain/intake-rules.ts';
import type { Reported } from '../domain/new-complaint.ts';
import type { CommunityReference, PlaceReference } from '../domain/references.ts';
import type { ImportComplaintRow, ImportComplaintsInput } from '../graphql/generated.ts';
import { enterComplaints } from './enter-complaints.ts';

/** What became of a row. */
export type ImportedRow = {
  index: number;
  isNew: boolean;
  id: string | null;
  warnings: string[];
  refusal: RefusalValue | null;
};

type Judged = { answer: ImportedRow; reported: Reported | null };

type Judging = {
  community: CommunityReference;
  places: Map<string, PlaceReference>;
  known: Map<string, string>;
  taken: Set<string>;
  catalog: Catalog;
};

export async function importComplaints(
  tx: Tx,
  { communityId, rows }: ImportComplaintsInput,
): Promise<{ results: ImportedRow[] }> {
  await authorize(tx, { communityId });
  refuseTooMany(rows.length, bulkLimits.importRows.value, 'input.rows');
  const community = await managedCommunity(tx, communityId);
  await lockNaturalKeys(tx, 'complaint-source');
  const placeIds = rows.flatMap(({ placeId }) => placeId ?? []);
  const sources = rows.map(({ source }) => source);
  const judging: Judging = {
    community,
    places: await findPlaces(tx, placeIds),
    known: await findBySource(tx, sources),
    taken: new Set(),
    catalog: catalogOf(await addedCodes(tx, communityId)),
  };
  const judged = rows.map((row, index) => judgeRow(tx, row, index, judging));
  const accepted = judged.filter(({ reported }) => reported !== null);
  const figures = await resolvePolicy(tx, limitPolicy, communityId);
  const entered = accepted.map(({ reported }) => reported as Reported);
  const complaints = await enterComplaints(tx, { action: 'importComplaints', community, figures }, entered);
  accepted.forEach(({ answer }, index) => (answer.id = complaints[index]?.id ?? null));
  return { results: judged.map(({ answer }) => answer) };
}

/** A known row is answered by its complaint, a bad one by its refusal, any other is to be entered. */
function judgeRow(tx: Tx, row: ImportComplaintRow, index: number, judging: Judging): Judged {
  const warnings = sourceWarnings(row.source);
  const id = judging.known.get(sourceKey(row.source));
  if (id !== undefined) return { answer: { index, isNew: false, id, warnings, refusal: null }, reported: null };
  let reported: Reported | null = null;
  const refusal = refusalOf(() => {
    reported = reportedBy(tx, row, judging);
  });
  return { answer: { index, isNew: reported !== null, id: null, warnings, refusal }, reported };
}

function reportedBy(tx: Tx, row: ImportComplaintRow, judging: Judging): Reported {
  const { community, places, taken, catalog } = judging;
  const place = row.placeId == null ? undefined : places.get(row.placeId);
  const key = sourceKey(row.source);
  const channelCode = externalAgencyChannel;
  refuseAll([
    ...placeViolations(row.placeId, place, community.id),
    ...intakeViolations({ ...row, channelCode, hasPlace: row.placeId != null }, catalog),
    ...(taken.has(key) ? [{ path: 'input.source.key', reason: 'SOURCE_REPEATED', rule: 'A032' }] : []),
  ]);
  taken.add(key);
  const category = catalog.categories.get(row.categoryCode) as Category;
  // Our clocks run from the import; the other agency's times stay source fields.
  const { now } = txScope(tx);
  return {
    nature: row.nature ?? 'COMPLAINT',
    grade: gradeOf(row.grade, category.grade, []),
    effects: [],
    channelCode,
    categoryCode: category.code,
    departmentCode: category.departmentCode,
    departmentCodes: [category.departmentCode],
    place: place ?? null,
    householdId: null,
    complainantId: null,
    respondentId: null,
    receivedAt: now,
    occurredAt: now,
    wantedUntil: null,
    isHarmOngoing: false,
    isAgitated: false,
    record: sealedRecord(tx, row),
    source: sourceOf(row.source),
  };
}
