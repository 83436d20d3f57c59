import type { Role } from '@steward/auth';
import { interpolate, newId, type Locale } from '@steward/core';
import { rows, txScope, type Tx } from '@steward/db';
import { notificationEvents, recordEvent } from '@steward/events';

import { flushRows, insertLater } from './pending-rows.ts';
import { serviceOf } from './running.ts';
import { schedule, type DueTimer } from './timers.ts';

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

type Outgoing = {
  id: string;
  channel: Exclude<NotificationChannelName, 'IN_APP'>;
  template: string;
  params: Record<string, unknown>;
  to: Record<string, string | null>;
};

/** Sends a message and keeps when. Sending twice is the channel's to prevent: the mark may be lost with the process. */
export async function sendNotification(tx: Tx, due: DueTimer<{ notificationId: string }>): Promise<void> {
  await flushRows(tx);
  const [message] = await rows<Outgoing>(
    tx,
    `update notification set sent_at = $2 where id = $1
     returning id, channel, template, params, jsonb_build_object('role', role, 'departmentCode', department_code,
               'staffId', staff_id, 'personId', person_id, 'householdId', household_id) as "to"`,
    [due.payload.notificationId, txScope(tx).now],
  );
  if (message === undefined) return;
  const { labels, channel } = serviceOf(tx);
  const text = (locale: Locale): string =>
    interpolate(labels[locale][`template.${message.template}`] ?? message.template, message.params);
  await channel.send({
    id: message.id,
    channel: message.channel,
    to: message.to,
    template: message.template,
    texts: { 'zh-CN': text('zh-CN'), en: text('en') },
  });
}
