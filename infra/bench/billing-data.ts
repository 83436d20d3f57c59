import type pg from 'pg';

/** The company and the communities of the benchmark: the run's, the one of a run without the chain, the plain statement's. */
export const billingTenant = '00000000-0000-7000-8000-0000000000aa';
export const runCommunity = '00000000-0000-7000-8000-0000000000b1';
export const plainCommunity = '00000000-0000-7000-8000-0000000000b2';
export const chainlessCommunity = '00000000-0000-7000-8000-0000000000b3';

/** Kinds of charge of the run: by area, fixed, by member, once for a household, by meter in tiers. */
export const runKinds = ['MANAGEMENT_FEE', 'CABLE_TV', 'WATER', 'GAS', 'ELECTRICITY'] as const;

export const runPeriod = { periodFrom: '2026-07-01', periodTo: '2026-10-01', dueOn: '2026-10-31' };

const tiers = '[{"upTo":"180","rate":"48.83"},{"upTo":"280","rate":"53.83"},{"upTo":null,"rate":"78.83"}]';

const tariffs = [
  ['MANAGEMENT_FEE', 'AREA', '235', '[]'],
  ['CABLE_TV', 'FIXED', '2500', '[]'],
  ['WATER', 'PERSON', '1200', '[]'],
  ['GAS', 'HOUSEHOLD', '800', '[]'],
  ['ELECTRICITY', 'METER', 'null', tiers],
] as const;

/** Everything of a community, table by table; ids follow from the number of the flat. */
function tablesOf(community: string, households: number): string[] {
  const idOf = (kind: string, number = 'n'): string => `content_uuid('${kind}${community}' || ${number})`;
  const own = `'${billingTenant}', '${community}'`;
  const account = `billing_account_id('${community}', ${idOf('unit')}, 'PERSON', ${idOf('person')})`;
  const flats = `from generate_series(1, ${households}) n`;
  return [
    `insert into community_reference (tenant_id, id, time_zone, currency, status)
     values (${own}, 'Asia/Shanghai', 'CNY', 'ACTIVE')`,
    `insert into unit_reference (id, tenant_id, community_id, kind, path, building_path, usage, area_m2)
     select ${idOf('unit')}, ${own}, 'UNIT', n / 100 || '/' || n, (n / 100)::text, 'RESIDENTIAL', 40.5 + n % 120 ${flats}`,
    `insert into household_reference (id, tenant_id, community_id) select ${idOf('household')}, ${own} ${flats}`,
    `insert into household_member (id, tenant_id, household_id, person_id, valid_from)
     select ${idOf('member', 'n * 10 + m')}, '${billingTenant}', ${idOf('household')}, ${idOf('person', 'n * 10 + m')},
            '2020-01-01' ${flats} cross join generate_series(1, 3) m where m <= 1 + n % 3`,
    `insert into billing_account (id, tenant_id, community_id, number, version, created_at, unit_id, household_id,
       party_kind, party_id)
     select ${account}, ${own}, 'ZH-' || n, 1, now(), ${idOf('unit')}, ${idOf('household')}, 'PERSON', ${idOf('person')}
       ${flats}`,
    `insert into unit_liability (id, tenant_id, community_id, holding_id, unit_id, household_id, billing_account_id,
       tenure, valid_from)
     select ${idOf('liability')}, ${own}, ${idOf('holding')}, ${idOf('unit')}, ${idOf('household')}, ${account}, 'OWNED',
            '2020-01-01' ${flats}`,
    `insert into meter (id, tenant_id, community_id, number, version, created_at, kind, charge_type_code, unit_id, digits,
       multiplier, is_prepaid, balance, last_value, last_read_on, cumulative, reading_count, installed_on)
     select ${idOf('meter')}, ${own}, 'E' || n, 1, now(), 'ELECTRICITY', 'ELECTRICITY', ${idOf('unit')}, 6, 1, false, 0,
            501 + n % 900, '2026-09-30', 1 + n % 900, 1, '2020-01-01' ${flats}`,
    `insert into meter_reading (id, tenant_id, community_id, meter_id, value, since, taken_on, used, cumulative,
       is_rollover, is_confirmed, source)
     select ${idOf('reading')}, ${own}, ${idOf('meter')}, 501 + n % 900, '2026-06-30', '2026-09-30', 1 + n % 900,
            1 + n % 900, false, false, 'STAFF' ${flats}`,
    ...tariffs.map(
      ([code, method, rate, rising]) =>
        `insert into tariff (id, tenant_id, community_id, number, version, created_at, status, charge_type_code, method,
           rate, tiers, tier_span, unit_usages, tax_rate, is_tax_included, document_number, document_issuer,
           document_issued_on, valid_from, drafted_by, approved_by, approved_at)
         values (${idOf('tariff', `'${code}'`)}, ${own}, 'SF-${code}', 2, now(), 'APPROVED', '${code}', '${method}',
           ${rate}, '${rising}', 'MONTH', '{}', 0.06, true, 'B-1', 'Price bureau', '2020-01-01', '2020-01-01', 'clerk',
           'director', now())`,
    ),
  ];
}

/** Fills the communities with flats, their owners, meters, readings and tariffs. */
export async function fillBilling(admin: pg.Client, households: number): Promise<void> {
  for (const community of [runCommunity, chainlessCommunity, plainCommunity]) {
    for (const sql of tablesOf(community, households)) await admin.query(sql);
  }
  await admin.query('analyze');
}
