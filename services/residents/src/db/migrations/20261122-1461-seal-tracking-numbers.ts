import type { Migration } from '@steward/db';

/**
 * A tracking number leads to a name and an address at the carrier's, so it is sealed. The keys are not the database's:
 * numbers that were kept in clear are dropped and not carried along.
 */
const up = `
alter table mail_item add column tracking_number_sealed text;
alter table mail_item drop column tracking_number;
`;

const down = `
alter table mail_item add column tracking_number text;
alter table mail_item drop column tracking_number_sealed;
`;

export const migration: Migration = { name: '20261122-1461-seal-tracking-numbers', up, down };
