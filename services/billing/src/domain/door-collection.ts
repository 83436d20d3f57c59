import type { DoorItem } from './counter-policy.ts';

/** An appointment to collect at the door 上门收费 (A077). */
export type DoorCollection = {
  id: string;
  tenantId: string;
  communityId: string;
  number: string;
  version: number;
  createdAt: Date;
  status: 'AGREED' | 'COLLECTED' | 'FAILED';
  billingAccountId: string;
  unitId: string | null;
  householdId: string | null;
  appointmentAt: Date;
  /** The member of staff who goes. */
  collectorId: string;
  amount: number;
  currency: string;
  contactNameSealed: string;
  contactNameMasked: string;
  confirmed: DoorItem[];
  /** Written before anybody goes. */
  receiptId: string;
  cameAt: Date | null;
  isPunctual: boolean | null;
  paymentId: string | null;
  failReason: string | null;
};
