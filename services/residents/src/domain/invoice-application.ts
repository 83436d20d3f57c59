export type InvoiceKind = 'ORDINARY' | 'SPECIAL';
export type InvoiceApplicationStatus = 'REQUESTED' | 'ISSUED' | 'REFUSED' | 'WITHDRAWN';

/** Somebody wants an invoice of what they paid (A309). */
export type InvoiceApplication = {
  id: string;
  tenantId: string;
  communityId: string;
  number: string;
  version: number;
  createdAt: Date;
  kind: InvoiceKind;
  status: InvoiceApplicationStatus;
  householdId: string | null;
  organisationId: string | null;
  titleSealed: string;
  taxNumberSealed: string | null;
  registeredAddressSealed: string | null;
  bankAccountSealed: string | null;
  purposeCode: string;
  chargeId: string | null;
  amount: number;
  currency: string;
  invoiceNumber: string | null;
  invoiceFileId: string | null;
  issuedAt: Date | null;
  reasonCode: string | null;
};
