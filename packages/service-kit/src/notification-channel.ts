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

/** The way out for SMS, mail and letters. `send` may be called again with the same id after a crash and must not double. */
export type NotificationChannel = { send(message: OutgoingMessage): Promise<void> };

/** The embedded adapter: one file per message in a directory, written whole or not at all, named by the message's id. */
export function directoryChannel(directory: string): NotificationChannel {
  return {
    send: async (message) => {
      await mkdir(directory, { recursive: true });
      const target = path.join(directory, `${message.id}.json`);
      await writeFile(`${target}.part`, `${JSON.stringify(message, null, 2)}\n`, { mode: 0o600 });
      await rename(`${target}.part`, target);
    },
  };
}
