import type { Violation } from '@steward/core';

import { ageOn } from './calendar-rules.ts';
import { educationLevels } from './position-policy.ts';
import type { EducationLevel, Requirements } from './position.ts';
import type { Qualification } from './recruitment.ts';

/** What somebody has; null where no papers were seen. */
export type Proof = { qualification: Qualification | null; certificateKinds: readonly string[] };

const levelOf = (level: EducationLevel): number => educationLevels.indexOf(level);

type Needed = { rule: string | null; path: string; day: string };

/** Everything in which somebody falls short of what a position asks, at once (A317, B053). */
export function requirementViolations(
  position: Requirements,
  { qualification: has, certificateKinds }: Proof,
  { rule, path, day }: Needed,
): Violation[] {
  const found: Violation[] = [];
  const lack = (reason: string, params: Record<string, string | number>): void =>
    void found.push({ path, reason, params, ...(rule === null ? {} : { rule }) });
  const { minAge, education, fieldCode, minExperienceYears: years, languageCodes } = position;
  if (minAge !== null && (has === null || ageOn(has.bornOn, day) < minAge)) lack('REQUIREMENT_AGE', { minAge });
  if (education !== null && (has === null || levelOf(has.education) < levelOf(education)))
    lack('REQUIREMENT_EDUCATION', { education });
  if (fieldCode !== null && has?.fieldCode !== fieldCode) lack('REQUIREMENT_FIELD', { field: fieldCode });
  if (years !== null && (has === null || has.experienceYears < years)) lack('REQUIREMENT_EXPERIENCE', { years });
  for (const language of languageCodes.filter((code) => !has?.languageCodes.includes(code)))
    lack('REQUIREMENT_LANGUAGE', { language });
  for (const kind of position.certificateKinds.filter((code) => !certificateKinds.includes(code)))
    lack('REQUIREMENT_CERTIFICATE', { kind });
  return found;
}
