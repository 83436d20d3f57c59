import type { Tx } from '@steward/db';
import { phoneIndex, sealedName, sealedPhone, type SealedColumns } from '@steward/service-kit';

import type { Staff } from '../domain/staff.ts';

type Phone = Pick<Staff, 'phoneSealed' | 'phoneMasked' | 'phoneIndex'>;

/** The columns of a staff member's name: sealed, and masked for everyone. */
export const staffName = (tx: Tx, name: string): SealedColumns<'name', string> => sealedName(tx, 'name', name);

/** The columns of a phone: sealed, masked, and a blind index that finds an equal one. */
export const staffPhone = (tx: Tx, phone: string | null): Phone => ({
  ...sealedPhone(tx, 'phone', phone),
  phoneIndex: phone === null ? null : phoneIndex(tx, phone),
});

export const staffContact = (tx: Tx, { name, phone = null }: { name: string; phone?: string | null }) => ({
  ...staffName(tx, name),
  ...staffPhone(tx, phone),
});
