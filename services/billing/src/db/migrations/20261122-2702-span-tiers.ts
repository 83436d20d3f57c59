import type { Migration } from '@steward/db';

const up = `
-- Tiers go through the use of a calendar month or of a calendar year, as the tariff says.
alter table tariff add column tier_span text not null default 'MONTH' check (tier_span in ('MONTH', 'YEAR'));
alter table tariff alter column tier_span drop default;
alter table tariff add constraint tariff_span_of_tiers check (tier_span = 'MONTH' or tiers <> '[]');

-- What of a span was used before a line, and for how many months the limits hold with the line and without it; null
-- where no tiers were gone through, and of lines that are older than this.
alter table charge_line add column used_before numeric;
alter table charge_line add column tier_months int;
alter table charge_line add column tier_months_before int;
`;

const down = `
alter table charge_line drop column tier_months_before;
alter table charge_line drop column tier_months;
alter table charge_line drop column used_before;
alter table tariff drop constraint tariff_span_of_tiers;
alter table tariff drop column tier_span;
`;

export const migration: Migration = { name: '20261122-2702-span-tiers', up, down };
