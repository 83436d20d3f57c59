import type { Role } from '@steward/auth';
import { newId } from '@steward/core';
import { rows, txScope, type Tx } from '@steward/db';
import { notificationEvents, recordEvent } from '@steward/events';

import { serviceOf } from './running.ts';

/** Who is told: one party, or the holders of a role in a department of the community. */
export type Recipient = {
  role?: Role;
  departmentCode?: string;
  staffId?: string;
  personId?: string;
  householdId?: string;
};

export type NotificationChannelName = 'IN_APP' | 'SMS' | 'MAIL' | 'LETTER';

export type NotificationRequest = {
  communityId: string | null;
  to: Recipient;
  /** Key of the text in the service's labels, without `template.`. */
  template: string;
  /** Ids, codes and figures for the text. */
  params: Record<string, string | number | boolean | null>;
  channel?: NotificationChannelName;
  dueAt?: Date;
  /** What it is about. */
  aggregateId?: string;
};

/** Asks for somebody to be told, in the same transaction as its cause: a row to read and a fact for the notifier. */
export async function notify(tx: Tx, request: NotificationRequest): Promise<string> {
  const { tenantId, now } = txScope(tx);
  const id = newId();
  const channel = request.channel ?? 'IN_APP';
  const dueAt = request.dueAt ?? now;
  const { role = null, departmentCode = null, staffId = null, personId = null, householdId = null } = request.to;
  await rows(
    tx,
    `insert into notification (id, tenant_id, community_id, role, department_code, staff_id, person_id, household_id,
                               template, params, channel, due_at, aggregate_id, created_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
    [
      id, tenantId, request.communityId, role, departmentCode, staffId, personId, householdId,
      request.template, request.params, channel, dueAt, request.aggregateId ?? null, now,
    ],
  );
  recordEvent(tx, {
    definition: notificationEvents(serviceOf(tx).name).requested,
    aggregateId: id,
    aggregateVersion: 1,
    communityId: request.communityId,
    data: {
      to: { role, departmentCode, staffId, personId, householdId },
      template: request.template,
      params: request.params,
      channel,
      dueAt: dueAt.toISOString(),
    },
  });
  return id;
}
