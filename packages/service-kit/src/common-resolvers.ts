import { promisedData, type ParkedEventWithEnvelope } from '@steward/events';

import type { ActorKind } from './history-query.ts';
import type { Context } from './context.ts';
import type { DeadlineRow } from './deadline-rows.ts';
import type { FieldChange } from './history.ts';
import type { NotificationRow } from './notifications-query.ts';

type StoredChange = { actorKind: ActorKind; actorId: string | null; fields: FieldChange[] };

/** Resolvers of the shared value types, from the rows of the kit's tables. */
export const commonResolvers = {
  ActorKind: { STAFF: 'staff', PERSON: 'person', SYSTEM: 'system' },
  Change: {
    actor: (change: StoredChange) => ({ kind: change.actorKind, id: change.actorId }),
  },
  Deadline: {
    pausedForSeconds: (deadline: DeadlineRow) => Math.floor(deadline.pausedForMs / 1000),
  },
  Code: {
    label: (code: { code: string; label?: string; labelKey?: string }, _args: unknown, ctx: Context) =>
      code.label ?? ctx.label(code.labelKey ?? code.code),
  },
  Notification: {
    text: (notification: NotificationRow, _args: unknown, ctx: Context) => ctx.notificationText(notification),
  },
  ParkedEvent: {
    data: (event: ParkedEventWithEnvelope) => promisedData(event),
  },
  Refusal: {
    message: (refusal: RefusalValue, _args: unknown, ctx: Context) => ctx.refusal(refusal.reason, refusal.params ?? {}),
    violations: (refusal: RefusalValue, _args: unknown, ctx: Context) =>
      (refusal.violations ?? []).map((violation) => ({
        ...violation,
        message: ctx.refusal(violation.reason, violation.params ?? {}),
      })),
  },
};

/** A refusal as data, for `availableActions` and the rows of bulk mutations. */
export type RefusalValue = {
  code: string;
  reason: string;
  rule?: string | null;
  params?: Record<string, unknown>;
  violations?: { path?: string; reason: string; rule?: string; params?: Record<string, unknown> }[];
};
