import type { Migration } from '@steward/db';

const up = `
alter table staff_check add column photo_file_ids uuid[] not null default '{}';
alter table staff_check alter column photo_file_ids drop default;
`;

export const migration: Migration = {
  name: '20261122-2406-add-check-photos',
  up,
  down: 'alter table staff_check drop column photo_file_ids;',
};
