import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aStaffViewer, type TestService } from '@steward/test-kit';
import type { Role } from '@steward/auth';

import { aPaidOrder, aPaidService, aQuote, quoteTerms } from './a-paid-order.ts';
import { lastFact, reasons, see } from './work-order-views.ts';
import {
  accepted,
  act,
  anEstate,
  anOrder,
  anUpload,
  look,
  onSite,
  startWorkOrders,
  told,
  type Estate,
} from './work-orders-fixture.ts';

let service: TestService;
let estate: Estate;
let id: string;

beforeAll(async () => {
  service = await startWorkOrders();
  estate = await anEstate(service);
  await aPaidService(service, estate);
  await aPaidService(service, estate, { code: 'DEEP_CLEANING', unit: 'm2', unitPriceAmount: 333 });
  id = await aPaidOrder(service, estate);
});
afterAll(() => service?.stop());

const lines = (...given: object[]) => ({
  lines: given.map((line) => ({ serviceCode: 'TAP_REPLACEMENT', quantity: '1', ...line })),
});

type Quote = {
  state: string;
  plannedAt: string;
  effect: string;
  fee: { amount: number; currency: string };
  lines: {
    service: { code: string };
    quantity: { value: string; unit: string };
    unitPrice: { amount: number };
    amount: { amount: number };
  }[];
};

const quotesOf = async (order: string): Promise<Quote[]> => {
  const line = 'service { code } quantity { value unit } unitPrice { amount } amount { amount }';
  const selection = `quotes { state plannedAt effect fee { amount currency } lines { ${line} } }`;
  return (await see<{ quotes: Quote[] }>(service, estate.clerk, order, selection)).quotes;
};

describe('quoteWorkOrder', () => {
  it('[A108] names the services as the catalogue does when they are quoted, in the language asked for', async () => {
    const home = await anEstate(service);
    await aPaidService(service, home);
    const order = await aPaidOrder(service, home);
    await aQuote(service, home, order);
    await aPaidService(service, home, { nameZh: '换龙头', nameEn: 'Another tap' });
    const query = 'query ($id: ID!) { workOrder(id: $id) { quotes { lines { service { code label } } } } }';
    const named = async (locale: 'en' | 'zh-CN') =>
      (await service.graphql<object>(home.resident, query, { id: order }, locale)).data;
    const labelled = (label: string) => ({
      workOrder: { quotes: [{ lines: [{ service: { code: 'TAP_REPLACEMENT', label } }] }] },
    });
    expect(await named('en')).toEqual(labelled('Tap replacement'));
    expect(await named('zh-CN')).toEqual(labelled('更换水龙头'));
  });

  it('[A108] offers items, quantity, time, fee and effect from the catalogue, each line rounded once', async () => {
    const cleaning = { serviceCode: 'DEEP_CLEANING', quantity: '12.5' };
    await act(service, estate.plumber, 'quoteWorkOrder', quoteTerms(id, lines({ quantity: '2' }, cleaning)));
    expect((await quotesOf(id))[0]).toEqual({
      state: 'OFFERED',
      plannedAt: '2026-03-03T02:00:00.000Z',
      effect: '不再漏水',
      fee: { amount: 20_163, currency: 'CNY' },
      lines: [
        {
          service: { code: 'TAP_REPLACEMENT' },
          quantity: { value: '2', unit: 'piece' },
          unitPrice: { amount: 8_000 },
          amount: { amount: 16_000 },
        },
        {
          service: { code: 'DEEP_CLEANING' },
          quantity: { value: '12.5', unit: 'm2' },
          unitPrice: { amount: 333 },
          amount: { amount: 4_163 },
        },
      ],
    });
    expect(await lastFact(service, id, 'quoted')).toMatchObject({
      workOrderId: id,
      fee: { amount: 20_163, currency: 'CNY' },
    });
    expect(await told(service, id)).toContainEqual(
      expect.objectContaining({ template: 'workOrderQuoted', household_id: estate.householdId }),
    );
  });

  it('[A108] takes the place of an earlier quote, even of one that was agreed', async () => {
    const quoteId = await aQuote(service, estate, id);
    await act(service, estate.plumber, 'agreeWorkOrderQuote', { id, quoteId, manner: 'ORAL' });
    await aQuote(service, estate, id);
    expect((await quotesOf(id)).map(({ state }) => state).slice(0, 2)).toEqual(['OFFERED', 'REPLACED']);
    expect(await see(service, estate.clerk, id, 'agreedFee { amount }')).toEqual({ agreedFee: null });
    expect(await reasons(service, estate.plumber, 'completeWorkOrder', { id, photoFileIds: [] })).toEqual([
      'QUOTE_NOT_AGREED',
    ]);
  });

  it.each([
    ['no line at all', { lines: [] }, ['QUOTE_EMPTY']],
    ['no effect', { effect: ' ' }, ['EFFECT_REQUIRED']],
    ['a time that is over', { plannedAt: '2026-03-01T00:00:00.000Z' }, ['IN_THE_PAST']],
    ['a quantity of nothing', lines({ quantity: '0' }), ['QUANTITY_NOT_POSITIVE']],
    ['a service that is not offered', lines({ serviceCode: 'MAGIC' }), ['SERVICE_UNKNOWN']],
    ['a price below nothing', lines({ unitPriceAmount: -1 }), ['PRICE_NEGATIVE', 'PRICE_REDUCTION_DENIED']],
    ['[A005] a price above the published one', lines({ unitPriceAmount: 8_001 }), ['PRICE_ABOVE_CATALOGUE']],
    ['all that is wrong at once', { lines: [], effect: '' }, ['QUOTE_EMPTY', 'EFFECT_REQUIRED']],
  ])('refuses %s', async (_what, overrides, expected) => {
    expect(await reasons(service, estate.plumber, 'quoteWorkOrder', quoteTerms(id, overrides))).toEqual(expected);
  });

  it.each<[Role, boolean]>([
    ['clerk', false],
    ['supervisor', true],
    ['administrativeSupervisor', true],
    ['deputyDirector', true],
    ['director', true],
  ])('[A005] of a %s goes below the published price: %s', async (role, mayReduce) => {
    const { tenantId, communityId } = estate;
    const viewer = aStaffViewer({ roles: [role], tenantId, communityIds: [communityId] });
    const input = quoteTerms(id, lines({ unitPriceAmount: 7_999 }));
    const quoting = mayReduce
      ? act(service, viewer, 'quoteWorkOrder', input).then(() => [])
      : reasons(service, viewer, 'quoteWorkOrder', input);
    expect(await quoting).toEqual(mayReduce ? [] : ['PRICE_REDUCTION_DENIED']);
  });

  it('refuses free work, work nobody has, and work whose fee is asked for', async () => {
    const free = await anOrder(service, estate);
    await onSite(service, estate, free);
    expect(await reasons(service, estate.plumber, 'quoteWorkOrder', quoteTerms(free))).toEqual(['WORK_IS_FREE']);
    const waiting = await anOrder(service, estate, { part: 'AS_DELIVERED' });
    expect(await reasons(service, estate.clerk, 'quoteWorkOrder', quoteTerms(waiting))).toEqual(['ILLEGAL_TRANSITION']);
  });

  it('refuses to quote again once the fee was asked for, even for work that is done again', async () => {
    const order = await aPaidOrder(service, estate);
    const quoteId = await aQuote(service, estate, order);
    await act(service, estate.clerk, 'agreeWorkOrderQuote', { id: order, quoteId, manner: 'ORAL' });
    const photoFileIds = [await anUpload(service, estate, estate.plumber)];
    await act(service, estate.plumber, 'completeWorkOrder', { id: order, photoFileIds });
    await accepted(service, estate, order);
    const visit = { id: order, means: 'PHONE', outcome: 'UNSATISFIED', rating: 1, opinion: '还在漏' };
    await act(service, estate.clerk, 'recordWorkOrderReturnVisit', visit);
    expect((await look(service, estate.clerk, order)).chargeState).toBe('REQUESTED');
    expect(await reasons(service, estate.plumber, 'quoteWorkOrder', quoteTerms(order))).toEqual(['CHARGE_REQUESTED']);
  });
});
