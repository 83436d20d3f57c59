import { newId } from '@steward/core';
import { rows, txScope, type Tx } from '@steward/db';
import { seal, sealOptional } from '@steward/service-kit';

import type {
  Complaint,
  ComplaintContactForm,
  ComplaintMeans,
  ComplaintRemedy,
  ComplaintRemedyState,
  ComplaintRepair,
  ComplaintStepKind,
} from '../domain/complaint.ts';
import {
  complaintEntity,
  complaintPhotoEntity,
  complaintRemarkEntity,
  complaintRemedyEntity,
  complaintRepairEntity,
  complaintStepEntity,
  contactFormEntity,
} from './complaint-entities.ts';

export const complaintById = (tx: Tx, id: string): Promise<Complaint | null> => tx.findOneBy(complaintEntity, { id });

type Key = { system: string; key: string };

export const sourceKey = ({ system, key }: Key): string => JSON.stringify([system.trim(), key.trim()]);

/** Complaints that were taken in under these keys of another system. */
export async function findBySource(tx: Tx, sources: readonly Key[]): Promise<Map<string, string>> {
  const found = await rows<Key & { id: string }>(
    tx,
    `select c.id, c.source_system as system, c.source_key as key
       from unnest($1::text[], $2::text[]) as s(system, key)
       join complaint c on c.source_system = s.system and c.source_key = s.key`,
    [sources.map(({ system }) => system.trim()), sources.map(({ key }) => key.trim())],
  );
  return new Map(found.map(({ id, system, key }) => [sourceKey({ system, key }), id]));
}

export async function insertPhotos(tx: Tx, complaintId: string, fileIds: readonly string[]): Promise<void> {
  if (fileIds.length === 0) return;
  const { tenantId } = txScope(tx);
  const photos = fileIds.map((fileId) => ({ id: newId(), tenantId, complaintId, fileId }));
  await tx.createQueryBuilder().insert().into(complaintPhotoEntity).values(photos).updateEntity(false).execute();
}

/** Keeps a reason in the words it was given in, sealed; the history has codes alone. */
export async function insertRemark(tx: Tx, complaintId: string, action: string, text: string): Promise<void> {
  const { tenantId, now, actor } = txScope(tx);
  const words = { action, actorKind: actor.kind, actorId: actor.id, madeAt: now, textSealed: seal(tx, text.trim()) };
  await tx.insert(complaintRemarkEntity, { ...words, id: newId(), tenantId, complaintId });
}

type NewStep = {
  kind: ComplaintStepKind;
  means?: ComplaintMeans | null;
  departmentCodes?: readonly string[];
  occurredAt: Date;
  note?: string | null;
};

/** Keeps what was done with the resident; never changed. */
export async function insertStep(tx: Tx, complaintId: string, step: NewStep): Promise<void> {
  const { tenantId, actor } = txScope(tx);
  const { kind, means = null, departmentCodes = [], occurredAt, note } = step;
  await tx.insert(complaintStepEntity, {
    id: newId(),
    tenantId,
    complaintId,
    kind,
    means,
    departmentCodes: [...departmentCodes],
    occurredAt,
    recordedBy: actor.id,
    noteSealed: sealOptional(tx, note?.trim() || null),
  });
}

/** The work contact forms of a complaint, oldest first. */
export const formsOf = (tx: Tx, complaintId: string): Promise<ComplaintContactForm[]> =>
  tx.find(contactFormEntity, { where: { complaintId }, order: { issuedAt: 'ASC', id: 'ASC' } });

type Ordered = { departmentCode: string; contentSealed: string };

/** Issues work contact forms, each in the round that the department is in. */
export async function issueForms(
  tx: Tx,
  complaintId: string,
  ordered: readonly Ordered[],
): Promise<ComplaintContactForm[]> {
  const { tenantId, now } = txScope(tx);
  const earlier = await formsOf(tx, complaintId);
  const fresh = { state: 'ISSUED' as const, answeredAt: null, answeredBy: null, answerSealed: null };
  const forms = ordered.map((form) => ({
    ...fresh,
    ...form,
    id: newId(),
    tenantId,
    complaintId,
    issuedAt: now,
    round: earlier.filter(({ departmentCode }) => departmentCode === form.departmentCode).length + 1,
  }));
  if (forms.length > 0) {
    await tx.createQueryBuilder().insert().into(contactFormEntity).values(forms).updateEntity(false).execute();
  }
  return forms;
}

export async function answerContactForm(tx: Tx, id: string, answer: string): Promise<void> {
  const { now, actor } = txScope(tx);
  const answered = { answeredAt: now, answeredBy: actor.id, answerSealed: seal(tx, answer.trim()) };
  await tx.update(contactFormEntity, { id }, { state: 'ANSWERED', ...answered });
}

/** The answer did not help: another form takes its place. */
export async function replaceForms(tx: Tx, forms: readonly ComplaintContactForm[]): Promise<void> {
  for (const { id } of forms) await tx.update(contactFormEntity, { id }, { state: 'REORDERED' });
}

export async function insertRemedies(
  tx: Tx,
  complaint: Complaint,
  drafted: readonly { description: string; costAmount: number; plannedOn?: string | null }[],
): Promise<ComplaintRemedy[]> {
  const { tenantId, now } = txScope(tx);
  const remedies = drafted.map(({ description, costAmount, plannedOn = null }) => ({
    id: newId(),
    tenantId,
    complaintId: complaint.id,
    descriptionSealed: seal(tx, description.trim()),
    costAmount,
    currency: complaint.currency,
    plannedOn,
    state: 'PROPOSED' as const,
    approvalId: null,
    proposedAt: now,
  }));
  await tx.createQueryBuilder().insert().into(complaintRemedyEntity).values(remedies).updateEntity(false).execute();
  return remedies;
}

export const findRemedy = (tx: Tx, complaintId: string, id: string): Promise<ComplaintRemedy | null> =>
  tx.findOneBy(complaintRemedyEntity, { complaintId, id });

export async function saveRemedy(
  tx: Tx,
  { id }: ComplaintRemedy,
  changes: { state: ComplaintRemedyState; approvalId?: string },
): Promise<void> {
  await tx.update(complaintRemedyEntity, { id }, changes);
}

export async function insertRepair(
  tx: Tx,
  repair: Pick<ComplaintRepair, 'complaintId' | 'placeId' | 'tradeCode' | 'problemCode' | 'isEmergency'>,
): Promise<ComplaintRepair> {
  const { tenantId, now } = txScope(tx);
  const open = { state: 'REQUESTED' as const, workOrderId: null, requestedAt: now, closedAt: null };
  const complete: ComplaintRepair = { ...repair, ...open, id: newId(), tenantId };
  await tx.insert(complaintRepairEntity, complete);
  return complete;
}

export const repairById = (tx: Tx, id: string): Promise<ComplaintRepair | null> =>
  tx.findOneBy(complaintRepairEntity, { id });

export const repairOfOrder = (tx: Tx, workOrderId: string): Promise<ComplaintRepair | null> =>
  tx.findOneBy(complaintRepairEntity, { workOrderId });

export async function saveRepair(tx: Tx, { id, state, workOrderId, closedAt }: ComplaintRepair): Promise<void> {
  await tx.update(complaintRepairEntity, { id }, { state, workOrderId, closedAt });
}

/** When the resident was last tried to be met since the complaint was last resolved. */
export async function lastVisitAttempt(tx: Tx, complaintId: string, round: number): Promise<Date | null> {
  const [found] = await rows<{ at: Date | null }>(
    tx,
    'select max(visited_at) as at from return_visit where aggregate_id = $1 and round = $2',
    [complaintId, round],
  );
  return found?.at ?? null;
}
