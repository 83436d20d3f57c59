import { newId } from '@steward/core';
import type pg from 'pg';

import { benchTenant } from './list-data.ts';

/** Where the staff of the benchmark work. */
export const benchCommunity = '01900000-0000-7000-8000-00000000c0de';

/** The quarter that is rostered and the month that is paid: over when the benchmark runs. */
export const quarter = { startsOn: '2026-07-01', endsOn: '2026-10-01' };
export const payMonth = '2026-06';

/** Everything that somebody needs before the first shift. */
export async function fillPlaces(admin: pg.Client): Promise<void> {
  await admin.query(
    `insert into community_reference (id, tenant_id, time_zone, currency, status)
     values ($1, $2, 'Asia/Shanghai', 'CNY', 'ACTIVE')`,
    [benchCommunity, benchTenant],
  );
  await admin.query(
    `insert into department (id, tenant_id, number, version, created_at, name)
     values ($1, $2, 'CUSTOMER_SERVICE', 1, now(), '客户服务中心')`,
    [newId(), benchTenant],
  );
}

/** Staff with a post, a health certificate and an induction; answers their ids in order. */
export async function fillStaff(admin: pg.Client, count: number, role: string, prefix: string): Promise<string[]> {
  const ids = Array.from({ length: count }, () => newId());
  const params = [ids, benchTenant, benchCommunity];
  await admin.query(
    `insert into staff (id, tenant_id, community_id, number, version, created_at, name_sealed, name_masked, status,
                        employed_on, trade_codes)
     select s.id, $2, $3, $4 || to_char(s.at, 'FM0000'), 1, now(), 'sealed', '王**', 'EMPLOYED', '2025-01-01', '{PLUMBING}'
       from unnest($1::uuid[]) with ordinality as s(id, at)`,
    [...params, prefix],
  );
  await admin.query(
    `insert into staff_post (id, tenant_id, staff_id, community_id, department_id, position_code, role, valid_from)
     select gen_random_uuid(), $2, s.id, $3, d.id, 'CUSTOMER_SERVICE_CLERK', $4, '2025-01-01'
       from unnest($1::uuid[]) as s(id) cross join department d`,
    [...params, role],
  );
  await admin.query(
    `insert into certificate (id, tenant_id, community_id, number, version, created_at, staff_id, kind_code,
                              certificate_no_sealed, certificate_no_masked, issued_on, expires_on, status)
     select gen_random_uuid(), $2, $3, 'ZZ-' || s.id, 1, now(), s.id, 'HEALTH', 'sealed', '****', '2026-01-01',
            '2026-12-31', 'IN_FORCE' from unnest($1::uuid[]) as s(id)`,
    params,
  );
  await admin.query(
    `insert into induction_record (id, tenant_id, community_id, number, version, created_at, staff_id, completed_on, is_passed)
     select gen_random_uuid(), $2, $3, 'GQ-' || s.id, 1, now(), s.id, '2026-01-15', true from unnest($1::uuid[]) as s(id)`,
    params,
  );
  return ids;
}

/** A month of 500: base pay, 22 reviewed shifts each, some absence, lateness, overtime and penalty points. */
export async function fillMonth(admin: pg.Client, ids: readonly string[]): Promise<void> {
  const rosterId = newId();
  const params = [ids, benchTenant, benchCommunity];
  await admin.query(
    `insert into staff_pay (staff_id, tenant_id, valid_from, base_amount)
     select s.id, $2, '2025-01-01', 300000 + 137 * s.at from unnest($1::uuid[]) with ordinality as s(id, at)`,
    params.slice(0, 2),
  );
  await admin.query(
    `insert into duty_roster (id, tenant_id, community_id, number, version, created_at, kind, starts_on, ends_on, status, shift_count)
     values ($1, $2, $3, 'PB-bench', 1, now(), 'SERVICE_CENTRE', '2026-06-01', '2026-07-01', 'WITHDRAWN', 0)`,
    [rosterId, benchTenant, benchCommunity],
  );
  await admin.query(
    `insert into duty_shift (id, tenant_id, community_id, number, version, created_at, roster_id, worked_on, pattern_code,
       staff_id, starts_at, ends_at, is_service_centre, is_night, is_handover_required, status, started_at, ended_at)
     select gen_random_uuid(), $2, $3, 'BC-' || s.at || '-' || d, 1, now(), $4, date '2026-06-01' + d, 'MORNING', s.id,
            date '2026-06-01' + d, date '2026-06-01' + d + interval '8 hours', false, false, false, 'ENDED',
            date '2026-06-01' + d, date '2026-06-01' + d + interval '8 hours'
       from unnest($1::uuid[]) with ordinality as s(id, at) cross join generate_series(0, 21) d`,
    [...params, rosterId],
  );
  await admin.query(
    `insert into attendance_record (id, tenant_id, community_id, number, version, created_at, shift_id, staff_id, worked_on,
       outcome, status, clocked_in_at, late_minutes, early_minutes, waited_minutes, close_out_codes)
     select gen_random_uuid(), h.tenant_id, h.community_id, 'KQ' || h.number, 1, now(), h.id, h.staff_id, h.worked_on,
            case when s.at % 10 = 0 and h.worked_on = '2026-06-02' then 'ABSENT' else 'PRESENT' end, 'REVIEWED',
            case when s.at % 10 = 0 and h.worked_on = '2026-06-02' then null else h.starts_at end,
            case when s.at % 3 = 0 and h.worked_on < '2026-06-03' and s.at % 10 <> 0 then 6 else 0 end, 0, 0, '{}'
       from duty_shift h join unnest($1::uuid[]) with ordinality as s(id, at) on s.id = h.staff_id where h.roster_id = $2`,
    [ids, rosterId],
  );
  await admin.query(
    `insert into overtime_request (id, tenant_id, community_id, number, version, created_at, staff_id, worked_on,
       overtime_from, overtime_to, reason_sealed, status, decided_at)
     select gen_random_uuid(), $2, $3, 'JB-' || s.at, 1, now(), s.id, '2026-06-03', '2026-06-03T10:00Z',
            '2026-06-03T11:35Z', 'sealed', 'APPROVED', now()
       from unnest($1::uuid[]) with ordinality as s(id, at) where s.at % 4 = 0`,
    params,
  );
  await admin.query(
    `insert into conduct_record (id, tenant_id, community_id, number, version, created_at, staff_id, kind_code, points,
       currency, occurred_on, status)
     select gen_random_uuid(), $2, $3, 'JC-' || s.at, 1, now(), s.id, 'SNACKS', 3, 'CNY', '2026-06-04', 'RECORDED'
       from unnest($1::uuid[]) with ordinality as s(id, at) where s.at % 5 = 0`,
    params,
  );
}

/** The same pay by plain SQL, line by line, each rounded once: what the sheet has to come to. */
export async function totalBySql(admin: pg.Client, ids: readonly string[]): Promise<number> {
  const { rows } = await admin.query<{ total: string }>(
    `select sum(p.base_amount
           - case when s.at % 10 = 0 then round(p.base_amount / 21.75) else 0 end
           - case when s.at % 3 = 0 and s.at % 10 <> 0 then 2 * 2000 else 0 end
           + case when s.at % 4 = 0 then round(p.base_amount * 95 * 1.5 / (21.75 * 8 * 60)) else 0 end
           - case when s.at % 5 = 0 then 3 * 1000 else 0 end) as total
       from unnest($1::uuid[]) with ordinality as s(id, at) join staff_pay p on p.staff_id = s.id`,
    [ids],
  );
  return Number(rows[0]?.total);
}
