import { refuseAll, stableHash, type Violation } from '@steward/core';

import { decorationChecklist } from './decoration-inspection-policy.ts';
import type { DecorationInspection } from './decoration-inspection.ts';
import { decorationInspectionProcedure } from './decoration-transition-rules.ts';

/** A unit under way with the day it was last inspected; null: never. */
export type Drawable = { id: string; inspectedOn: string | null };

/**
 * The units to look at on a day (A238): those that were not inspected for longest, never inspected ones first; among
 * equals by the hash of seed and id, so that nobody chooses and anybody can draw again.
 */
export const drawInspections = (units: readonly Drawable[], seed: string, count: number): string[] =>
  [...units]
    .sort((a, b) => {
      const [first, second] = [a.inspectedOn ?? '', b.inspectedOn ?? ''];
      if (first !== second) return first < second ? -1 : 1;
      return stableHash(seed + a.id) - stableHash(seed + b.id) || (a.id < b.id ? -1 : 1);
    })
    .slice(0, count)
    .map(({ id }) => id);

type Result = { code: string; result: 'PASS' | 'FAIL' };
type Findings = { results: readonly Result[]; findings: string | null; photoCount: number };

/** What is wrong with the record of an inspection: every item has one result, and what failed is described and shown. */
export function findingsViolations({ results, findings, photoCount }: Findings): Violation[] {
  const violations: Violation[] = [];
  for (const { code, rule } of decorationChecklist) {
    if (results.filter((result) => result.code === code).length !== 1)
      violations.push({ path: 'input.results', reason: 'RESULT_MISSING', rule, params: { code } });
  }
  for (const { code } of results) {
    if (!decorationChecklist.some((item) => item.code === code))
      violations.push({ path: 'input.results', reason: 'CHECK_UNKNOWN', rule: 'A313', params: { code } });
  }
  if (results.some(({ result }) => result === 'FAIL')) {
    if (findings === null || findings.trim() === '')
      violations.push({ path: 'input.findings', reason: 'FINDINGS_REQUIRED', rule: 'A313' });
    if (photoCount === 0) violations.push({ path: 'input.photoFileIds', reason: 'PHOTO_REQUIRED', rule: 'A313' });
  }
  return violations;
}

type Recorded = Pick<DecorationInspection, 'inspectedAt' | 'inspectorId' | 'findingsSealed'>;

/** The inspection with its results. */
export function recordInspection(
  inspection: DecorationInspection,
  findings: Findings,
  recorded: Recorded,
): DecorationInspection {
  const moved = decorationInspectionProcedure.moveTo(inspection, 'recordDecorationInspection', 'RECORDED');
  refuseAll(findingsViolations(findings));
  const failedCodes = findings.results.filter(({ result }) => result === 'FAIL').map(({ code }) => code);
  return { ...moved, ...recorded, failedCodes };
}
