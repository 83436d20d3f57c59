import { tenantTableSql, type Migration } from '@steward/db';

const up = `
create table membership_card (
  id uuid primary key,
  tenant_id uuid not null,
  community_id uuid not null,
  number text not null,
  version int not null,
  created_at timestamptz not null,
  tier text not null check (tier in ('MEMBER', 'BULK', 'VIP')),
  status text not null check (status in ('APPLIED', 'ACTIVE', 'REFUSED', 'EXPIRED', 'ENDED')),
  person_id uuid,
  organisation_id uuid,
  issued_at timestamptz,
  valid_to date,
  profile_sealed text,
  reason_code text,
  constraint membership_card_holder check ((person_id is null) <> (organisation_id is null)),
  check (status in ('APPLIED', 'REFUSED') or (issued_at is not null and valid_to is not null)),
  unique (tenant_id, id),
  unique (tenant_id, community_id, number),
  foreign key (tenant_id, community_id) references community (tenant_id, id),
  foreign key (tenant_id, person_id) references person (tenant_id, id),
  foreign key (tenant_id, organisation_id) references organisation (tenant_id, id)
);
create unique index membership_card_once on membership_card (community_id, coalesce(person_id, organisation_id), tier)
  where status in ('APPLIED', 'ACTIVE');
create index membership_card_newest on membership_card (tenant_id, community_id, created_at, id);
create index membership_card_person on membership_card (person_id);
create index membership_card_organisation on membership_card (organisation_id);
${tenantTableSql('membership_card')}
`;

const down = 'drop table membership_card;';

export const migration: Migration = { name: '20261122-1413-create-membership-cards', up, down };
