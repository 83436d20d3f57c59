import { byId, listBy, loader, type Context } from '@steward/service-kit';

import type { Pass, PassCause, PassUse } from '../domain/pass.ts';
import { passEntity } from './pass-entities.ts';
import { findPassesOfCauses } from './pass-queries.ts';

const usesOfPasses = `
  select id, tenant_id as "tenantId", pass_id as "passId", used_at as "usedAt", gate_id as "gateId",
         guard_id as "guardId", direction, is_damaged as "isDamaged", is_locked as "isLocked",
         photo_file_ids as "photoFileIds"
    from pass_use where pass_id = any($1::uuid[]) order by used_at, id`;

const passCauseKey = ({ type, id }: PassCause): string => `${type}/${id}`;

const causeOfKey = (key: string): PassCause => {
  const [type = '', id = ''] = key.split('/');
  return { type, id };
};

/** Passes and their uses; one read per kind and request. */
export const passLoaders = (ctx: Context) => ({
  pass: byId(ctx, passEntity),
  usesOfPass: listBy<PassUse>(ctx, usesOfPasses, ({ passId }) => passId),
  /** By `type/id` of the procedure. */
  passesOfCause: loader<string, Pass[]>(ctx, async (tx, keys) => {
    const found = Map.groupBy(await findPassesOfCauses(tx, keys.map(causeOfKey)), ({ causeType, causeId }) =>
      passCauseKey({ type: causeType ?? '', id: causeId ?? '' }),
    );
    return keys.map((key) => found.get(key) ?? []);
  }),
});
