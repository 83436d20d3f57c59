import type { Tx } from '@steward/db';
import { blindIndex, phoneIndex, sealedColumns, sealedName, sealedPhone } from '@steward/service-kit';

import type { Person } from '../domain/person.ts';

/** The form an identity number is kept and searched in: without spaces and hyphens, in capitals (身份证 ends in X). */
export const normalIdentity = (number: string): string => number.replace(/[\s-]/g, '').toUpperCase();

/** The last four characters; of a short number fewer, so that most of it stays hidden. */
function maskIdentity(number: string): string {
  const shown = Math.min(4, Math.floor(number.length / 2));
  return '*'.repeat(number.length - shown) + number.slice(number.length - shown);
}

export const identityIndex = (tx: Tx, number: string): string => blindIndex(tx, `identity:${normalIdentity(number)}`);

export const personPhoneIndex = (tx: Tx, phone: string): string => phoneIndex(tx, phone, 'phone');

/** The columns of a phone: sealed, masked, and a blind index that finds an equal one. */
export const personPhone = (
  tx: Tx,
  phone: string | null,
): Pick<Person, 'phoneSealed' | 'phoneMasked' | 'phoneIndex'> => ({
  ...sealedPhone(tx, 'phone', phone),
  phoneIndex: phone === null ? null : personPhoneIndex(tx, phone),
});

type Identity = Pick<Person, 'identityNumberSealed' | 'identityNumberMasked' | 'identityNumberIndex'>;

/** The columns of an identity number, like those of a phone. */
export const personIdentity = (tx: Tx, number: string | null): Identity => ({
  ...sealedColumns(tx, 'identityNumber', number === null ? null : normalIdentity(number), maskIdentity),
  identityNumberIndex: number === null ? null : identityIndex(tx, number),
});

type PersonText = { name: string; phone?: string | null; identityNumber?: string | null };

export const sealedPerson = (tx: Tx, { name, phone = null, identityNumber = null }: PersonText) => ({
  ...sealedName(tx, 'name', name),
  ...personPhone(tx, phone),
  ...personIdentity(tx, identityNumber),
  erasedAt: null,
});
