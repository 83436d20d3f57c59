import type { Tx } from '@steward/db';

import { blindIndex, maskName, maskPhone, seal } from './personal-data.ts';

/** The columns `<name>Sealed` and `<name>Masked`; null where the value may be. */
export type SealedColumns<N extends string, V> = Record<
  `${N}Sealed` | `${N}Masked`,
  null extends V ? string | null : string
>;

/** A value in the columns of its name: sealed, and masked for everyone. */
export function sealedColumns<N extends string, V extends string | null>(
  tx: Tx,
  name: N,
  value: V,
  mask: (value: string) => string,
): SealedColumns<N, V> {
  const columns = {
    [`${name}Sealed`]: value === null ? null : seal(tx, value),
    [`${name}Masked`]: value === null ? null : mask(value),
  };
  return columns as SealedColumns<N, V>;
}

/** The columns of a person's name, without the spaces around it. */
export const sealedName = <N extends string, V extends string | null>(tx: Tx, name: N, value: V): SealedColumns<N, V> =>
  sealedColumns(tx, name, (value === null ? null : value.trim()) as V, maskName);

/** The form a phone is kept and searched in: without spaces, hyphens and China's own country code. */
export const normalPhone = (phone: string): string => phone.replace(/[\s-]/g, '').replace(/^\+86(?=1)/, '');

/** The columns of a phone, in the form it is searched in. */
export const sealedPhone = <N extends string, V extends string | null>(
  tx: Tx,
  name: N,
  value: V,
): SealedColumns<N, V> => sealedColumns(tx, name, (value === null ? null : normalPhone(value)) as V, maskPhone);

/**
 * What finds an equal phone of the tenant. `kind` keeps the indexes of a service's different kinds of values apart, so that
 * a phone and an identity number of the same digits do not meet; a column keeps the kind it began with.
 */
export const phoneIndex = (tx: Tx, phone: string, kind?: string): string =>
  blindIndex(tx, kind === undefined ? normalPhone(phone) : `${kind}:${normalPhone(phone)}`);
