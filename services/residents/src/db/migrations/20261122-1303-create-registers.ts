import { tenantTableSql, type Migration } from '@steward/db';

const identity = `
  id uuid primary key,
  tenant_id uuid not null,
  community_id uuid not null,
  number text not null,
  version int not null,
  created_at timestamptz not null`;

const known = `
  unique (tenant_id, id),
  unique (tenant_id, community_id, number),
  foreign key (tenant_id, community_id) references community (tenant_id, id)`;

const up = `
create table mail_item (${identity},
  kind text not null check (kind in ('LETTER', 'REGISTERED_LETTER', 'PARCEL', 'OFFICIAL_LETTER')),
  status text not null check (status in ('REGISTERED', 'WITH_LEADER', 'READY', 'COLLECTED', 'FILED')),
  household_id uuid,
  recipient_name_sealed text,
  recipient_name_masked text,
  sender_sealed text,
  tracking_number text,
  leader_id uuid,
  disposition text check (disposition in ('DELIVER', 'FILE')),
  instruction_sealed text,
  handled_at timestamptz,
  collected_at timestamptz,
  check (household_id is not null or recipient_name_sealed is not null),
  check (status <> 'COLLECTED' or collected_at is not null),
  foreign key (tenant_id, household_id) references household (tenant_id, id),${known}
);
create index mail_item_newest on mail_item (tenant_id, community_id, created_at, id);
create index mail_item_household on mail_item (household_id);
${tenantTableSql('mail_item')}

create table resident_registration (${identity},
  kind text not null check (kind in ('DOG', 'TEMPORARY_RESIDENCE', 'ENCRYPTED_TV', 'PHONE_INSTALLATION', 'PAPERS')),
  status text not null check (status in ('OPEN', 'SUBMITTED', 'GRANTED', 'REFUSED', 'WITHDRAWN', 'EXPIRED')),
  household_id uuid not null,
  person_id uuid,
  description_sealed text,
  submitted_at timestamptz,
  decided_at timestamptz,
  certificate_number_sealed text,
  valid_to date,
  reminded_at timestamptz,
  reason_code text,
  foreign key (tenant_id, household_id) references household (tenant_id, id),
  foreign key (tenant_id, person_id) references person (tenant_id, id),${known}
);
create index resident_registration_newest on resident_registration (tenant_id, community_id, created_at, id);
create index resident_registration_household on resident_registration (household_id);
${tenantTableSql('resident_registration')}

create table registration_document (
  id uuid primary key,
  tenant_id uuid not null,
  registration_id uuid not null,
  kind_code text not null,
  file_id uuid,
  received_at timestamptz not null,
  foreign key (tenant_id, registration_id) references resident_registration (tenant_id, id)
);
create index registration_document_of_registration on registration_document (registration_id);
${tenantTableSql('registration_document', { appendOnly: true })}

create table escorted_access (${identity},
  kind text not null check (kind in ('WORK', 'FILMING', 'FURNISHING', 'VIEWING')),
  status text not null check (status in ('PLANNED', 'STARTED', 'ENDED', 'CANCELLED')),
  unit_id uuid not null,
  organisation_id uuid,
  visitor_name_sealed text not null,
  visitor_name_masked text not null,
  visitor_count int not null check (visitor_count > 0),
  valid_from timestamptz not null,
  valid_to timestamptz not null check (valid_to > valid_from),
  escort_id uuid,
  photo_file_ids uuid[] not null,
  started_at timestamptz,
  ended_at timestamptz check (ended_at >= started_at),
  reason_code text,
  check (status <> 'STARTED' or escort_id is not null),
  foreign key (tenant_id, unit_id) references place (tenant_id, id),
  foreign key (tenant_id, organisation_id) references organisation (tenant_id, id),${known}
);
create index escorted_access_newest on escorted_access (tenant_id, community_id, created_at, id);
${tenantTableSql('escorted_access')}
`;

const down = 'drop table escorted_access, registration_document, resident_registration, mail_item;';

export const migration: Migration = { name: '20261122-1303-create-registers', up, down };
