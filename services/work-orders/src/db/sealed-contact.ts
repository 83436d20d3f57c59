import type { Tx } from '@steward/db';
import { blindIndex, maskName, maskPhone, seal } from '@steward/service-kit';

import type { SealedContact } from '../domain/work-order.ts';

type Name = Pick<SealedContact, 'contactNameSealed' | 'contactNameMasked'>;
type Phone = Pick<SealedContact, 'contactPhoneSealed' | 'contactPhoneMasked' | 'contactPhoneIndex'>;

export function sealedName(tx: Tx, name: string | null): Name {
  if (name === null) return { contactNameSealed: null, contactNameMasked: null };
  return { contactNameSealed: seal(tx, name), contactNameMasked: maskName(name) };
}

/** `phone` in the form it is searched by. */
export function sealedPhone(tx: Tx, phone: string | null): Phone {
  if (phone === null) return { contactPhoneSealed: null, contactPhoneMasked: null, contactPhoneIndex: null };
  return {
    contactPhoneSealed: seal(tx, phone),
    contactPhoneMasked: maskPhone(phone),
    contactPhoneIndex: blindIndex(tx, phone),
  };
}

type Contact = { name: string | null; phone: string | null; description: string };

export const sealedContact = (tx: Tx, { name, phone, description }: Contact): SealedContact => ({
  ...sealedName(tx, name),
  ...sealedPhone(tx, phone),
  descriptionSealed: seal(tx, description),
});
