import { systemViewer } from '@steward/auth';
import type { Clock, Log } from '@steward/core';
import type { Database, Tx } from '@steward/db';

import { scopeOf } from './context.ts';
import { bindTx, type Running } from './running.ts';

/** What a route without an identity of ours works with: transactions of the tenant that its caller has proved to speak of. */
export type WebhookParts = {
  log: Log;
  write<T>(tenantId: string, command: string, work: (tx: Tx) => Promise<T>): Promise<T>;
};

type Parts = { database: Database; running: Running; clock: Clock; log: Log };

export const webhookParts = ({ database, running, clock, log }: Parts): WebhookParts => ({
  log,
  write: (tenantId, command, work) => {
    const viewer = systemViewer(tenantId, running.name);
    const scope = scopeOf({ viewer, now: clock.now(), locale: 'zh-CN', log, traceId: '' });
    return database.write(scope, (tx) => {
      bindTx(tx, running, { command, viewer, authorized: true });
      return work(tx);
    });
  },
});
