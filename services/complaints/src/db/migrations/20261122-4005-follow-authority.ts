import type { Migration } from '@steward/db';
import { authorityGrantReferenceSql } from '@steward/service-kit';

export const migration: Migration = {
  name: '20261122-4005-follow-authority',
  up: authorityGrantReferenceSql,
  down: 'drop table authority_grant_reference;',
};
