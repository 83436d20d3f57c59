import { describe, expect, test } from '@jest/globals';
import { DomainError } from '@steward/core';

import { requireCodeTerms, requireServiceTerms, type CodeTerms, type ServiceTerms } from './catalog-rules.ts';
import { catalogOf } from './work-order-catalog.ts';

const catalog = catalogOf([]);
const departments = new Set(['MAINTENANCE', 'ENVIRONMENT']);

const aService: ServiceTerms = {
  code: 'DEEP_CLEANING',
  nameZh: '深度保洁',
  nameEn: 'Deep cleaning',
  tradeCode: 'CLEANING',
  departmentCode: 'ENVIRONMENT',
  unitPriceAmount: 1_200,
  unit: 'm2',
};
const aTrade: CodeTerms = {
  kind: 'TRADE',
  code: 'POOLS',
  nameZh: '泳池',
  nameEn: 'Pools',
  departmentCode: 'MAINTENANCE',
};

function refusalOf(work: () => void): [string | undefined, string][] {
  try {
    work();
  } catch (error) {
    if (error instanceof DomainError) return error.violations.map(({ path, reason }) => [path, reason]);
    throw error;
  }
  return [];
}

describe('a paid service', () => {
  test.each<[string, Partial<ServiceTerms>, [string, string][]]>([
    ['[A005] [A108] with all its terms is offered', {}, []],
    ['free of charge is offered', { unitPriceAmount: 0 }, []],
    [
      '[A005] without a department that answers for it is refused',
      { departmentCode: 'NOBODY' },
      [['input.departmentCode', 'DEPARTMENT_UNKNOWN']],
    ],
    [
      '[A108] at a price below nothing is refused',
      { unitPriceAmount: -1 },
      [['input.unitPriceAmount', 'PRICE_NEGATIVE']],
    ],
    ['[A108] of a trade nobody carries out is refused', { tradeCode: 'MAGIC' }, [['input.tradeCode', 'TRADE_UNKNOWN']]],
    [
      'is told everything that is wrong at once',
      { code: 'deep cleaning', nameZh: ' ', unit: '' },
      [
        ['input.code', 'CODE_MALFORMED'],
        ['input.nameZh', 'TEXT_REQUIRED'],
        ['input.unit', 'TEXT_REQUIRED'],
      ],
    ],
  ])('%s', (_what, overrides, refused) => {
    expect(refusalOf(() => requireServiceTerms({ ...aService, ...overrides }, catalog, departments))).toEqual(refused);
  });
});

describe("a code of a community's own", () => {
  test.each<[string, Partial<CodeTerms>, [string, string][]]>([
    ['[A109] under a department is taken', {}, []],
    ['that is built in is refused', { code: 'PLUMBING' }, [['input.code', 'CODE_BUILT_IN']]],
    [
      '[A109] a trade without a department is refused',
      { departmentCode: null },
      [['input.departmentCode', 'DEPARTMENT_UNKNOWN']],
    ],
    [
      'a problem without a trade is refused',
      { kind: 'PROBLEM', tradeCode: null, departmentCode: null },
      [['input.tradeCode', 'TRADE_UNKNOWN']],
    ],
    [
      '[A067] a warranty is a problem’s',
      { warrantyKind: 'PLUMBING', tradeCode: 'PLUMBING' },
      [
        ['input.tradeCode', 'FIELD_NOT_OF_KIND'],
        ['input.warrantyKind', 'FIELD_NOT_OF_KIND'],
      ],
    ],
    ['a channel hangs on neither', { kind: 'CHANNEL', departmentCode: null }, []],
  ])('%s', (_what, overrides, refused) => {
    expect(refusalOf(() => requireCodeTerms({ ...aTrade, ...overrides }, catalog, departments))).toEqual(refused);
  });
});
