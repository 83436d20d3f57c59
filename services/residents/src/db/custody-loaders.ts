import { byId, listBy, type Context } from '@steward/service-kit';

import type { CustodyPatrol, CustodyReading } from '../domain/custody.ts';
import { custodyEntity, heavyRainWarningEntity } from './custody-entities.ts';

const readings = `
  select id, tenant_id as "tenantId", custody_id as "custodyId", taken_at as "takenAt", water_m3::text as "waterM3",
         electricity_kwh::text as "electricityKwh", taken_by as "takenBy", photo_file_ids as "photoFileIds"
    from custody_reading where custody_id = any($1::uuid[]) order by taken_at, id`;

const patrols = `
  select id, tenant_id as "tenantId", custody_id as "custodyId", kind, status, warning_id as "warningId",
         due_at as "dueAt", patrolled_at as "patrolledAt", patrolled_by as "patrolledBy",
         finding_codes as "findingCodes", note_sealed as "noteSealed", photo_file_ids as "photoFileIds"
    from custody_patrol where custody_id = any($1::uuid[]) order by coalesce(patrolled_at, due_at), id`;

const ofCustody = ({ custodyId }: { custodyId: string }): string => custodyId;

/** Custodies with what they hold; one read per kind and request. */
export const custodyLoaders = (ctx: Context) => ({
  custody: byId(ctx, custodyEntity),
  heavyRainWarning: byId(ctx, heavyRainWarningEntity),
  readingsOfCustody: listBy<CustodyReading>(ctx, readings, ofCustody),
  patrolsOfCustody: listBy<CustodyPatrol>(ctx, patrols, ofCustody),
});
