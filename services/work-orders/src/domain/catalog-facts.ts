import type { PaidService } from './quote-rules.ts';
import type { WorkOrderCode } from './work-order-catalog.ts';

/** What the events tell of a paid service. */
export const paidServiceFact = (service: PaidService) => ({
  paidServiceId: service.id,
  communityId: service.communityId,
  code: service.number,
  tradeCode: service.tradeCode,
  departmentCode: service.departmentCode,
  unitPrice: { amount: service.unitPriceAmount, currency: service.currency },
  unit: service.unit,
});

/** What the events tell of a code that a community added. */
export const codeFact = (code: WorkOrderCode) => ({
  kind: code.kind,
  code: code.number,
  tradeCode: code.tradeCode,
  isRetired: code.retiredAt !== null,
});
