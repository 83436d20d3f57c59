import { DomainError, newId, refuseAll } from '@steward/core';
import type { Tx } from '@steward/db';
import { positionEvents } from '@steward/events';
import {
  authorize,
  insertAndTell,
  lockAggregate,
  lockNaturalKeys,
  managedCommunity,
  saveAndTell,
} from '@steward/service-kit';

import { positionAggregate } from '../db/position-aggregates.ts';
import { catalogue, isHeld, managedCommunityIds, positionByCode, setHeadcount } from '../db/position-queries.ts';
import { moveBy } from '../domain/duty-transition-rules.ts';
import { positionFact } from '../domain/position-facts.ts';
import { isCode, rangeViolations, standardTerms, termsViolations } from '../domain/position-rules.ts';
import type { PositionTerms } from '../domain/position.ts';
import type {
  AdoptStandardPositionInput,
  PositionTermsInput,
  RegisterPositionInput,
  RetirePositionInput,
  RevisePositionInput,
  SetPositionHeadcountInput,
} from '../graphql/generated.ts';
import { startPositionDays } from './follow-position-day.ts';
import { todayIn } from './require-authority.ts';

/** What a client says of a position, with nothing for what it leaves out. */
const termsOf = (input: PositionTermsInput): PositionTerms => ({
  label: input.label.trim(),
  rank: input.rank,
  role: input.role,
  reportsToCode: input.reportsToCode ?? null,
  minAge: input.minAge ?? null,
  education: input.education ?? null,
  fieldCode: input.fieldCode ?? null,
  minExperienceYears: input.minExperienceYears ?? null,
  languageCodes: [...new Set(input.languageCodes)],
  certificateKinds: [...new Set(input.certificateKinds)],
  weeklyWorkDays: input.weeklyWorkDays ?? null,
  plannedCount: input.plannedCount ?? 1,
  probationMonths: input.probationMonths ?? 0,
  rotationGroup: input.rotationGroup ?? null,
  isHandoverRequired: input.isHandoverRequired ?? false,
  duties: (input.duties ?? []).map(({ code, label, cycle }) => ({ code, label: label.trim(), cycle })),
  partners: (input.partners ?? []).map(({ side, label }) => ({ side, code: null, label: label.trim() })),
  kpis: (input.kpis ?? []).map(({ code, label, targetPercent }) => ({ code, label: label.trim(), targetPercent })),
});

async function enter(tx: Tx, code: string, terms: PositionTerms, rule: string | null): Promise<{ id: string }> {
  await lockNaturalKeys(tx, 'position');
  if ((await positionByCode(tx, code)) !== null)
    throw new DomainError('CONFLICT', 'POSITION_CODE_TAKEN', { path: 'input.code' });
  const fresh = { id: newId(), communityId: null, number: code, ...terms, rule, status: 'ACTIVE' as const };
  const note = { action: 'registerPosition', rule: rule ?? 'A301' };
  const { id } = await insertAndTell(tx, positionAggregate, fresh, note, [
    positionEvents.registered,
    (row) => positionFact(row),
  ]);
  for (const communityId of await managedCommunityIds(tx)) await startPositionDays(tx, communityId);
  return { id };
}

/** A position of the company's own, or its own terms for a built-in one (A301). */
export async function registerPosition(tx: Tx, input: RegisterPositionInput): Promise<{ id: string }> {
  await authorize(tx, {});
  const terms = termsOf(input.terms);
  const known = (await catalogue(tx)).map(({ number }) => number);
  refuseAll([
    ...(isCode(input.code) ? [] : [{ path: 'input.code', reason: 'CODE_MALFORMED' }]),
    ...termsViolations(terms, [...known, input.code]),
  ]);
  return enter(tx, input.code, terms, null);
}

/** A position of the service standard with everything that the standard says of it. */
export async function adoptStandardPosition(tx: Tx, input: AdoptStandardPositionInput): Promise<{ id: string }> {
  await authorize(tx, {});
  const standard = standardTerms(input.code);
  if (standard === null) throw new DomainError('BAD_USER_INPUT', 'POSITION_UNKNOWN', { path: 'input.code' });
  return enter(tx, input.code, standard.terms, standard.rule);
}

export async function revisePosition(tx: Tx, input: RevisePositionInput): Promise<{ id: string }> {
  const position = await lockAggregate(tx, positionAggregate, input.id, input.expectedVersion);
  await authorize(tx, {});
  const terms = termsOf(input.terms);
  refuseAll(
    termsViolations(
      terms,
      (await catalogue(tx)).map(({ number }) => number),
    ),
  );
  const after = { ...moveBy(position, 'revisePosition', 'ACTIVE'), ...terms };
  const note = { action: 'revisePosition', rule: 'A301' };
  await saveAndTell(tx, positionAggregate, { before: position, after, note }, [
    positionEvents.revised,
    (row) => positionFact(row),
  ]);
  return { id: position.id };
}

/** Out of use, once nobody holds it. */
export async function retirePosition(tx: Tx, input: RetirePositionInput): Promise<{ id: string }> {
  const position = await lockAggregate(tx, positionAggregate, input.id, input.expectedVersion);
  await authorize(tx, {});
  const after = moveBy(position, 'retirePosition', 'RETIRED');
  if (await isHeld(tx, position.number, await todayIn(tx, null)))
    throw new DomainError('CONFLICT', 'POSITION_HELD', { rule: 'A301' });
  const note = { action: 'retirePosition', rule: 'A301' };
  await saveAndTell(tx, positionAggregate, { before: position, after, note }, [
    positionEvents.retired,
    (row) => positionFact(row),
  ]);
  return { id: position.id };
}

/** The headcount of one community (A203). */
export async function setPositionHeadcount(tx: Tx, input: SetPositionHeadcountInput): Promise<{ id: string }> {
  const { communityId, plannedCount } = input;
  const position = await lockAggregate(tx, positionAggregate, input.id, input.expectedVersion);
  await authorize(tx, {});
  await managedCommunity(tx, communityId);
  refuseAll(rangeViolations([['input.plannedCount', plannedCount, 0, 1000]]));
  const after = moveBy(position, 'setPositionHeadcount', 'ACTIVE');
  await setHeadcount(tx, position, communityId, plannedCount);
  const note = { action: 'setPositionHeadcount', rule: 'A203' };
  await saveAndTell(tx, positionAggregate, { before: position, after, note }, [
    positionEvents.planned,
    (row) => positionFact(row, { communityId, plannedCount }),
  ]);
  return { id: position.id };
}
