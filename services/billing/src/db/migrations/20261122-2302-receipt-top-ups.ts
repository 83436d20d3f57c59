import type { Migration } from '@steward/db';

const kinds = (named: string, check = ''): string => `
alter table prepaid_entry drop constraint prepaid_entry_kind_check;
alter table prepaid_entry add constraint prepaid_entry_kind_check check (kind in (${named}))${check};`;

const before = `'TOP_UP', 'USE', 'OPENING', 'HAND_OVER'`;

// A top-up is a payment with its receipt; what is taken back of it comes off the meter.
const up = `
alter table payment add column meter_id uuid;
alter table payment add constraint payment_of_meter check (meter_id is null or advance_amount = 0);
${kinds(`${before}, 'VOID'`)}
`;

const down = `
${kinds(before, ' not valid')}
alter table payment drop column meter_id;
`;

export const migration: Migration = { name: '20261122-2302-receipt-top-ups', up, down };
