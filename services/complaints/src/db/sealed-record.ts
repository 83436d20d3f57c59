import type { Tx } from '@steward/db';
import { phoneIndex, seal, sealedName, sealedPhone, sealOptional } from '@steward/service-kit';

import type { SealedRecord } from '../domain/complaint.ts';

const text = (value: string | null | undefined): string | null => value?.trim() || null;

type Phone = Pick<SealedRecord, 'contactPhoneSealed' | 'contactPhoneMasked' | 'contactPhoneIndex'>;

export const phoneColumns = (tx: Tx, value: string | null | undefined): Phone => {
  const phone = text(value);
  return {
    ...sealedPhone(tx, 'contactPhone', phone),
    contactPhoneIndex: phone === null ? null : phoneIndex(tx, phone),
  };
};

type Words = {
  contactName?: string | null;
  contactPhone?: string | null;
  respondentName?: string | null;
  locationText?: string | null;
  summary: string;
  course?: string | null;
  demand?: string | null;
};

/** What people said, sealed. */
export const sealedRecord = (tx: Tx, words: Words): SealedRecord => ({
  ...sealedName(tx, 'contactName', text(words.contactName)),
  ...phoneColumns(tx, words.contactPhone),
  respondentSealed: sealOptional(tx, text(words.respondentName)),
  locationSealed: sealOptional(tx, text(words.locationText)),
  summarySealed: seal(tx, words.summary.trim()),
  courseSealed: sealOptional(tx, text(words.course)),
  demandSealed: sealOptional(tx, text(words.demand)),
});
