import { refuseAll, type Violation } from '@steward/core';

import { isBlank } from './intake-rules.ts';
import { isBuiltIn, type Catalog, type CodeKind } from './work-order-catalog.ts';

/** What a community says of a paid service of its public catalogue (A005, A108). */
export type ServiceTerms = {
  code: string;
  nameZh: string;
  nameEn: string;
  tradeCode: string;
  departmentCode: string;
  unitPriceAmount: number;
  unit: string;
};

/** What a community says of a trade, problem or channel of its own. */
export type CodeTerms = {
  kind: CodeKind;
  code: string;
  nameZh: string;
  nameEn: string;
  tradeCode?: string | null;
  departmentCode?: string | null;
  returnVisitKind?: string | null;
  warrantyKind?: string | null;
};

const codePattern = /^[A-Z][A-Z0-9_]{1,39}$/;

function namingViolations(terms: Pick<ServiceTerms, 'code' | 'nameZh' | 'nameEn'>, rule: string): Violation[] {
  const violations: Violation[] = [];
  if (!codePattern.test(terms.code)) violations.push({ path: 'input.code', reason: 'CODE_MALFORMED', rule });
  for (const field of ['nameZh', 'nameEn'] as const) {
    if (isBlank(terms[field])) violations.push({ path: `input.${field}`, reason: 'TEXT_REQUIRED', rule });
  }
  return violations;
}

const tradeViolations = (code: string | null | undefined, catalog: Catalog, rule: string): Violation[] =>
  catalog.trades.has(code ?? '')
    ? []
    : [{ path: 'input.tradeCode', reason: 'TRADE_UNKNOWN', rule, params: { code: code ?? '' } }];

function departmentViolations(
  code: string | null | undefined,
  departments: ReadonlySet<string>,
  rule: string,
): Violation[] {
  if (departments.has(code ?? '')) return [];
  return [{ path: 'input.departmentCode', reason: 'DEPARTMENT_UNKNOWN', rule, params: { code: code ?? '' } }];
}

/** Refuses a paid service that nobody answers for or whose terms are not complete (A005). */
export function requireServiceTerms(terms: ServiceTerms, catalog: Catalog, departments: ReadonlySet<string>): void {
  const violations = namingViolations(terms, 'A005');
  if (isBlank(terms.unit)) violations.push({ path: 'input.unit', reason: 'TEXT_REQUIRED', rule: 'A108' });
  if (terms.unitPriceAmount < 0)
    violations.push({ path: 'input.unitPriceAmount', reason: 'PRICE_NEGATIVE', rule: 'A108' });
  violations.push(...tradeViolations(terms.tradeCode, catalog, 'A108'));
  violations.push(...departmentViolations(terms.departmentCode, departments, 'A005'));
  refuseAll(violations);
}

/** Which terms belong to which kind of code; what belongs to another would be lost. */
const termsOfKind = {
  TRADE: ['departmentCode'],
  PROBLEM: ['tradeCode', 'returnVisitKind', 'warrantyKind'],
  CHANNEL: [],
} as const satisfies Record<CodeKind, readonly (keyof CodeTerms)[]>;

function foreignTerms(terms: CodeTerms): Violation[] {
  const own: readonly string[] = termsOfKind[terms.kind];
  return Object.values(termsOfKind)
    .flat()
    .filter((field) => !own.includes(field) && terms[field] != null)
    .map((field) => ({ path: `input.${field}`, reason: 'FIELD_NOT_OF_KIND', rule: 'A109' }));
}

/** Refuses a code that is built in, malformed, or hangs on nothing known. */
export function requireCodeTerms(terms: CodeTerms, catalog: Catalog, departments: ReadonlySet<string>): void {
  const violations = namingViolations(terms, 'A109');
  if (isBuiltIn(terms.kind, terms.code)) violations.push({ path: 'input.code', reason: 'CODE_BUILT_IN', rule: 'A109' });
  violations.push(...foreignTerms(terms));
  if (terms.kind === 'PROBLEM') violations.push(...tradeViolations(terms.tradeCode, catalog, 'A109'));
  if (terms.kind === 'TRADE') violations.push(...departmentViolations(terms.departmentCode, departments, 'A109'));
  refuseAll(violations);
}
