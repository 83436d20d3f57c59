import { judgeActions, type JudgedAction } from '@steward/service-kit';

import { moveOutTransitions } from '../domain/move-out-policy.ts';
import { moveOutRules } from '../domain/move-out-rules.ts';
import type { MoveOut } from '../domain/move-out.ts';
import { procedureGrants } from './procedure-grants.ts';

export const moveOutGrants = procedureGrants(moveOutTransitions);

/** Every action on a move-out that is there, with the refusal that its state would give. */
export const judgeMoveOutActions = (moveOut: MoveOut): JudgedAction[] =>
  judgeActions(
    moveOutRules.actions.filter((action) => action !== 'openMoveOut'),
    (action) => moveOutRules.refusal(moveOut, action),
  );
