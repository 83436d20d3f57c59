import type { Migration } from '@steward/db';

import { consumerFunctions } from './consumer/consumer-functions.ts';
import { consumerTables, parkedByOperators } from './consumer/consumer-tables.ts';
import { logTables } from './log/log-tables.ts';
import { outboxActorRole } from './outbox/outbox-actor-role.ts';
import { outboxFunctions } from './outbox/outbox-functions.ts';
import { outboxTables } from './outbox/outbox-tables.ts';

/** The tables every service has for its events; they run before the service's own migrations. */
export const eventMigrations: Migration[] = [
  outboxTables,
  consumerTables,
  logTables,
  parkedByOperators,
  outboxActorRole,
  outboxFunctions,
  consumerFunctions,
];
