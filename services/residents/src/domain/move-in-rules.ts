import { DomainError, refuseAll, type Violation } from '@steward/core';

import { acceptanceForm, handoverItems, meters, moveInTransitions, type moveInPapersPolicy } from './move-in-policy.ts';
import type { MeterKind, MoveIn, MoveInApplicantKind, RepairState } from './move-in.ts';
import { procedureRules } from './procedure.ts';

export const moveInRules = procedureRules(moveInTransitions);

type PaperFigures = Record<keyof typeof moveInPapersPolicy.figures, readonly string[]>;
export type RequiredPaper = { kindCode: string; rule: string };

const rulesOfFigures = {
  everybody: 'A050',
  agent: 'A051',
  company: 'A052',
  signed: 'A053',
  archive: 'A063',
  archiveOfAgent: 'A063',
  archiveOfCompany: 'A063',
} as const satisfies Record<keyof PaperFigures, string>;

const rowsFor: Record<MoveInApplicantKind, readonly (keyof PaperFigures)[]> = {
  OWNER: ['everybody', 'signed', 'archive'],
  AGENT: ['everybody', 'agent', 'signed', 'archive', 'archiveOfAgent'],
  COMPANY: ['everybody', 'company', 'signed', 'archive', 'archiveOfCompany'],
};

/** The papers that an applicant of a kind brings, each once with the rule that asks for it first. */
export function requiredPapers(kind: MoveInApplicantKind, figures: PaperFigures): RequiredPaper[] {
  const papers = new Map<string, string>();
  for (const row of rowsFor[kind]) {
    for (const kindCode of figures[row]) if (!papers.has(kindCode)) papers.set(kindCode, rulesOfFigures[row]);
  }
  return [...papers].map(([kindCode, rule]) => ({ kindCode, rule }));
}

/** Papers that are asked for and not there, as violations that name the rule of each. */
export const paperGaps = (required: readonly RequiredPaper[], filed: readonly string[]): Violation[] =>
  required
    .filter(({ kindCode }) => !filed.includes(kindCode))
    .map(({ kindCode, rule }) => ({ path: `papers.${kindCode}`, reason: 'PAPER_MISSING', rule, params: { kindCode } }));

/** Refuses a signature under the register form and the agreements that are not in the file yet (A053). */
export function signAgreements(moveIn: MoveIn, figures: PaperFigures, filed: readonly string[], at: Date): MoveIn {
  const signed = moveInRules.moveTo(moveIn, 'signMoveInAgreements', moveIn.status);
  if (moveIn.agreementsSignedAt !== null) throw new DomainError('CONFLICT', 'AGREEMENTS_SIGNED', { rule: 'A053' });
  refuseAll(
    paperGaps(
      figures.signed.map((kindCode) => ({ kindCode, rule: 'A053' })),
      filed,
    ),
  );
  return { ...signed, agreementsSignedAt: at };
}

/** Keys, handbook and plan go together: what is left out is named (A054). */
export function handOver(
  moveIn: MoveIn,
  { itemCodes, keyCount }: { itemCodes: readonly string[]; keyCount: number },
  at: Date,
): MoveIn {
  const handed = moveInRules.moveTo(moveIn, 'confirmMoveInHandover', moveIn.status);
  if (moveIn.handedOverAt !== null) throw new DomainError('CONFLICT', 'HANDED_OVER', { rule: 'A054' });
  const missing = handoverItems.filter((code) => !itemCodes.includes(code));
  const violations: Violation[] = missing.map((code) => ({
    path: 'input.itemCodes',
    reason: 'HANDOVER_ITEM_MISSING',
    rule: 'A054',
    params: { code },
  }));
  if (keyCount < 1) violations.push({ path: 'input.keyCount', reason: 'KEY_COUNT_REQUIRED', rule: 'A054' });
  refuseAll(violations);
  return { ...handed, handedOverAt: at, keyCount };
}

/** Asks billing for the fee once, and again only after it was taken back (A055). */
export function requestFee(moveIn: MoveIn): MoveIn {
  const asked = moveInRules.moveTo(moveIn, 'requestMoveInFee', moveIn.status);
  if (!['NONE', 'REVERSED'].includes(moveIn.chargeState)) {
    throw new DomainError('CONFLICT', 'CHARGE_REQUESTED', { rule: 'A055' });
  }
  return { ...asked, chargeState: 'REQUESTED', chargeId: null };
}

export type Reading = { meter: MeterKind; value: string };

const isReading = (value: string): boolean => /^\d{1,9}(\.\d{1,3})?$/.test(value);

/** What is wrong with readings of a set of meters: each once, none left out, none negative. */
export function readingViolations(readings: readonly Reading[], rule: string): Violation[] {
  const missing = (Object.keys(meters) as MeterKind[]).filter((meter) => !readings.some((one) => one.meter === meter));
  const seen = new Set<string>();
  const wrong = readings.flatMap(({ meter, value }, index): Violation[] => {
    const path = `input.readings.${index}`;
    const isRepeated = seen.has(meter);
    seen.add(meter);
    if (isRepeated) return [{ path, reason: 'METER_REPEATED', rule, params: { meter } }];
    return isReading(value) ? [] : [{ path, reason: 'READING_MALFORMED', rule, params: { meter } }];
  });
  return [
    ...missing.map((meter) => ({ path: 'input.readings', reason: 'READING_MISSING', rule, params: { meter } })),
    ...wrong,
  ];
}

export const readingOf = (readings: readonly Reading[], meter: MeterKind): string | null =>
  readings.find((one) => one.meter === meter)?.value ?? null;

/** Keeps the base readings that both sides confirm (A057). */
export function read(moveIn: MoveIn, readings: readonly Reading[], at: Date): MoveIn {
  const after = moveInRules.moveTo(moveIn, 'recordMoveInReadings', moveIn.status);
  if (moveIn.readAt !== null) throw new DomainError('CONFLICT', 'READINGS_RECORDED', { rule: 'A057' });
  refuseAll(readingViolations(readings, 'A057'));
  return {
    ...after,
    waterReading: readingOf(readings, 'WATER'),
    electricityReading: readingOf(readings, 'ELECTRICITY'),
    gasReading: readingOf(readings, 'GAS'),
    readAt: at,
  };
}

export type ItemResult = { code: string; result: 'PASS' | 'FAIL'; note?: string | null };

/** What is wrong with results of a form: every item of `asked` once, and nothing else. */
export function formViolations(results: readonly ItemResult[], asked: readonly string[], rule: string): Violation[] {
  const seen = new Set<string>();
  const wrong = results.flatMap(({ code }, index): Violation[] => {
    const path = `input.items.${index}.code`;
    const isRepeated = seen.has(code);
    seen.add(code);
    if (!asked.includes(code)) return [{ path, reason: 'CHECK_ITEM_UNKNOWN', rule, params: { code } }];
    return isRepeated ? [{ path, reason: 'CHECK_ITEM_REPEATED', rule, params: { code } }] : [];
  });
  const missing = asked.filter((code) => !seen.has(code));
  return [
    ...missing.map((code) => ({ path: 'input.items', reason: 'CHECK_ITEM_MISSING', rule, params: { code } })),
    ...wrong,
  ];
}

export const failed = (results: readonly ItemResult[]): ItemResult[] =>
  results.filter(({ result }) => result === 'FAIL');

/** The codes of the form, in its order. */
export const formCodes = acceptanceForm.map(({ code }) => code);

/** Item by item, first and again: without a defect it is accepted, else repaired first (A056, A059). */
export function judgeAcceptance(
  moveIn: MoveIn,
  action: 'inspectMoveIn' | 'reacceptMoveIn',
  results: readonly ItemResult[],
  { asked, at }: { asked: readonly string[]; at: Date },
): MoveIn {
  moveInRules.requireAction(moveIn, action);
  refuseAll(formViolations(results, asked, moveInTransitions[action].rule));
  const isAccepted = failed(results).length === 0;
  const judged = moveInRules.moveTo(moveIn, action, isAccepted ? 'ACCEPTED' : 'REPAIR');
  return { ...judged, inspectedAt: moveIn.inspectedAt ?? at, acceptedAt: isAccepted ? at : null, reacceptanceAt: null };
}

type Repaired = { id: string; state: RepairState; recheckedAt: Date | null };

/** Those whose repair is neither passed nor taken over by a later defect. */
export const openDefects = <Defect extends Repaired>(defects: readonly Defect[]): Defect[] =>
  defects.filter(({ state }) => state !== 'PASSED' && state !== 'FAILED');

/** Maintenance re-checks what is said to be repaired, before the owner is asked again (A059). */
export function recheck<Defect extends Repaired>(
  defects: readonly Defect[],
  defectId: string,
  isPassed: boolean,
  { at, rule }: { at: Date; rule: string },
): { defect: Defect; isLast: boolean } {
  const defect = defects.find(({ id }) => id === defectId);
  if (defect === undefined) throw new DomainError('NOT_FOUND', 'DEFECT_UNKNOWN', { path: 'input.defectId' });
  if (defect.state !== 'DONE') {
    throw new DomainError('CONFLICT', 'DEFECT_NOT_REPAIRED', { rule, params: { state: defect.state } });
  }
  const others = openDefects(defects).filter(({ id }) => id !== defectId);
  const checked: Defect = { ...defect, state: isPassed ? 'PASSED' : 'FAILED', recheckedAt: at };
  return { defect: checked, isLast: isPassed && others.length === 0 };
}

/** Agrees a time for the joint re-acceptance (A059). */
export function appoint(moveIn: MoveIn, at: Date, now: Date): MoveIn {
  const appointed = moveInRules.moveTo(moveIn, 'appointMoveInReacceptance', 'APPOINTED');
  if (at <= now) throw new DomainError('BAD_USER_INPUT', 'IN_THE_PAST', { path: 'input.at', rule: 'A059' });
  return { ...appointed, reacceptanceAt: at };
}

/** Everything that stands between a move-in and its end, with the rule of each. */
export function closingGaps(moveIn: MoveIn, required: readonly RequiredPaper[], filed: readonly string[]): Violation[] {
  const steps: [isDone: boolean, path: string, reason: string, rule: string][] = [
    [moveIn.agreementsSignedAt !== null, 'agreements', 'AGREEMENTS_NOT_SIGNED', 'A053'],
    [moveIn.handedOverAt !== null, 'handover', 'NOT_HANDED_OVER', 'A054'],
    [moveIn.chargeState === 'SETTLED', 'fee', 'FEE_NOT_SETTLED', 'A055'],
    [moveIn.readAt !== null, 'readings', 'READINGS_NOT_CONFIRMED', 'A057'],
  ];
  const undone = steps.filter(([isDone]) => !isDone);
  return [
    ...paperGaps(required, filed),
    ...undone.map(([, path, reason, rule]): Violation => ({ path, reason, rule })),
  ];
}

/** The owner's signature ends it, unless something is missing: then all of it is named (A060, A063). */
export function close(moveIn: MoveIn, gaps: readonly Violation[], at: Date): MoveIn {
  const closed = moveInRules.moveTo(moveIn, 'closeMoveIn', 'CLOSED');
  if (gaps.length > 0) {
    const [first] = gaps;
    const single = gaps.length === 1 && first !== undefined;
    throw new DomainError('CONFLICT', single ? first.reason : 'MOVE_IN_INCOMPLETE', {
      rule: single ? (first.rule ?? 'A063') : 'A063',
      violations: [...gaps],
      params: single ? (first.params ?? {}) : { count: gaps.length },
    });
  }
  return { ...closed, closedAt: at };
}
