import { DomainError, type Violation } from '@steward/core';

import { certificateKinds } from './duty-time-policy.ts';
import { experienceFields, probationLimit, spokenLanguages } from './position-policy.ts';
import type { Position, PositionTerms } from './position.ts';
import { positionCodes } from './staff-policy.ts';
import { standardPositions } from './standard-position-policy.ts';

const codePattern = /^[A-Z][A-Z0-9_]{0,39}$/;

export const isCode = (text: string): boolean => codePattern.test(text);

/** A whole number within its bounds. */
export const rangeViolations = (
  figures: readonly (readonly [path: string, value: number | null | undefined, least: number, most: number])[],
): Violation[] =>
  figures
    .filter(([, value, least, most]) => value != null && !(Number.isInteger(value) && value >= least && value <= most))
    .map(([path, , least, most]) => ({ path, reason: 'FIGURE_OUT_OF_RANGE', params: { least, most } }));

type Skills = { fieldCode?: string | null; languageCodes: readonly string[]; certificateKinds?: readonly string[] };

/** Trades, languages and certificates that nobody knows. */
export function skillViolations(
  { fieldCode, languageCodes, certificateKinds: kinds = [] }: Skills,
  path: string,
): Violation[] {
  const violations: Violation[] = [];
  if (fieldCode != null && !experienceFields.includes(fieldCode))
    violations.push({ path: `${path}.fieldCode`, reason: 'STUDY_FIELD_UNKNOWN', params: { code: fieldCode } });
  for (const code of languageCodes.filter((one) => !spokenLanguages.includes(one)))
    violations.push({ path: `${path}.languageCodes`, reason: 'LANGUAGE_UNKNOWN', params: { code } });
  for (const kindCode of kinds.filter((one) => !certificateKinds.includes(one)))
    violations.push({ path: `${path}.certificateKinds`, reason: 'CERTIFICATE_KIND_UNKNOWN', params: { kindCode } });
  return violations;
}

/** Codes of a list: well formed, each once. */
export function codeViolations(codes: readonly string[], path: string): Violation[] {
  const malformed = codes.filter((code) => !isCode(code));
  const repeated = codes.filter((code, index) => codes.indexOf(code) !== index);
  return [
    ...malformed.map((code) => ({ path, reason: 'CODE_MALFORMED', params: { code } })),
    ...repeated.map((code) => ({ path, reason: 'CODE_REPEATED', params: { code } })),
  ];
}

/** What is wrong with the terms of a position; `known` are the codes a position can report to. */
export function termsViolations(terms: PositionTerms, known: readonly string[], path = 'input.terms'): Violation[] {
  const labels = [
    [`${path}.label`, terms.label],
    ...[...terms.duties, ...terms.partners, ...terms.kpis].map(({ label }) => [path, label] as const),
  ] as const;
  const empty = labels.filter(([, label]) => label?.trim() === '');
  const { reportsToCode } = terms;
  const isReportUnknown =
    reportsToCode !== null && !known.includes(reportsToCode) && !positionCodes.includes(reportsToCode);
  return [
    ...empty.map(([where]) => ({ path: where, reason: 'TEXT_REQUIRED' })),
    ...(isReportUnknown ? [{ path: `${path}.reportsToCode`, reason: 'POSITION_UNKNOWN' }] : []),
    ...skillViolations(terms, path),
    ...codeViolations(
      terms.duties.map(({ code }) => code),
      `${path}.duties`,
    ),
    ...codeViolations(
      terms.kpis.map(({ code }) => code),
      `${path}.kpis`,
    ),
    ...rangeViolations([
      [`${path}.minAge`, terms.minAge, 16, 70],
      [`${path}.minExperienceYears`, terms.minExperienceYears, 0, 50],
      [`${path}.weeklyWorkDays`, terms.weeklyWorkDays, 1, 7],
      [`${path}.plannedCount`, terms.plannedCount, 0, 1000],
      [`${path}.probationMonths`, terms.probationMonths, 0, probationLimit.months.value],
      ...terms.kpis.map(({ targetPercent }) => [`${path}.kpis`, targetPercent, 1, 100] as const),
    ]),
  ];
}

type Standard = {
  place: { rank: PositionTerms['rank']; role: PositionTerms['role']; rotationGroup: string | null };
  needs?: Pick<PositionTerms, 'minAge' | 'education' | 'fieldCode' | 'minExperienceYears' | 'weeklyWorkDays'> & {
    languageCodes: readonly string[];
  };
  headcount?: { plannedCount: number };
  duties?: { daily: readonly string[]; weekly: readonly string[]; monthly: readonly string[] };
  partners?: { internal: readonly string[]; external: readonly string[] };
  kpis?: { codes: readonly string[]; targetPercent: number };
  giving?: { probationMonths: number; isHandoverRequired: boolean };
  rule: string;
};

const standards: Readonly<Record<string, Standard>> = standardPositions;

export const standardRules = (): { code: string; rule: string }[] =>
  Object.entries(standards).map(([code, { rule }]) => ({ code, rule }));

const nothingNeeded: NonNullable<Standard['needs']> = {
  minAge: null,
  education: null,
  fieldCode: null,
  minExperienceYears: null,
  languageCodes: [],
  weeklyWorkDays: null,
};

/** The terms of a position of the standard with its rule; null if there is none of that code. */
export function standardTerms(code: string): { terms: PositionTerms; rule: string } | null {
  const standard = standards[code];
  if (standard === undefined) return null;
  const { place, needs = nothingNeeded, headcount, duties, partners, kpis, giving, rule } = standard;
  const dutiesOf = (codes: readonly string[] = [], cycle: 'DAILY' | 'WEEKLY' | 'MONTHLY') =>
    codes.map((one) => ({ code: one, label: null, cycle }));
  const partnersOf = (codes: readonly string[] = [], side: 'INTERNAL' | 'EXTERNAL') =>
    codes.map((one) => ({ side, code: one, label: null }));
  const terms: PositionTerms = {
    label: null,
    ...place,
    reportsToCode: null,
    ...needs,
    languageCodes: [...needs.languageCodes],
    certificateKinds: [],
    plannedCount: headcount?.plannedCount ?? 1,
    probationMonths: giving?.probationMonths ?? 0,
    isHandoverRequired: giving?.isHandoverRequired ?? false,
    duties: [
      ...dutiesOf(duties?.daily, 'DAILY'),
      ...dutiesOf(duties?.weekly, 'WEEKLY'),
      ...dutiesOf(duties?.monthly, 'MONTHLY'),
    ],
    partners: [...partnersOf(partners?.internal, 'INTERNAL'), ...partnersOf(partners?.external, 'EXTERNAL')],
    kpis: (kpis?.codes ?? []).map((one) => ({ code: one, label: null, targetPercent: kpis?.targetPercent ?? 100 })),
  };
  return { terms, rule };
}

/** How a position is staffed in a community. */
export type Staffing = { plannedCount: number; heldCount: number; openCount: number };

/** Who holds a position and who is looked for together stay within the planned headcount (A203). */
export function requireHeadcount({ plannedCount, heldCount, openCount }: Staffing, wanted: number): void {
  if (heldCount + openCount + wanted <= plannedCount) return;
  const params = { planned: plannedCount, held: heldCount, open: openCount, wanted };
  throw new DomainError('CONFLICT', 'HEADCOUNT_EXCEEDED', { rule: 'A203', params });
}

/** A position that can be given to somebody. */
export function requireGiven(position: Position | null, path: string): Position {
  if (position === null || position.status === 'RETIRED')
    throw new DomainError('BAD_USER_INPUT', 'POSITION_UNKNOWN', { path });
  return position;
}
