import type { Tx } from '@steward/db';
import { blindIndex, maskName, maskPhone, seal } from '@steward/service-kit';

import type { Organisation, Person } from '../domain/person.ts';

/** The form a phone is kept and searched in: without spaces, hyphens and China's own country code. */
export const normalPhone = (phone: string): string => phone.replace(/[\s-]/g, '').replace(/^\+86(?=1)/, '');

/** The form an identity number is kept and searched in. */
export const normalIdentity = (number: string): string => number.replace(/\s/g, '').toUpperCase();

const maskIdentity = (number: string): string => '*'.repeat(Math.max(number.length - 4, 0)) + number.slice(-4);

type Columns<Prefix extends string, Of> = Pick<Of, Extract<keyof Of, `${Prefix}${string}`>>;

/** The columns of a name: sealed, and masked for everyone. */
export const sealedName = (tx: Tx, name: string): Columns<'name', Person> => ({
  nameSealed: seal(tx, name.trim()),
  nameMasked: maskName(name.trim()),
});

/** The columns of a phone: sealed, masked, and a blind index that finds an equal one. */
export function sealedPhone(tx: Tx, phone: string | null): Columns<'phone', Person> {
  if (phone === null) return { phoneSealed: null, phoneMasked: null, phoneIndex: null };
  const normal = normalPhone(phone);
  return { phoneSealed: seal(tx, normal), phoneMasked: maskPhone(normal), phoneIndex: blindIndex(tx, normal) };
}

export const identityIndexOf = (tx: Tx, number: string): string => blindIndex(tx, normalIdentity(number));

/** The columns of an identity number; its blind index is unique in the company. */
export function sealedIdentity(tx: Tx, number: string | null): Columns<'identity', Person> {
  if (number === null || number.trim() === '') return { identitySealed: null, identityMasked: null, identityIndex: null };
  const normal = normalIdentity(number);
  return { identitySealed: seal(tx, normal), identityMasked: maskIdentity(normal), identityIndex: identityIndexOf(tx, normal) };
}

export const sealedContactName = (tx: Tx, name: string | null): Columns<'contactName', Organisation> =>
  name === null
    ? { contactNameSealed: null, contactNameMasked: null }
    : { contactNameSealed: seal(tx, name.trim()), contactNameMasked: maskName(name.trim()) };

export const sealedContactPhone = (tx: Tx, phone: string | null): Columns<'contactPhone', Organisation> =>
  phone === null
    ? { contactPhoneSealed: null, contactPhoneMasked: null }
    : { contactPhoneSealed: seal(tx, normalPhone(phone)), contactPhoneMasked: maskPhone(normalPhone(phone)) };
