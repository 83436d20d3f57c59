import { tenantTableSql, type Migration } from '@steward/db';

const identity = `
  id uuid primary key,
  tenant_id uuid not null,
  community_id uuid not null,
  number text not null check (number <> ''),
  version int not null,
  created_at timestamptz not null,
  unique (tenant_id, id),
  unique (tenant_id, community_id, number),
  foreign key (tenant_id, community_id) references community (tenant_id, id)`;

const chargeStates = `'NONE', 'REQUESTED', 'RAISED', 'SETTLED', 'REVERSED', 'REFUND_REQUESTED', 'REFUNDED'`;

const up = `
create table decoration_terms (${identity},
  edition int not null check (edition > 0),
  work_from time not null,
  work_to time not null check (work_to > work_from),
  break_from time,
  break_to time check (break_to > break_from),
  is_allowed_at_weekend boolean not null,
  prohibitions text not null check (prohibitions <> ''),
  check ((break_from is null) = (break_to is null)),
  unique (tenant_id, community_id, edition)
);
${tenantTableSql('decoration_terms')}

create table decoration (${identity},
  kind text not null check (kind in ('DECORATION', 'TEMPORARY_STRUCTURE')),
  status text not null check (status in ('APPLIED', 'IN_REVIEW', 'REVIEWED', 'APPROVED', 'PERMITTED', 'STOPPED',
    'EXPIRED', 'COMPLETED', 'CLOSED', 'CANCELLED')),
  household_id uuid not null,
  unit_id uuid not null,
  applicant_kind text not null check (applicant_kind in ('OWNER', 'AGENT')),
  applicant_id uuid not null,
  contractor_id uuid not null,
  handler_id uuid,
  description_sealed text not null,
  is_structure_changed boolean not null,
  is_load_increased boolean not null,
  planned_from date not null,
  planned_to date not null check (planned_to > planned_from),
  agreement_signed_at timestamptz,
  plan_submitted_at timestamptz,
  plan_submitted_by text,
  plan_decision text check (plan_decision in ('APPROVED', 'REJECTED')),
  plan_decided_at timestamptz,
  plan_reason_sealed text,
  authority_approval_number text check (authority_approval_number <> ''),
  authority_name text,
  authority_approved_on date,
  permit_number text,
  permit_from date,
  permit_to date check (permit_to > permit_from),
  extension_count int not null check (extension_count >= 0),
  currency text not null,
  deposit_amount bigint not null check (deposit_amount >= 0),
  deposit_state text not null check (deposit_state in (${chargeStates})),
  deposit_charge_id uuid,
  waste_fee_amount bigint not null check (waste_fee_amount >= 0),
  waste_fee_state text not null check (waste_fee_state in (${chargeStates})),
  waste_fee_charge_id uuid,
  completion_requested_at timestamptz,
  completed_at timestamptz,
  closed_at timestamptz,
  cancel_reason_code text,
  foreign key (tenant_id, household_id) references household (tenant_id, id),
  foreign key (tenant_id, unit_id) references place (tenant_id, id),
  foreign key (tenant_id, applicant_id) references person (tenant_id, id),
  foreign key (tenant_id, contractor_id) references organisation (tenant_id, id),
  -- A085: no permit for a change of structure, an increase of load or a temporary structure without the authority.
  constraint decoration_authority_gate check (
    permit_number is null
    or not (is_structure_changed or is_load_increased or kind = 'TEMPORARY_STRUCTURE')
    or authority_approval_number is not null
  ),
  constraint decoration_under_way_has_permit check (
    status not in ('PERMITTED', 'STOPPED', 'EXPIRED', 'COMPLETED', 'CLOSED')
    or (permit_number is not null and permit_from is not null and permit_to is not null)
  )
);
create index decoration_newest on decoration (community_id, created_at, id);
create index decoration_household on decoration (household_id);
create index decoration_under_way on decoration (community_id) where status in ('PERMITTED', 'STOPPED', 'EXPIRED');
${tenantTableSql('decoration')}

create table decoration_document (
  id uuid primary key,
  tenant_id uuid not null,
  decoration_id uuid not null,
  kind_code text not null,
  file_id uuid,
  received_at timestamptz not null,
  foreign key (tenant_id, decoration_id) references decoration (tenant_id, id)
);
create index decoration_document_decoration on decoration_document (decoration_id);
${tenantTableSql('decoration_document', { appendOnly: true })}

create table decoration_acknowledgement (
  id uuid primary key,
  tenant_id uuid not null,
  decoration_id uuid not null,
  party text not null check (party in ('OWNER', 'CONTRACTOR')),
  terms_id uuid not null,
  acknowledged_at timestamptz not null,
  foreign key (tenant_id, decoration_id) references decoration (tenant_id, id),
  foreign key (tenant_id, terms_id) references decoration_terms (tenant_id, id)
);
create index decoration_acknowledgement_decoration on decoration_acknowledgement (decoration_id);
${tenantTableSql('decoration_acknowledgement', { appendOnly: true })}

create table decoration_completion_check (
  id uuid primary key,
  tenant_id uuid not null,
  decoration_id uuid not null,
  checked_at timestamptz not null,
  checked_by uuid,
  is_passed boolean not null,
  findings_sealed text,
  foreign key (tenant_id, decoration_id) references decoration (tenant_id, id)
);
create index decoration_completion_check_decoration on decoration_completion_check (decoration_id);
${tenantTableSql('decoration_completion_check', { appendOnly: true })}
`;

const down = `
drop table decoration_completion_check;
drop table decoration_acknowledgement;
drop table decoration_document;
drop table decoration;
drop table decoration_terms;
`;

export const migration: Migration = { name: '20261122-1201-create-decorations', up, down };
