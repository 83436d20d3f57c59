import type { Locale } from '@steward/core';
import { rows, txScope, type Tx } from '@steward/db';

import type { NotificationChannel, OutgoingMessage } from './notification-channel.ts';
import { notificationText } from './notification-text.ts';
import type { OutsideTimer } from './outside-timers.ts';
import { serviceOf } from './running.ts';
import type { DueTimer } from './timers.ts';

type Stored = Pick<OutgoingMessage, 'id' | 'channel' | 'template' | 'to'> & {
  params: Record<string, unknown>;
  communityId: string | null;
};

/** The message as its channel needs it; null when it was sent already. */
async function unsentMessage(tx: Tx, notificationId: string): Promise<OutgoingMessage | null> {
  const [message] = await rows<Stored>(
    tx,
    `select id, channel, template, params, community_id as "communityId", jsonb_build_object('role', role, 'departmentCode', department_code,
            'staffId', staff_id, 'personId', person_id, 'householdId', household_id) as "to"
       from notification where id = $1 and sent_at is null`,
    [notificationId],
  );
  if (message === undefined) return null;
  const { labels, zonesOf } = serviceOf(tx);
  const { id, channel, to, template, params, communityId } = message;
  const zone = communityId === null ? undefined : (await zonesOf(tx, [communityId])).get(communityId);
  const text = (locale: Locale): string => notificationText(labels, locale, { template, params, zone: zone ?? null });
  return { id, channel, to, template, texts: { 'zh-CN': text('zh-CN'), en: text('en') } };
}

/**
 * Hands a message to the channel, at least once: one whose mark was lost with the process is handed over again, with the
 * notification's id as the key by which the channel knows it.
 */
export const sendNotification =
  (channel: NotificationChannel): OutsideTimer =>
  async (tx, due: DueTimer<{ notificationId: string }>) => {
    const message = await unsentMessage(tx, due.payload.notificationId);
    if (message === null) return null;
    return {
      carryOut: () => channel.send(message),
      keep: async (later) => {
        await rows(later, 'update notification set sent_at = $2 where id = $1', [message.id, txScope(later).now]);
      },
    };
  };
