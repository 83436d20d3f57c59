import type { TestService } from '@steward/test-kit';

import type { PublishPaidServiceInput, RegisterWorkOrderInput } from '../src/graphql/generated.ts';
import { see } from './work-order-views.ts';
import { accepted, act, anOrder, anUpload, onSite, type Estate } from './work-orders-fixture.ts';

export const publishPaidService = `mutation ($input: PublishPaidServiceInput!) {
  publishPaidService(input: $input) {
    paidService { id number version name departmentCode unit unitPrice { amount currency } trade { code label } retiredAt }
  }
}`;

export const serviceTerms = (
  estate: Estate,
  overrides: Partial<PublishPaidServiceInput> = {},
): PublishPaidServiceInput => ({
  communityId: estate.communityId,
  code: 'TAP_REPLACEMENT',
  nameZh: '更换水龙头',
  nameEn: 'Tap replacement',
  tradeCode: 'PLUMBING',
  departmentCode: 'MAINTENANCE',
  unitPriceAmount: 8_000,
  unit: 'piece',
  ...overrides,
});

type Published = { publishPaidService: { paidService: { id: string; version: number } } };

/** Puts a service into the catalogue of the community and answers its id. */
export async function aPaidService(
  service: TestService,
  estate: Estate,
  overrides: Partial<PublishPaidServiceInput> = {},
): Promise<string> {
  const input = serviceTerms(estate, overrides);
  const { publishPaidService: answer } = await service.ok<Published>(estate.director, publishPaidService, { input });
  return answer.paidService.id;
}

/** A repair in a unit out of warranty, with the plumber on site. */
export async function aPaidOrder(
  service: TestService,
  estate: Estate,
  overrides: Partial<RegisterWorkOrderInput> = {},
): Promise<string> {
  const id = await anOrder(service, estate, { part: 'AS_DELIVERED', ...overrides });
  await onSite(service, estate, id);
  return id;
}

export const quoteTerms = (id: string, overrides: object = {}) => ({
  id,
  lines: [{ serviceCode: 'TAP_REPLACEMENT', quantity: '2' }],
  plannedAt: '2026-03-03T02:00:00.000Z',
  effect: '不再漏水',
  ...overrides,
});

/** Quotes two taps and answers the quote's id. */
export async function aQuote(
  service: TestService,
  estate: Estate,
  id: string,
  overrides: object = {},
): Promise<string> {
  await act(service, estate.plumber, 'quoteWorkOrder', quoteTerms(id, overrides));
  const { quotes } = await see<{ quotes: { id: string }[] }>(service, estate.clerk, id, 'quotes { id }');
  return quotes[0]?.id ?? '';
}

/** Accepted with a fee of two taps, and reopened: open again, but the fee is asked for. */
export async function aChargedOrder(service: TestService, estate: Estate): Promise<string> {
  await aPaidService(service, estate);
  const id = await aPaidOrder(service, estate);
  const quoteId = await aQuote(service, estate, id);
  await act(service, estate.clerk, 'agreeWorkOrderQuote', { id, quoteId, manner: 'ORAL' });
  const photoFileIds = [await anUpload(service, estate, estate.plumber)];
  await act(service, estate.plumber, 'completeWorkOrder', { id, photoFileIds });
  await accepted(service, estate, id);
  const visit = { id, means: 'PHONE', outcome: 'UNSATISFIED', rating: 1, opinion: '还在漏' };
  await act(service, estate.clerk, 'recordWorkOrderReturnVisit', visit);
  return id;
}
