import { deadlineAfter, localDate, localTime, newId, refuseAll } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import { decorationStopped, decorationViolationRegistered } from '@steward/events';
import { requireUploaded } from '@steward/files';
import {
  insertAggregate,
  invocationOf,
  lockAuthorized,
  nextNumber,
  publish,
  resolvePolicy,
  saveAggregate,
  seal,
} from '@steward/service-kit';

import { loadCommunity } from '../db/community-queries.ts';
import { decorationAggregate, decorationViolationAggregate } from '../db/decoration-aggregates.ts';
import { decorationInspectionEntity } from '../db/decoration-entities.ts';
import { tellDecorationHousehold, tellWatchers } from './decoration-notices.ts';
import { insertDecorationPhotos, startClock, termsInForce } from '../db/decoration-queries.ts';
import { remedyClock, remedySpan } from '../domain/decoration-deadlines.ts';
import { violationFact } from '../domain/decoration-facts.ts';
import { decorationPolicy, decorationPrefixes } from '../domain/decoration-policy.ts';
import { isWithinHours } from '../domain/decoration-terms-rules.ts';
import { decorationProcedure } from '../domain/decoration-transition-rules.ts';
import { violationKinds } from '../domain/decoration-violation-policy.ts';
import { foundViolations, stopsWork } from '../domain/decoration-violation-rules.ts';
import type { DecorationViolation } from '../domain/decoration-violation.ts';
import type { Decoration } from '../domain/decoration.ts';
import { fieldTime } from '../domain/field-time.ts';
import type { RegisterDecorationViolationInput } from '../graphql/generated.ts';
import { suspendPassesOf } from './change-passes.ts';
import { passCauseOf } from './decoration-passes.ts';

const action = 'registerDecorationViolation';

const localInstant = (at: Date, zone: string) => ({ day: localDate(at, zone), time: localTime(at, zone) });

/** Whether the inspection that is named was one of the unit; none named fits. */
const fits = async (tx: Tx, decorationId: string, inspectionId: string | null): Promise<boolean> =>
  inspectionId === null || tx.existsBy(decorationInspectionEntity, { id: inspectionId, decorationId });

/** Something that breaks the agreement or the law, with the time to remedy it; a stop order suspends permit and passes (A250). */
export async function registerDecorationViolation(
  tx: Tx,
  input: RegisterDecorationViolationInput,
): Promise<{ id: string }> {
  const { kind, inspectionId = null } = input;
  const decoration = await lockAuthorized(tx, decorationAggregate, { id: input.decorationId });
  decorationProcedure.requireAction(decoration, action);
  const { communityId } = decoration;
  const { timeZone } = await loadCommunity(tx, communityId);
  const figures = await resolvePolicy(tx, decorationPolicy, communityId);
  const { rule } = violationKinds[kind];
  const { now } = txScope(tx);
  const foundAt = fieldTime(input.occurredAt, { now, backdatingHours: figures.backdatingHours, rule });
  const terms = await termsInForce(tx, communityId);
  const photoFileIds = [...new Set(input.photoFileIds)];
  refuseAll(
    foundViolations({
      kind,
      note: input.note,
      photoCount: photoFileIds.length,
      isWithinHours: terms === null ? null : isWithinHours(terms, localInstant(foundAt, timeZone)),
      inspectionFits: await fits(tx, decoration.id, inspectionId),
    }),
  );
  await requireUploaded(tx, photoFileIds, 'photo', 'input.photoFileIds');
  const isStopOrder = stopsWork(kind, input.isStopOrder);
  const fresh: Omit<DecorationViolation, 'tenantId' | 'version' | 'createdAt'> = {
    ...unresolved,
    id: newId(),
    communityId,
    number: await nextNumber(tx, communityId, decorationPrefixes.violation, timeZone),
    decorationId: decoration.id,
    householdId: decoration.householdId,
    kind,
    inspectionId,
    isStopOrder,
    foundAt,
    foundBy: invocationOf(tx).viewer.staffId ?? null,
    noteSealed: seal(tx, input.note.trim()),
    remedyDueAt: deadlineAfter(now, remedySpan(isStopOrder, figures), timeZone),
  };
  const violation = await insertAggregate(tx, decorationViolationAggregate, fresh, { action, reason: kind, rule });
  await insertDecorationPhotos(tx, violation.id, photoFileIds);
  const due = { foundAt: foundAt.toISOString(), remedyDueAt: violation.remedyDueAt.toISOString() };
  publish(tx, violation, decorationViolationRegistered, { ...violationFact(violation), ...due });
  await startClock(tx, decorationViolationAggregate, violation, remedyClock(violation, figures), timeZone);
  if (isStopOrder) await stop(tx, decoration, violation);
  const params = { kind, violationNumber: violation.number, remedyDueAt: due.remedyDueAt };
  const template = isStopOrder ? 'decorationStopped' : 'decorationViolationFound';
  await tellDecorationHousehold(tx, decoration, template, params);
  await tellWatchers(tx, decoration, template, params);
  return { id: violation.id };
}

const unresolved = {
  status: 'OPEN',
  remediedAt: null,
  remediedBy: null,
  resolvedAt: null,
  resolution: null,
  checkCount: 0,
} as const satisfies Partial<DecorationViolation>;

/** Permit and passes are suspended; a second order finds them so. */
async function stop(tx: Tx, decoration: Decoration, violation: DecorationViolation): Promise<void> {
  if (decoration.status === 'STOPPED') return;
  const stopped = decorationProcedure.moveTo(decoration, action, 'STOPPED');
  const note = { action, reason: violation.kind, rule: 'A250' };
  const saved = await saveAggregate(tx, decorationAggregate, decoration, stopped, note);
  publish(tx, saved, decorationStopped, { decorationId: saved.id, violationId: violation.id });
  await suspendPassesOf(tx, passCauseOf(saved), 'STOP_ORDER');
}
