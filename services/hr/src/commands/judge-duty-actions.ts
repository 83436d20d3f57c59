import { judgeActions, type JudgedAction } from '@steward/service-kit';

import { statusRefusal, type DutyAction } from '../domain/duty-transition-rules.ts';

/** Actions with the refusal that a row's status would give, for `availableActions`. */
export const judgeDutyActions = (row: { status?: string }, actions: readonly DutyAction[]): JudgedAction[] =>
  judgeActions(actions, (action) => statusRefusal(action, row.status ?? ''));
