import type { Migration } from '@steward/db';

// The table takes the shape that the kit keeps for every service. hr reads no currency; what stood here before is told
// anew, with its own, when residents next tells of it.
const up = `
alter table community_reference add column currency text not null default 'CNY';
alter table community_reference alter column currency drop default;
`;

const down = `
alter table community_reference drop column currency;
`;

export const migration: Migration = { name: '20261122-2001-complete-community-reference', up, down };
