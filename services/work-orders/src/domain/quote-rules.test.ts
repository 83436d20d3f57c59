import { describe, expect, it } from '@jest/globals';

import { aWorkOrder } from './a-work-order.ts';
import { authorityFigures, hasAuthority } from './quote-policy.ts';
import {
  agreeQuote,
  type Agreement,
  feeOf,
  isPositiveQuantity,
  quoteLines,
  requireOffered,
  withoutAgreement,
  type PaidService,
  type QuoteInput,
  type WorkOrderQuote,
} from './quote-rules.ts';

const now = new Date('2026-03-02T01:00:00Z');
const paid = aWorkOrder({ status: 'ON_SITE', assigneeId: 's', isPaid: true });

const aService = (overrides: Partial<PaidService> = {}): PaidService => ({
  id: 'p',
  tenantId: 't',
  communityId: 'c',
  number: 'NEW_TAP',
  version: 1,
  createdAt: now,
  nameZh: '更换水龙头',
  nameEn: 'New tap',
  tradeCode: 'PLUMBING',
  departmentCode: 'MAINTENANCE',
  unitPriceAmount: 8_000,
  currency: 'CNY',
  unit: 'piece',
  retiredAt: null,
  ...overrides,
});

const quote = (input: Partial<QuoteInput> = {}, mayReduce = false, service = aService()) =>
  quoteLines(
    paid,
    { lines: [{ serviceCode: 'NEW_TAP', quantity: '1.5' }], plannedAt: now, effect: '不再漏水', ...input },
    {
      services: new Map([[service.number, service]]),
      mayReduce,
      now,
      amountOf: (quantity, price) => Math.round(Number(quantity) * price),
    },
  );
const line = (overrides: object) => ({ lines: [{ serviceCode: 'NEW_TAP', quantity: '1', ...overrides }] });

describe('quotes', () => {
  it('[A108] have item, quantity, price and amount of each line, and sum to the fee', () => {
    const lines = quote();
    expect(lines).toEqual([
      {
        serviceCode: 'NEW_TAP',
        nameZh: '更换水龙头',
        nameEn: 'New tap',
        quantity: '1.5',
        unit: 'piece',
        unitPriceAmount: 8_000,
        amount: 12_000,
      },
    ]);
    expect(feeOf([...lines, ...lines])).toBe(24_000);
  });

  it.each<[string, Partial<QuoteInput>, string]>([
    ['[A108] have at least one item', { lines: [] }, 'QUOTE_EMPTY'],
    ['[A108] say what the work is to achieve', { effect: ' ' }, 'EFFECT_REQUIRED'],
    ['[A108] name a time that is still to come', { plannedAt: new Date(now.getTime() - 1) }, 'IN_THE_PAST'],
    ['[A108] measure what is done', line({ quantity: '0' }), 'QUANTITY_NOT_POSITIVE'],
    ['[A005] are from the catalogue', line({ serviceCode: 'MASSAGE' }), 'SERVICE_UNKNOWN'],
    ['[A005] never exceed the published price', line({ unitPriceAmount: 8_001 }), 'PRICE_ABOVE_CATALOGUE'],
    ['[A005] are reduced by a supervisor only', line({ unitPriceAmount: 7_999 }), 'PRICE_REDUCTION_DENIED'],
  ])('%s', (_name, input, reason) => {
    expect(() => quote(input)).toThrow(reason);
  });

  it('[A005] may be reduced by those with authority, not below nothing', () => {
    expect(quote(line({ unitPriceAmount: 0 }), true)).toMatchObject([{ unitPriceAmount: 0, amount: 0 }]);
    expect(() => quote(line({ unitPriceAmount: -1 }), true)).toThrow('PRICE_NEGATIVE');
    expect(() => quote({}, true, aService({ retiredAt: now }))).toThrow('SERVICE_UNKNOWN');
  });

  it('[A005] the authority to reduce a price is the supervisor’s and above', () => {
    const roles = [
      'director',
      'deputyDirector',
      'administrativeSupervisor',
      'supervisor',
      'clerk',
      'cashier',
      'maintenance',
      'guard',
      'environment',
      'trainer',
      'analyst',
      'operator',
      'committee',
      'resident',
    ];
    const may = roles.filter((role) => hasAuthority([role], authorityFigures.priceReductionRoles.value));
    expect(may).toEqual(['director', 'deputyDirector', 'administrativeSupervisor', 'supervisor']);
  });

  it('count in exact decimals', () => {
    const quantities = ['1', '0.0001', '12.5', '0', '-1', '1e3', '1.00001', ''];
    expect(quantities.filter(isPositiveQuantity)).toEqual(['1', '0.0001', '12.5']);
  });
});

describe('the customer’s answer', () => {
  const offered: WorkOrderQuote = {
    id: 'q',
    tenantId: 't',
    workOrderId: paid.id,
    state: 'OFFERED',
    lines: quote(),
    amount: 12_000,
    currency: 'CNY',
    plannedAt: now,
    effectSealed: 'sealed',
    quotedAt: now,
    manner: null,
    decidedAt: null,
  };

  const agreement: Agreement = {
    manner: 'ORAL',
    isSigned: false,
    naming: {},
    sender: { personId: 'resident' },
    signerIsMember: true,
    now,
  };

  it('[A108] is given orally, or in writing with a signature', () => {
    expect(agreeQuote(paid, offered, { ...agreement, manner: 'ORAL', isSigned: false })).toMatchObject({
      agreedQuoteId: 'q',
      agreedFeeAmount: 12_000,
    });
    expect(() => agreeQuote(paid, offered, { ...agreement, manner: 'WRITTEN', isSigned: false })).toThrow(
      'SIGNATURE_REQUIRED',
    );
    expect(agreeQuote(paid, offered, { ...agreement, manner: 'WRITTEN', isSigned: true }).agreedQuoteId).toBe('q');
  });

  it('[A108] is about the latest quote, once', () => {
    expect(requireOffered(offered, 'q')).toBe(offered);
    expect(() => requireOffered(null, 'q')).toThrow('QUOTE_MISSING');
    expect(() => requireOffered(offered, 'other')).toThrow('QUOTE_STALE');
    expect(() => requireOffered({ ...offered, state: 'DECLINED' }, 'q')).toThrow('QUOTE_DECIDED');
  });

  it('[A108] no longer holds once another price is quoted', () => {
    const agreed = agreeQuote(paid, offered, { ...agreement, manner: 'ORAL', isSigned: false });
    expect(withoutAgreement(agreed)).toMatchObject({ agreedQuoteId: null, agreedFeeAmount: null });
  });
});
