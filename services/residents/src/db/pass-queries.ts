import { rows, type Tx } from '@steward/db';
import { blindIndex, type Order } from '@steward/service-kit';
import type { SelectQueryBuilder } from 'typeorm';

import type { Pass, PassCause } from '../domain/pass.ts';
import type { PassFilter, PassOrder } from '../graphql/generated.ts';
import { passEntity } from './pass-entities.ts';

export const passOrders: Record<PassOrder, Order> = {
  CREATED_AT_DESC: { property: 'createdAt', direction: 'DESC' },
  VALID_TO_ASC: { property: 'validTo', direction: 'ASC' },
};

/** The form a plate is kept and searched in. */
export const normalPlate = (plate: string): string => plate.replace(/[\s·.-]/g, '').toUpperCase();

export const plateIndex = (tx: Tx, plate: string): string => blindIndex(tx, `plate:${normalPlate(plate)}`);

/** Passes as the filter says; whose they are is the list's to confine. */
export function passQuery(tx: Tx, filter: PassFilter, communities: string[] | null): SelectQueryBuilder<Pass> {
  const query = tx.createQueryBuilder(passEntity, 'p');
  if (communities !== null) query.andWhere('p.community_id = any(:communities)', { communities });
  if (filter.number != null) query.andWhere('p.number = :number', { number: filter.number });
  if (filter.kind != null) query.andWhere('p.kind = any(:kind)', { kind: filter.kind });
  if (filter.status != null) query.andWhere('p.status = any(:status)', { status: filter.status });
  if (filter.householdId != null) query.andWhere('p.household_id = :householdId', { householdId: filter.householdId });
  if (filter.unitId != null) query.andWhere('p.unit_id = :unitId', { unitId: filter.unitId });
  if (filter.plate != null) query.andWhere('p.plate_index = :plate', { plate: plateIndex(tx, filter.plate) });
  return query;
}

/** The code as people type it: without blanks and hyphens, in capitals. */
export const normalCode = (code: string): string => code.replace(/[\s-]/g, '').toUpperCase();

export async function passIdByCode(tx: Tx, communityId: string, code: string): Promise<string | null> {
  const [found] = await rows<{ id: string }>(tx, 'select id from pass where community_id = $1 and code = $2', [
    communityId,
    normalCode(code),
  ]);
  return found?.id ?? null;
}

/** Which of the codes some pass of the community has already. */
export async function takenCodes(tx: Tx, communityId: string, codes: readonly string[]): Promise<Set<string>> {
  const found = await rows<{ code: string }>(
    tx,
    'select code from pass where community_id = $1 and code = any($2::text[])',
    [communityId, codes],
  );
  return new Set(found.map(({ code }) => code));
}

/** The ids of a procedure's passes in these states. */
export async function passIdsOfCause(tx: Tx, cause: PassCause, statuses: readonly string[]): Promise<string[]> {
  const found = await rows<{ id: string }>(
    tx,
    'select id from pass where cause_type = $1 and cause_id = $2 and status = any($3::text[])',
    [cause.type, cause.id, statuses],
  );
  return found.map(({ id }) => id);
}

/** The passes of procedures by `type/id`, oldest first. */
export const findPassesOfCauses = (tx: Tx, causes: readonly PassCause[]): Promise<Pass[]> =>
  tx
    .createQueryBuilder(passEntity, 'p')
    .where(`(p.cause_type || '/' || p.cause_id) = any(:causes)`, {
      causes: causes.map(({ type, id }) => `${type}/${id}`),
    })
    .andWhere('p.cause_id = any(:ids)', { ids: causes.map(({ id }) => id) })
    .orderBy('p.number')
    .getMany();
