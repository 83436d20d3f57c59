import type { Migration } from '@steward/db';

const relieved = (reasons: string): string => `
drop index charge_relieved;
create index charge_relieved on charge (unit_id) where status = 'REVERSED' and reason_code in (${reasons});`;

const up = `
-- Charges whose days turned out to be in custody, or no longer, are charged again like those of another holder.
${relieved(`'HOLDER_CHANGED', 'CUSTODY_CHANGED'`)}

-- Days that old books charged are not charged again: few rows, looked for with every line that is made.
create index charge_of_opening on charge (unit_id) where cause_type = 'opening-import';
`;

const down = `
drop index charge_of_opening;
${relieved(`'HOLDER_CHANGED'`)}
`;

export const migration: Migration = { name: '20261122-3201-follow-custody', up, down };
