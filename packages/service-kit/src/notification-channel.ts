import { randomUUID } from 'node:crypto';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';

import type { NotificationChannelName } from './notifications.ts';

/** A message that leaves the platform; the recipient is an id, which the channel's side resolves to an address. */
export type OutgoingMessage = {
  id: string;
  channel: Exclude<NotificationChannelName, 'IN_APP'>;
  to: Record<string, string | null>;
  template: string;
  texts: Record<string, string>;
};

/**
 * The way out for SMS, mail and letters. `send` may be called again with the same id, after a crash or a lost answer, and
 * must not double: the id is the key by which the other side knows a repetition.
 */
export type NotificationChannel = { send(message: OutgoingMessage): Promise<void> };

/** The embedded adapter: one file per message in a directory, written whole or not at all, named by the message's id. */
export function directoryChannel(directory: string): NotificationChannel {
  return {
    send: async (message) => {
      await mkdir(directory, { recursive: true });
      const target = path.join(directory, `${message.id}.json`);
      const part = `${target}.${randomUUID()}.part`;
      await writeFile(part, `${JSON.stringify(message, null, 2)}\n`, { mode: 0o600 });
      await rename(part, target);
    },
  };
}
