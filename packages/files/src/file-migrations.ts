import { tenantTableSql, type Migration } from '@steward/db';

/**
 * The table `file` of a service's database. The system role sees of it only which tenants have an upload that was
 * never finished; the removal itself runs as the tenant.
 */
export const fileMigrations: Migration[] = [
  {
    name: '20261122-0050-file',
    up: `
      create table file (
        id uuid primary key,
        tenant_id uuid not null,
        community_id uuid,
        purpose text not null,
        name_sealed text not null,
        content_type text not null,
        bytes bigint not null check (bytes > 0),
        sha256 text check (sha256 ~ '^[0-9a-f]{64}$'),
        state text not null check (state in ('PENDING', 'UPLOADED')),
        uploaded_by text not null,
        created_at timestamptz not null,
        expires_at timestamptz not null,
        check ((state = 'UPLOADED') = (sha256 is not null))
      );
      create index file_pending on file (expires_at) where state = 'PENDING';
      ${tenantTableSql('file')}
      create policy system_pending on file for select to {{system}} using (state = 'PENDING');
      grant select (tenant_id, state, expires_at) on file to {{system}};`,
    down: `drop table file;`,
  },
  {
    name: '20261122-0051-erase-file',
    up: `
      alter table file drop constraint file_state_check;
      alter table file add constraint file_state_check check (state in ('PENDING', 'UPLOADED', 'ERASED'));
      alter table file add column erased_at timestamptz, add column removed_at timestamptz;
      alter table file add constraint file_erased check ((state = 'ERASED') = (erased_at is not null));
      alter table file add constraint file_removed check (removed_at is null or state = 'ERASED');
      create index file_erased_bytes on file (tenant_id) where state = 'ERASED' and removed_at is null;`,
    // What was erased does not come back; its rows stand as uploads that never came, which housekeeping clears.
    down: `
      drop index file_erased_bytes;
      alter table file drop column erased_at, drop column removed_at;
      alter table file drop constraint file_state_check;
      alter table file no force row level security;
      update file set state = 'PENDING' where state = 'ERASED';
      alter table file force row level security;
      alter table file add constraint file_state_check check (state in ('PENDING', 'UPLOADED'));`,
  },
];
