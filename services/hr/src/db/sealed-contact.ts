import type { Tx } from '@steward/db';
import { blindIndex, maskName, maskPhone, seal } from '@steward/service-kit';

import type { Staff } from '../domain/staff.ts';

/** The form a phone is kept and searched in: without spaces, hyphens and China's own country code. */
export const normalPhone = (phone: string): string => phone.replace(/[\s-]/g, '').replace(/^\+86(?=1)/, '');

type Contact = Pick<Staff, 'nameSealed' | 'nameMasked' | 'phoneSealed' | 'phoneMasked' | 'phoneIndex'>;

/** The columns of a name: sealed, and masked for everyone. */
export const sealedName = (tx: Tx, name: string): Pick<Contact, 'nameSealed' | 'nameMasked'> => ({
  nameSealed: seal(tx, name.trim()),
  nameMasked: maskName(name.trim()),
});

/** The columns of a phone: sealed, masked, and a blind index that finds an equal one. */
export function sealedPhone(tx: Tx, phone: string | null): Omit<Contact, 'nameSealed' | 'nameMasked'> {
  if (phone === null) return { phoneSealed: null, phoneMasked: null, phoneIndex: null };
  const normal = normalPhone(phone);
  return { phoneSealed: seal(tx, normal), phoneMasked: maskPhone(normal), phoneIndex: blindIndex(tx, normal) };
}

export const sealedContact = (tx: Tx, contact: { name: string; phone?: string | null }): Contact => ({
  ...sealedName(tx, contact.name),
  ...sealedPhone(tx, contact.phone ?? null),
});
