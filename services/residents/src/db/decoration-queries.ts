import { newId } from '@steward/core';
import { rows, txScope, type Tx } from '@steward/db';
import { startDeadline, type Aggregate, type AggregateRow } from '@steward/service-kit';

import type { DecorationClock } from '../domain/decoration-deadlines.ts';
import type { Drawable } from '../domain/decoration-inspection-rules.ts';
import type { Decoration, DecorationPapers, DecorationParty, DecorationTerms } from '../domain/decoration.ts';
import {
  decorationAcknowledgementEntity,
  decorationCompletionCheckEntity,
  decorationDocumentEntity,
  decorationEntity,
  decorationInspectionEntity,
  decorationPhotoEntity,
  decorationTermsEntity,
} from './decoration-entities.ts';
import { holdsToday } from './visible-queries.ts';

/** The terms in force in a community; null before the first. */
export const termsInForce = (tx: Tx, communityId: string): Promise<DecorationTerms | null> =>
  tx
    .createQueryBuilder(decorationTermsEntity, 't')
    .where('t.communityId = :communityId', { communityId })
    .orderBy('t.edition', 'DESC')
    .limit(1)
    .getOne();

type OfDecoration<Row> = Row & { decorationId: string };

/** What several applications' rules depend on besides their rows, by their ids. */
export async function papersOf(tx: Tx, ids: readonly string[]): Promise<Map<string, DecorationPapers>> {
  const scanned = await rows<OfDecoration<{ kindCode: string }>>(
    tx,
    `select distinct decoration_id as "decorationId", kind_code as "kindCode" from decoration_document
      where decoration_id = any($1::uuid[]) and file_id is not null order by 1, 2`,
    [ids],
  );
  const acknowledged = await rows<OfDecoration<{ party: DecorationParty }>>(
    tx,
    `select distinct decoration_id as "decorationId", party from decoration_acknowledgement
      where decoration_id = any($1::uuid[]) order by 1, 2`,
    [ids],
  );
  const open = await rows<OfDecoration<{ count: number }>>(
    tx,
    `select decoration_id as "decorationId", count(*)::int as count from decoration_violation
      where decoration_id = any($1::uuid[]) and status <> 'RESOLVED' group by 1`,
    [ids],
  );
  const of = <Row extends { decorationId: string }>(found: readonly Row[], id: string): Row[] =>
    found.filter(({ decorationId }) => decorationId === id);
  return new Map(
    ids.map((id) => [
      id,
      {
        scannedKinds: of(scanned, id).map(({ kindCode }) => kindCode),
        acknowledgedBy: of(acknowledged, id).map(({ party }) => party),
        openViolations: of(open, id)[0]?.count ?? 0,
      },
    ]),
  );
}

/** The papers of one application. */
export async function papersOfDecoration(tx: Tx, id: string): Promise<DecorationPapers> {
  const papers = (await papersOf(tx, [id])).get(id);
  if (papers === undefined) throw new Error('every id that is asked for has papers, be they none');
  return papers;
}

export async function insertDocuments(
  tx: Tx,
  decorationId: string,
  kindCode: string,
  fileIds: readonly (string | null)[],
  receivedAt: Date,
): Promise<void> {
  const { tenantId } = txScope(tx);
  const papers = fileIds.map((fileId) => ({ id: newId(), tenantId, decorationId, kindCode, fileId, receivedAt }));
  await tx.createQueryBuilder().insert().into(decorationDocumentEntity).values(papers).updateEntity(false).execute();
}

export async function insertAcknowledgement(
  tx: Tx,
  acknowledgement: { decorationId: string; party: DecorationParty; termsId: string },
): Promise<void> {
  const { tenantId, now } = txScope(tx);
  await tx.insert(decorationAcknowledgementEntity, { ...acknowledgement, id: newId(), tenantId, acknowledgedAt: now });
}

export async function insertCompletionCheck(
  tx: Tx,
  check: {
    decorationId: string;
    checkedAt: Date;
    checkedBy: string | null;
    isPassed: boolean;
    findingsSealed: string | null;
  },
): Promise<void> {
  await tx.insert(decorationCompletionCheckEntity, { ...check, id: newId(), tenantId: txScope(tx).tenantId });
}

export async function insertDecorationPhotos(tx: Tx, aboutId: string, fileIds: readonly string[]): Promise<void> {
  if (fileIds.length === 0) return;
  const { tenantId } = txScope(tx);
  const photos = [...new Set(fileIds)].map((fileId) => ({ id: newId(), tenantId, aboutId, fileId }));
  await tx.createQueryBuilder().insert().into(decorationPhotoEntity).values(photos).updateEntity(false).execute();
}

/** Whether the household owns the unit today. */
export async function ownsUnit(tx: Tx, householdId: string, unitId: string): Promise<boolean> {
  const found = await rows(
    tx,
    `select 1 from household_holding t join household h on h.id = t.household_id join community c on c.id = h.community_id
      where t.household_id = $1 and t.unit_id = $2 and t.tenure = 'OWNED' and ${holdsToday('t', '$3')}`,
    [householdId, unitId, txScope(tx).now],
  );
  return found.length > 0;
}

/** Whether the person is an owner of the household today. */
export async function isOwner(tx: Tx, householdId: string, personId: string): Promise<boolean> {
  const found = await rows(
    tx,
    `select 1 from household_membership m join household h on h.id = m.household_id join community c on c.id = h.community_id
      where m.household_id = $1 and m.person_id = $2 and m.role = 'OWNER' and ${holdsToday('m', '$3')}`,
    [householdId, personId, txScope(tx).now],
  );
  return found.length > 0;
}

/** Units under way in a community that do not already wait for an inspection, with the day of their last one. */
export const drawableIn = (tx: Tx, communityId: string): Promise<Drawable[]> =>
  rows<Drawable>(
    tx,
    `select d.id, to_char(max(i.inspected_on), 'YYYY-MM-DD') as "inspectedOn"
       from decoration d left join decoration_inspection i on i.decoration_id = d.id and i.status = 'RECORDED'
      where d.community_id = $1 and d.status in ('PERMITTED', 'STOPPED', 'EXPIRED')
        and not exists (select 1 from decoration_inspection o where o.decoration_id = d.id and o.status = 'OPEN')
      group by d.id`,
    [communityId],
  );

/** Whether anything is under way in a community. */
export const isAnyUnderWay = (tx: Tx, communityId: string): Promise<boolean> =>
  tx
    .createQueryBuilder(decorationEntity, 'd')
    .where(`d.communityId = :communityId and d.status in ('PERMITTED', 'STOPPED', 'EXPIRED')`, { communityId })
    .getExists();

/** Whether the day's units were drawn already. */
export const isDayDrawn = (tx: Tx, communityId: string, day: string): Promise<boolean> =>
  tx
    .createQueryBuilder(decorationInspectionEntity, 'i')
    .where(`i.communityId = :communityId and i.inspectedOn = :day and i.origin = 'SAMPLE'`, { communityId, day })
    .getExists();

/** Whether a unit waits to be looked at. */
export const hasOpenInspection = (tx: Tx, decorationId: string): Promise<boolean> =>
  tx
    .createQueryBuilder(decorationInspectionEntity, 'i')
    .where(`i.decorationId = :decorationId and i.status = 'OPEN'`, { decorationId })
    .getExists();

/** Whether another stop order of the application holds. */
export async function isStoppedOtherwise(tx: Tx, { id }: Decoration, violationId: string): Promise<boolean> {
  const found = await rows(
    tx,
    `select 1 from decoration_violation
      where decoration_id = $1 and id <> $2 and is_stop_order and status <> 'RESOLVED' limit 1`,
    [id, violationId],
  );
  return found.length > 0;
}

/** Starts a clock of something that this transaction has saved. */
export const startClock = <Row extends AggregateRow>(
  tx: Tx,
  aggregate: Aggregate<Row>,
  row: Row,
  clock: DecorationClock,
  zone: string,
): Promise<void> => startDeadline(tx, aggregate, row, clock, { zone });
