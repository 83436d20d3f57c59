import type { Role } from '@steward/auth';
import { newId } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import { notificationEvents, recordEvent } from '@steward/events';

import { insertLater } from './pending-rows.ts';
import { serviceOf } from './running.ts';
import { schedule } from './timers.ts';

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
  insertLater(tx, 'notification', {
    id,
    tenant_id: tenantId,
    community_id: request.communityId,
    role,
    department_code: departmentCode,
    staff_id: staffId,
    person_id: personId,
    household_id: householdId,
    template: request.template,
    params: request.params,
    channel,
    due_at: dueAt,
    aggregate_id: request.aggregateId ?? null,
    created_at: now,
  });
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
  if (channel !== 'IN_APP') {
    await schedule(tx, {
      kind: notificationTimer,
      dueAt,
      communityId: request.communityId,
      payload: { notificationId: id },
    });
  }
  return id;
}

/** The timer that hands a message to its channel. */
export const notificationTimer = 'notification';
