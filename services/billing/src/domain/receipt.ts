/** A leaf of a receipt book 收费票据; its number is never left out and never used twice. */
export type Receipt = {
  id: string;
  tenantId: string;
  communityId: string;
  book: string;
  sequence: number;
  number: string;
  status: 'PREPARED' | 'ISSUED' | 'VOID';
  billingAccountId: string;
  amount: number;
  currency: string;
  paymentId: string | null;
  doorCollectionId: string | null;
  printCount: number;
  preparedAt: Date;
  issuedAt: Date | null;
  voidedAt: Date | null;
  voidReason: string | null;
};

/** A tax invoice (发票) that the payer asked for on a receipt. */
export type InvoiceRequest = {
  id: string;
  tenantId: string;
  paymentId: string;
  status: 'REQUESTED' | 'ISSUED' | 'CANCELLED';
  /** The invoice that this red one takes back; null for an ordinary one. */
  correctsId: string | null;
  amount: number;
  currency: string;
  /** Whose invoice it is. */
  titleSealed: string;
  titleMasked: string;
  taxNumberSealed: string | null;
  invoiceNumber: string | null;
  requestedAt: Date;
  issuedAt: Date | null;
};
