import { tenantTableSql, type Migration } from '@steward/db';

const up = `
-- What was erased stays a row: memberships and books refer to its id.
alter table person add column erased_at timestamptz;
alter table person add constraint person_erased_is_bare check (
  erased_at is null or num_nonnulls(phone_sealed, phone_masked, phone_index, identity_number_sealed,
                                    identity_number_masked, identity_number_index) = 0);

create table person_erasure (
  id uuid primary key,
  tenant_id uuid not null,
  community_id uuid not null,
  number text not null,
  version int not null,
  created_at timestamptz not null,
  person_id uuid not null,
  status text not null check (status in ('REQUESTED', 'ERASED', 'REJECTED')),
  reason text not null check (reason in ('PERSON_ASKED', 'CONSENT_WITHDRAWN', 'PURPOSE_ENDED')),
  requested_by text not null,
  decided_at timestamptz,
  decided_by text check (decided_by <> requested_by),
  note_sealed text,
  unique (tenant_id, id),
  constraint person_erasure_number_unique unique (tenant_id, community_id, number),
  check ((status = 'REQUESTED') = (decided_at is null)),
  check ((status = 'REJECTED') = (note_sealed is not null)),
  foreign key (tenant_id, community_id) references community (tenant_id, id),
  foreign key (tenant_id, person_id) references person (tenant_id, id)
);
create unique index person_erasure_one_pending on person_erasure (person_id) where status = 'REQUESTED';
create index person_erasure_newest on person_erasure (tenant_id, community_id, created_at, id);
${tenantTableSql('person_erasure')}
`;

const down = `
drop table person_erasure;
alter table person drop column erased_at;
`;

export const migration: Migration = { name: '20261122-1452-create-person-erasures', up, down };
