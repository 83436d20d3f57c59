import type { Migration } from '@steward/db';

// Every payment asks whether a final settlement waited for it; there is one for each household that moved out lately.
const up = `
create index charge_final_open on charge (unit_id, household_id)
  where status = 'OPEN' and charge_type_code = 'FINAL_SETTLEMENT';
`;

const down = `drop index charge_final_open;`;

export const migration: Migration = { name: '20261122-1901-find-final-settlements', up, down };
