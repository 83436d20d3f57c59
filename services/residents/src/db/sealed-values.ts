import type { Tx } from '@steward/db';
import { blindIndex, maskName, maskPhone, seal } from '@steward/service-kit';

import type { Organisation } from '../domain/organisation.ts';
import type { Person } from '../domain/person.ts';

/** The form a phone is kept and searched in: without spaces, hyphens and China's own country code. */
export const normalPhone = (phone: string): string => phone.replace(/[\s-]/g, '').replace(/^\+86(?=1)/, '');

/** The form an identity number is kept and searched in: without spaces and hyphens, in capitals (身份证 ends in X). */
export const normalIdentity = (number: string): string => number.replace(/[\s-]/g, '').toUpperCase();

/** The last four characters; of a short number fewer, so that most of it stays hidden. */
function maskIdentity(number: string): string {
  const shown = Math.min(4, Math.floor(number.length / 2));
  return '*'.repeat(number.length - shown) + number.slice(number.length - shown);
}

export const identityIndex = (tx: Tx, number: string): string => blindIndex(tx, `identity:${normalIdentity(number)}`);

export const phoneIndex = (tx: Tx, phone: string): string => blindIndex(tx, `phone:${normalPhone(phone)}`);

/** The columns of a name: sealed, and masked for everyone. */
export const sealedName = (tx: Tx, name: string): Pick<Person, 'nameSealed' | 'nameMasked'> => ({
  nameSealed: seal(tx, name.trim()),
  nameMasked: maskName(name.trim()),
});

/** The columns of a phone: sealed, masked, and a blind index that finds an equal one. */
export function sealedPhone(tx: Tx, phone: string | null): Pick<Person, 'phoneSealed' | 'phoneMasked' | 'phoneIndex'> {
  if (phone === null) return { phoneSealed: null, phoneMasked: null, phoneIndex: null };
  const normal = normalPhone(phone);
  return { phoneSealed: seal(tx, normal), phoneMasked: maskPhone(normal), phoneIndex: phoneIndex(tx, phone) };
}

type Identity = Pick<Person, 'identityNumberSealed' | 'identityNumberMasked' | 'identityNumberIndex'>;

/** The columns of an identity number, like those of a phone. */
export function sealedIdentity(tx: Tx, number: string | null): Identity {
  if (number === null) return { identityNumberSealed: null, identityNumberMasked: null, identityNumberIndex: null };
  const normal = normalIdentity(number);
  return {
    identityNumberSealed: seal(tx, normal),
    identityNumberMasked: maskIdentity(normal),
    identityNumberIndex: identityIndex(tx, number),
  };
}

type PersonText = { name: string; phone?: string | null; identityNumber?: string | null };

export const sealedPerson = (tx: Tx, { name, phone = null, identityNumber = null }: PersonText) => ({
  ...sealedName(tx, name),
  ...sealedPhone(tx, phone),
  ...sealedIdentity(tx, identityNumber),
});

type ContactName = Pick<Organisation, 'contactNameSealed' | 'contactNameMasked'>;
type ContactPhone = Pick<Organisation, 'contactPhoneSealed' | 'contactPhoneMasked'>;

/** The columns of an organisation's contact. */
export function sealedContactName(tx: Tx, name: string | null): ContactName {
  if (name === null) return { contactNameSealed: null, contactNameMasked: null };
  const { nameSealed, nameMasked } = sealedName(tx, name);
  return { contactNameSealed: nameSealed, contactNameMasked: nameMasked };
}

export function sealedContactPhone(tx: Tx, phone: string | null): ContactPhone {
  const { phoneSealed, phoneMasked } = sealedPhone(tx, phone);
  return { contactPhoneSealed: phoneSealed, contactPhoneMasked: phoneMasked };
}
