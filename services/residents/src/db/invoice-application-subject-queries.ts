import type { InvoiceApplication } from '../domain/invoice-application.ts';

/** A request is its household's; an organisation's alone is the desk's. */
export const ofInvoiceApplication = ({
  communityId,
  householdId,
}: Pick<InvoiceApplication, 'communityId' | 'householdId'>) => ({
  communityId,
  householdIds: householdId === null ? [] : [householdId],
});
