import { refuseAll, type Violation } from '@steward/core';

import { isBuiltIn, type CodeKind } from './complaint-catalog.ts';
import { departmentViolations, isBlank } from './intake-rules.ts';

/** What a community says of a category or channel of its own. */
export type CodeTerms = {
  kind: CodeKind;
  code: string;
  nameZh: string;
  nameEn: string;
  departmentCode?: string | null;
};

const codePattern = /^[A-Z][A-Z0-9_]{1,39}$/;

export const isCode = (text: string): boolean => codePattern.test(text);

/** Refuses a code that is built in, malformed, without names, or whose department is not of the community. */
export function requireCodeTerms(terms: CodeTerms, departments: ReadonlySet<string>): void {
  const rule = 'A033';
  const violations: Violation[] = [];
  if (!isCode(terms.code)) violations.push({ path: 'input.code', reason: 'CODE_MALFORMED', rule });
  for (const field of ['nameZh', 'nameEn'] as const) {
    if (isBlank(terms[field])) violations.push({ path: `input.${field}`, reason: 'TEXT_REQUIRED', rule });
  }
  if (isBuiltIn(terms.kind, terms.code)) violations.push({ path: 'input.code', reason: 'CODE_BUILT_IN', rule });
  if (terms.kind === 'CATEGORY') {
    violations.push(...departmentViolations([terms.departmentCode ?? ''], departments, rule, 'input.departmentCode'));
  }
  refuseAll(violations);
}
