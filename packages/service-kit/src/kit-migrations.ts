import { tenantTableSql, type Migration } from '@steward/db';

import { forgetHistoryMigration } from './forget-history-migration.ts';
import { keyedInputsMigration } from './keyed-inputs-migration.ts';
import { revealChainMigration } from './reveal-chain-migration.ts';
import { sealReasonsMigration } from './seal-reasons-migration.ts';

/** The kit's tables, the same in every service's own database. */
export const kitMigrations: Migration[] = [
  {
    name: '20261122-0100-kit-bookkeeping',
    up: `
      create table idempotency_key (
        tenant_id uuid not null, sub text not null, command text not null, key text not null check (length(key) between 8 and 200),
        input_sha256 text not null, result jsonb, created_at timestamptz not null, expires_at timestamptz,
        primary key (tenant_id, sub, command, key));
      create index idempotency_key_expires on idempotency_key (expires_at);
      ${tenantTableSql('idempotency_key')}
      -- Housekeeping sees and removes what has expired, and nothing else of the table.
      create policy system_expired on idempotency_key to {{system}} using (expires_at < now());
      grant delete, select (expires_at) on idempotency_key to {{system}};

      create table change (
        id bigint generated always as identity primary key,
        tenant_id uuid not null, aggregate_type text not null, aggregate_id uuid not null, version int not null,
        at timestamptz not null, actor_kind text not null, actor_id uuid, actor_sub text not null,
        action text not null, reason text, rule text, fields jsonb not null);
      create index change_of_aggregate on change (aggregate_id, id desc);
      ${tenantTableSql('change', { appendOnly: true })}

      create table number_sequence (
        tenant_id uuid not null, community_id uuid not null, prefix text not null, day text not null, last int not null,
        primary key (tenant_id, community_id, prefix, day));
      ${tenantTableSql('number_sequence')}

      create table policy_override (
        id uuid primary key, tenant_id uuid not null, community_id uuid not null, policy text not null, key text not null,
        value jsonb not null, valid_from timestamptz not null, set_by text not null, reason text not null,
        created_at timestamptz not null);
      create index policy_override_of_community on policy_override (community_id, policy, key, valid_from desc, id desc);
      ${tenantTableSql('policy_override', { appendOnly: true })}

      create table policy_set (
        id uuid primary key, tenant_id uuid not null, community_id uuid not null, policy text not null,
        version int not null, created_at timestamptz not null,
        unique (tenant_id, community_id, policy));
      ${tenantTableSql('policy_set')}

      create table reveal_log (
        id uuid primary key, tenant_id uuid not null, at timestamptz not null, actor_kind text not null, actor_id uuid,
        actor_sub text not null, aggregate_type text not null, aggregate_id uuid not null, fields text[] not null,
        reason text not null);
      create index reveal_log_of_aggregate on reveal_log (aggregate_id, at);
      ${tenantTableSql('reveal_log', { appendOnly: true })}

      create table service_clock (id int primary key check (id = 1), now timestamptz not null);
      grant select, insert, update on service_clock to {{system}};`,
    down: `
      drop table service_clock, reveal_log, policy_set, policy_override, number_sequence, change, idempotency_key;`,
  },
  {
    name: '20261122-0101-kit-deadlines-and-timers',
    up: `
      create table timer (
        id uuid primary key, tenant_id uuid not null, community_id uuid, kind text not null, aggregate_id uuid,
        due_at timestamptz not null, payload jsonb not null default '{}',
        state text not null default 'WAITING' check (state in ('WAITING', 'DONE', 'CANCELLED', 'FAILED')),
        attempts int not null default 0, retry_at timestamptz, last_error text, done_at timestamptz);
      create index timer_due on timer (due_at, id) where state = 'WAITING';
      create index timer_of_aggregate on timer (aggregate_id, kind) where state = 'WAITING';
      create index timer_of_community on timer (community_id, kind) where state = 'WAITING';
      ${tenantTableSql('timer', { system: true })}

      create table deadline (
        id uuid primary key, tenant_id uuid not null, community_id uuid, aggregate_type text not null,
        aggregate_id uuid not null, kind text not null, rule text not null, started_at timestamptz not null,
        due_at timestamptz not null, warn_at timestamptz, paused_at timestamptz, paused_for_ms bigint not null default 0,
        state text not null check (state in ('RUNNING', 'PAUSED', 'MET', 'BREACHED', 'CANCELLED')),
        warned_at timestamptz, escalated_share numeric not null default 0,
        breached_at timestamptz, met_at timestamptz, ended_at timestamptz, warn_to jsonb, escalations jsonb not null,
        check ((state = 'PAUSED') = (paused_at is not null)),
        check (state <> 'BREACHED' or breached_at is not null),
        check (state <> 'MET' or met_at is not null),
        check (state not in ('MET', 'CANCELLED') or ended_at is not null));
      create index deadline_of_aggregate on deadline (aggregate_id, started_at);
      create index timer_failed on timer (id) where state = 'FAILED';
      ${tenantTableSql('deadline')}
      revoke delete on deadline from {{service}};

      -- A breach is a fact of the record: neither the service nor a slip of its code may take it back.
      create function keep_breach() returns trigger language plpgsql as $$
      begin
        if old.breached_at is not null and (new.breached_at is distinct from old.breached_at or new.state <> 'BREACHED') then
          raise exception 'a breach cannot be edited' using errcode = 'check_violation';
        end if;
        return new;
      end $$;
      create trigger deadline_keep_breach before update on deadline for each row execute function keep_breach();`,
    down: `drop table deadline, timer; drop function keep_breach();`,
  },
  {
    name: '20261122-0102-kit-signatures-approvals-checks-notifications',
    up: `
      create table signature (
        id uuid primary key, tenant_id uuid not null, aggregate_type text not null, aggregate_id uuid not null,
        role text not null, person_id uuid, staff_id uuid, signer_name text, image_file_id uuid,
        signed_sha256 text not null check (signed_sha256 ~ '^[0-9a-f]{64}$'), signed_at timestamptz not null);
      create index signature_of_aggregate on signature (aggregate_id, signed_at);
      ${tenantTableSql('signature', { appendOnly: true })}

      create table approval (
        id uuid primary key, tenant_id uuid not null, aggregate_type text not null, aggregate_id uuid not null,
        kind text not null, role text not null, rule text not null,
        state text not null check (state in ('REQUESTED', 'APPROVED', 'REJECTED')),
        requested_at timestamptz not null, requested_by text not null, decided_at timestamptz, decided_by text, reason text,
        check ((state = 'REQUESTED') = (decided_at is null)),
        check (decided_by is null or decided_by <> requested_by));
      create index approval_of_aggregate on approval (aggregate_id, requested_at);
      ${tenantTableSql('approval')}

      create table checklist_item (
        id uuid primary key, tenant_id uuid not null, aggregate_type text not null, aggregate_id uuid not null,
        checklist text not null, code text not null, rule text not null,
        result text check (result in ('PASS', 'FAIL')), checked_at timestamptz, checked_by text,
        check ((result is null) = (checked_at is null)),
        unique (aggregate_id, checklist, code));
      ${tenantTableSql('checklist_item')}

      create table return_visit (
        id uuid primary key, tenant_id uuid not null, aggregate_type text not null, aggregate_id uuid not null,
        round int not null check (round >= 1), outcome text not null check (outcome in ('SATISFIED', 'UNSATISFIED', 'UNREACHABLE')),
        means text not null, visited_at timestamptz not null, visited_by uuid, opinion text);
      create index return_visit_of_aggregate on return_visit (aggregate_id, visited_at);
      ${tenantTableSql('return_visit', { appendOnly: true })}

      create table notification (
        id uuid primary key, tenant_id uuid not null, community_id uuid, role text, department_code text,
        staff_id uuid, person_id uuid, household_id uuid, template text not null, params jsonb not null,
        channel text not null check (channel in ('IN_APP', 'SMS', 'MAIL', 'LETTER')), due_at timestamptz not null,
        aggregate_id uuid, created_at timestamptz not null, sent_at timestamptz, read_at timestamptz,
        check (num_nonnulls(role, department_code, staff_id, person_id, household_id) >= 1));
      create index notification_of_staff on notification (staff_id, id desc) where staff_id is not null;
      create index notification_of_person on notification (person_id, id desc) where person_id is not null;
      create index notification_of_household on notification (household_id, id desc) where household_id is not null;
      create index notification_of_role on notification (community_id, role, id desc) where role is not null;
      create index notification_of_aggregate on notification (aggregate_id, id) where aggregate_id is not null;
      ${tenantTableSql('notification')}`,
    down: `drop table notification, return_visit, checklist_item, approval, signature;`,
  },
  revealChainMigration,
  forgetHistoryMigration,
  sealReasonsMigration,
  keyedInputsMigration,
];
